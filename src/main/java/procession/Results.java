package procession;

import java.time.Duration;
import java.util.Iterator;

/**
 * The values of the tasks of {@link Pool#imap} or {@link Pool#imapUnordered}, one after the other. It may be gone through once, by one
 * thread at a time. {@link #close()} ends it early.
 *
 * <p>The input is read as far ahead as {@link PoolOptions#readAhead()} says, on a thread of the pool's; so it may have no end. What
 * reading it throws comes behind the values of what was read before, and ends them.
 *
 * <p>In Python: the iterator that {@code Pool.imap} and {@code Pool.imap_unordered} return.
 *
 * @param <R> type of the values
 */
public interface Results<R> extends Iterator<R>, Iterable<R>, AutoCloseable {

    /**
     * Waits until there is a task whose end can be given, or the input has ended.
     *
     * @return whether {@link #next()} has something to give or to throw
     * @throws ProcessionException if interrupted while waiting; the interrupt is kept
     */
    @Override
    boolean hasNext();

    /**
     * Waits for the next value. What a task ended with instead of a value is thrown, and the next call gives the next task's.
     *
     * @return the value, or null if that is the value
     * @throws java.util.NoSuchElementException if there is none left
     * @throws EncodingException if an item of the input cannot travel
     * @throws TaskFailedException if the task threw, or its value cannot travel
     * @throws WorkerLostException if its worker ended before it
     * @throws TaskCancelledException if the pool was terminated
     * @throws ProcessionException if interrupted while waiting; the interrupt is kept
     */
    @Override
    R next();

    /**
     * Waits for the next value for a limited time.
     *
     * @param timeout how long; zero or negative to look once
     * @return the value, or null if that is the value
     * @throws TimedOutException if it is not there in time; the next call waits for the same
     * @throws java.util.NoSuchElementException if there is none left
     * @throws InterruptedException if interrupted while waiting
     */
    R next(Duration timeout) throws InterruptedException;

    /**
     * This.
     *
     * @return this
     */
    @Override
    default Iterator<R> iterator() {
        return this;
    }

    /** Reads no more of the input and cancels the tasks whose values were not taken. Closing again is harmless. */
    @Override
    void close();
}
