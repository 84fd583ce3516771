package procession;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A queue that counts what is unfinished. Every item put is unfinished until the
 * process that got it says {@link #taskDone()}; {@link #join()} waits until none is.
 *
 * <p>The items that a process got and did not finish return to the head of the queue when it ends, however it ends. They tell how often
 * that has happened: {@link Delivery#redeliveries()}. An item for which that would be once more than {@code procession.queue.redeliveries}
 * becomes a dead letter: it counts as done, and can be read by {@link #deadLetters()}.
 *
 * <p>In Python: {@code multiprocessing.JoinableQueue}, where {@code join()} hangs for ever once a consumer has died before
 * {@code task_done()}.
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
     * Takes the first item as a delivery, which names what is done and tells how often it has come back; waits while there is none.
     *
     * @return the delivery
     * @throws DecodingException if it cannot be rebuilt here; it stays unfinished, as this process's oldest or not
     * @throws ShutDownException if the queue is shut down and nothing is left
     * @throws InterruptedException if interrupted while waiting; nothing is taken
     */
    Delivery<T> getDelivery() throws InterruptedException;

    /**
     * Takes the first item as a delivery, waiting for a limited time while there is none.
     *
     * @param timeout how long; zero or negative to try once
     * @return the delivery
     * @throws EmptyException if none came in time
     * @throws DecodingException if it cannot be rebuilt here; it stays unfinished, as this process's oldest or not
     * @throws ShutDownException if the queue is shut down and nothing is left
     * @throws InterruptedException if interrupted while waiting; nothing is taken
     */
    Delivery<T> getDelivery(Duration timeout) throws InterruptedException;

    /**
     * Takes the first item as a delivery, without blocking.
     *
     * @return completes with the delivery, or exceptionally with {@link ShutDownException}; cancelling it withdraws
     */
    CompletableFuture<Delivery<T>> getDeliveryAsync();

    /**
     * Items that were given to one process after another, all of which ended before it was done.
     *
     * @return copies of the dead letters, those put first before the others; the queue keeps its own
     * @throws InterruptedException if interrupted while asking
     */
    List<DeadLetter<T>> deadLetters() throws InterruptedException;

    /**
     * Throws a dead letter away. As long as it is there, it takes room in {@code procession.payload.budget}.
     *
     * @param letter a letter of this queue
     * @return whether it was there still
     * @throws IllegalArgumentException if it is no letter of this queue
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be gone
     */
    boolean removeDeadLetter(DeadLetter<T> letter) throws InterruptedException;

    /**
     * The same as {@link #taskDone()} for this process, without blocking.
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
