package procession;

import java.util.concurrent.CompletableFuture;

/**
 * An item of a {@link JoinableQueue} in the hands of the process that got it, unfinished until that says so.
 *
 * <p>Thread-safe. It belongs to this process and does not travel.
 *
 * <p>In Python: none; {@code task_done()} does not know which item is meant.
 *
 * @param <T> type of the item
 */
public interface Delivery<T> {

    /**
     * The item.
     *
     * @return the item, or null if that is the item
     */
    T item();

    /**
     * How often it was given to a process that ended before it was done: 0 for the first time. Where it is not, somebody may have done a
     * part of the work already.
     *
     * @return the number of times
     */
    int redeliveries();

    /**
     * Says that it is done.
     *
     * @throws IllegalStateException if that has been said already
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    void done() throws InterruptedException;

    /**
     * Says that it is done, without blocking.
     *
     * @return completes when the keeper has counted it
     */
    CompletableFuture<Void> doneAsync();
}
