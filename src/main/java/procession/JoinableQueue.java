package procession;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A queue that counts what is unfinished. Python's {@code multiprocessing.JoinableQueue}: every item put is unfinished until the
 * process that got it says {@link #taskDone()}; {@link #join()} waits until none is.
 *
 * <p>The items that a process got and did not finish return to the head of the queue when it ends.
 *
 * @param <T> type of the items
 */
public interface JoinableQueue<T> extends Queue<T> {

    /**
     * Says that the oldest unfinished item that this thread got is done; if it has none, the oldest that this process got.
     *
     * @throws IllegalStateException if this process has got no item that is unfinished
     * @throws InterruptedException if interrupted while the keeper confirms; the item is or will be done
     */
    void taskDone() throws InterruptedException;

    /**
     * The same for this process, without blocking.
     *
     * @return completes when the keeper has counted it
     */
    CompletableFuture<Void> taskDoneAsync();

    /**
     * Waits until every item put is done.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    void join() throws InterruptedException;

    /**
     * Waits for a limited time until every item put is done.
     *
     * @param timeout how long; zero or negative to look once
     * @throws TimedOutException if some are not done in time; says how many and who has them
     * @throws InterruptedException if interrupted while waiting
     */
    void join(Duration timeout) throws InterruptedException;

    /**
     * Waits without blocking until every item put is done.
     *
     * @return completes then; cancelling it withdraws
     */
    CompletableFuture<Void> joinAsync();

    /**
     * Waits without blocking, for a limited time.
     *
     * @param timeout how long
     * @return completes when every item is done, or exceptionally with {@link TimedOutException}
     */
    CompletableFuture<Void> joinAsync(Duration timeout);
}
