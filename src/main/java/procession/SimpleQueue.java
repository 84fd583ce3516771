package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/**
 * A first-in, first-out queue between processes that does no more than this.
 * {@link Queue} can be bounded and counted, {@link JoinableQueue} knows what is unfinished.
 *
 * <p>When {@link #put} returns, the queue has the item, and everyone can see it. Null is an item. Items are copied when put, and come back
 * {@code equals} and of the same class. A process that dies between the answer and its receipt does not lose the item: it returns to its
 * place. First come, first served. See {@link Primitive} for what handles have in common.
 *
 * <p>In Python: {@code multiprocessing.SimpleQueue}, which has no time-outs.
 *
 * @param <T> type of the items
 */
public interface SimpleQueue<T> extends Primitive, Waitable {

    /**
     * Puts an item, waiting while the queue is full.
     *
     * @param item the item, or null
     * @throws EncodingException if it cannot travel; nothing is put
     * @throws ShutDownException if the queue is shut down, or is while this waits; nothing is put
     * @throws InterruptedException if interrupted while waiting; nothing is put
     */
    void put(T item) throws InterruptedException;

    /**
     * Puts an item, waiting for a limited time while the queue is full.
     *
     * @param item the item, or null
     * @param timeout how long; zero or negative to try once
     * @throws FullException if there was no room in time
     * @throws EncodingException if it cannot travel; nothing is put
     * @throws ShutDownException if the queue is shut down, or is while this waits; nothing is put
     * @throws InterruptedException if interrupted while waiting; nothing is put
     */
    void put(T item, Duration timeout) throws InterruptedException;

    /**
     * Takes the first item, waiting while there is none.
     *
     * @return the item, or null if that is the item
     * @throws DecodingException if it cannot be rebuilt here; it is gone, and the queue goes on
     * @throws ShutDownException if the queue is shut down and nothing is left
     * @throws InterruptedException if interrupted while waiting; nothing is taken
     */
    T get() throws InterruptedException;

    /**
     * Takes the first item, waiting for a limited time while there is none.
     *
     * @param timeout how long; zero or negative to try once
     * @return the item, or null if that is the item
     * @throws EmptyException if none came in time
     * @throws DecodingException if it cannot be rebuilt here; it is gone, and the queue goes on
     * @throws ShutDownException if the queue is shut down and nothing is left
     * @throws InterruptedException if interrupted while waiting; nothing is taken
     */
    T get(Duration timeout) throws InterruptedException;

    /**
     * Whether it has no item. Exact when answered, old when read.
     *
     * @return whether it is empty
     * @throws InterruptedException if interrupted while asking
     */
    boolean isEmpty() throws InterruptedException;

    /**
     * Puts an item without blocking.
     *
     * @param item the item, or null
     * @return completes when the queue has it, or exceptionally with {@link ShutDownException}; cancelling it withdraws
     * @throws EncodingException if it cannot travel; nothing is put
     */
    CompletableFuture<Void> putAsync(T item);

    /**
     * Puts an item without blocking, for a limited time.
     *
     * @param item the item, or null
     * @param timeout how long it may wait for room
     * @return completes when the queue has it, or exceptionally with {@link FullException} or {@link ShutDownException}
     * @throws EncodingException if it cannot travel; nothing is put
     */
    CompletableFuture<Void> putAsync(T item, Duration timeout);

    /**
     * Takes the first item without blocking.
     *
     * @return completes with the item, or exceptionally with {@link ShutDownException}; cancelling it withdraws
     */
    CompletableFuture<T> getAsync();

    /**
     * Takes the first item without blocking, for a limited time.
     *
     * @param timeout how long it may wait for an item
     * @return completes with the item, or exceptionally with {@link EmptyException} or {@link ShutDownException}
     */
    CompletableFuture<T> getAsync(Duration timeout);

    /**
     * A view of this queue that runs ahead: up to n puts of it are unconfirmed, and it holds up to n items that were not asked for yet. For
     * many small items, of which several then share a message. {@link QueueWindow} says what it promises, and what a kill can cost.
     *
     * @param n how far it may run ahead, 1 or more; some hundred serve for small items
     * @return the view, to be closed
     */
    QueueWindow<T> window(int n);

    // Its end.

    /**
     * Ends the queue for all processes: Python 3.13's {@code Queue.shutdown()}. Puts are refused from now on, those that wait too. What is
     * in it can still be got; when nothing is left, every get throws {@link ShutDownException}. Doing it again is harmless.
     *
     * <p>A get waits as long as an item is on its way to another process: should that one die before it has it, it comes back.
     *
     * @throws InterruptedException if interrupted while the keeper confirms; the queue is or will be shut down
     */
    void shutdown() throws InterruptedException;

    /**
     * Ends the queue without blocking.
     *
     * @return completes when the keeper has done it
     */
    CompletableFuture<Void> shutdownAsync();

    /**
     * Whether it has been shut down. There may be items left to get.
     *
     * @return whether it has
     * @throws InterruptedException if interrupted while asking
     */
    boolean isShutDown() throws InterruptedException;

    /**
     * Has the queue shut down when the last of these processes has ended, however it ends, and of those that were named here before, by
     * any process. So those who get are told that no more will come, without an end marker for each of them.
     *
     * <p>Name all producers before the first may end. Others may put as long as the queue is open.
     *
     * @param producers children of this process, started, or this process itself; those that have ended already count as gone
     * @throws IllegalArgumentException if there is none
     * @throws IllegalStateException if one has not been started or is not this process's to wait for
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    void closeWhenProducersGone(Collection<? extends Process> producers) throws InterruptedException;

    /**
     * The same for processes one by one.
     *
     * @param producers children of this process, started, or this process itself
     * @throws IllegalArgumentException if there is none
     * @throws IllegalStateException if one has not been started or is not this process's to wait for
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    default void closeWhenProducersGone(Process... producers) throws InterruptedException {
        closeWhenProducersGone(Arrays.asList(producers));
    }

    /**
     * The queue as an actor. When a {@code replyTo} stops, its waits end. What is answered at once is answered in the order of the
     * commands.
     *
     * <p>An item told to an actor that stops before it reads it is lost, like any message. An item put through a reference of another
     * node must fit into one message, some 240 KiB; a larger one is {@link Queue.Refused}. Handles in it must be kept until the answer.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Queue.Command> ref();
}
