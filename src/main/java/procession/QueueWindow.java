package procession;

import java.time.Duration;

/**
 * A view of a queue that runs ahead, for many small items: puts return before the queue has the item, and items are fetched before they
 * are asked for. So several items share a message, which is what makes it fast. {@link SimpleQueue#window} makes one, of a size n.
 *
 * <p><b>Puts.</b> At most n of them are unconfirmed; the next one waits. They reach the queue in their order. When the queue refuses some,
 * the next call says so, and {@link #flush} does. A process flushes its windows before it ends, and that needs no reader: what has reached
 * the keeper is in the queue's hands, and waits in line for room though its process has ended.
 *
 * <p><b>Gets.</b> From its first {@code get} on, a window holds up to n items, in their order; other getters do not see them. So order holds
 * for each getter. What is not consumed goes back to its place when the window is closed, or its process ends. An item is consumed when
 * {@code get} returns it. Items of a {@link JoinableQueue} are unfinished from then on until {@link JoinableQueue#taskDone()}, which
 * counts them as its process's, whichever thread got them.
 *
 * <p><b>What a kill costs.</b> When the process is killed (SIGKILL, a crash, power), its unconfirmed puts may be lost: at most n, the last
 * ones. Of what it got, the keeper may not have been told of the last items, at most n: they are given again, to whoever gets next. Nothing
 * else is lost or given twice. Where that is too much, use the queue itself, whose {@code put} is confirmed and whose {@code get} fetches
 * nothing in advance.
 *
 * <p>A window is of this process only and does not travel; make one where it is used. Any thread may use it. Close it: a window that is not
 * closed holds its items until the process ends.
 *
 * <pre>{@code
 * try (QueueWindow<Integer> out = queue.window(1000)) {
 *     for (int i = 0; i < 1_000_000; i++) {
 *         out.put(i);
 *     }
 *     out.flush();
 * }
 * }</pre>
 *
 * <p>In Python: none to ask for; the buffer and the background thread behind {@code multiprocessing.Queue.put} do something like
 * it for every queue.
 *
 * @param <T> type of the items
 */
public interface QueueWindow<T> extends AutoCloseable {

    /**
     * Puts an item, waiting while n puts are unconfirmed.
     *
     * @param item the item, or null
     * @throws EncodingException if it cannot travel; it is not put
     * @throws ShutDownException if the queue has refused earlier puts, as it is shut down; the item is not put either
     * @throws InterruptedException if interrupted while waiting; the item is not put
     */
    void put(T item) throws InterruptedException;

    /**
     * Puts an item, waiting for a limited time while n puts are unconfirmed.
     *
     * @param item the item, or null
     * @param timeout how long; zero or negative to try once
     * @throws FullException if n puts were unconfirmed all the time; the item is not put
     * @throws EncodingException if it cannot travel; it is not put
     * @throws ShutDownException if the queue has refused earlier puts, as it is shut down; the item is not put either
     * @throws InterruptedException if interrupted while waiting; the item is not put
     */
    void put(T item, Duration timeout) throws InterruptedException;

    /**
     * Takes the next item, waiting while there is none.
     *
     * @return the item, or null if that is the item
     * @throws DecodingException if it cannot be rebuilt here; it is gone, and the queue goes on
     * @throws ShutDownException if the queue is shut down and nothing is left
     * @throws InterruptedException if interrupted while waiting; nothing is taken
     */
    T get() throws InterruptedException;

    /**
     * Takes the next item, waiting for a limited time while there is none.
     *
     * @param timeout how long; zero or negative to try once
     * @return the item, or null if that is the item
     * @throws EmptyException if none came in time, which is the keeper's verdict
     * @throws DecodingException if it cannot be rebuilt here; it is gone, and the queue goes on
     * @throws ShutDownException if the queue is shut down and nothing is left
     * @throws InterruptedException if interrupted while waiting; nothing is taken
     */
    T get(Duration timeout) throws InterruptedException;

    /**
     * Waits until the queue has every item that was put.
     *
     * @throws ShutDownException if the queue has refused some, as it is shut down
     * @throws InterruptedException if interrupted while waiting; what was put is on its way all the same
     */
    void flush() throws InterruptedException;

    /**
     * Waits for a limited time until the queue has every item that was put.
     *
     * @param timeout how long; zero or negative not to wait
     * @return whether it has
     * @throws ShutDownException if the queue has refused some, as it is shut down
     * @throws InterruptedException if interrupted while waiting; what was put is on its way all the same
     */
    boolean flush(Duration timeout) throws InterruptedException;

    /**
     * Ends the view: what was put is handed to the keeper, which puts it into the queue as there is room, and what was not consumed goes
     * back. It waits for no room and no reader. Closing again is harmless.
     *
     * @throws ShutDownException if the queue has refused some of what was put, as it is shut down
     */
    @Override
    void close();
}
