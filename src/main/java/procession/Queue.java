package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A first-in, first-out queue between processes that may have a bound and can be counted.
 *
 * <p>In Python: {@code multiprocessing.Queue}, without its background thread: when {@link #put} returns, the queue has the item.
 *
 * @param <T> type of the items
 */
public interface Queue<T> extends SimpleQueue<T> {

    /**
     * Puts an item if there is room: Python's {@code put_nowait}.
     *
     * @param item the item, or null
     * @throws FullException if there is no room
     * @throws EncodingException if it cannot travel; nothing is put
     * @throws ShutDownException if the queue is shut down; nothing is put
     * @throws InterruptedException if interrupted while asking
     */
    default void putNow(T item) throws InterruptedException {
        put(item, Duration.ZERO);
    }

    /**
     * Takes the first item if there is one: Python's {@code get_nowait}.
     *
     * @return the item, or null if that is the item
     * @throws EmptyException if there is none
     * @throws DecodingException if it cannot be rebuilt here; it is gone, and the queue goes on
     * @throws ShutDownException if the queue is shut down and nothing is left
     * @throws InterruptedException if interrupted while asking
     */
    default T getNow() throws InterruptedException {
        return get(Duration.ZERO);
    }

    /**
     * How many items it has: Python's {@code qsize()}. Exact when answered, old when read.
     *
     * @return the number of items
     * @throws InterruptedException if interrupted while asking
     */
    int size() throws InterruptedException;

    /**
     * Whether it takes no item now, for lack of room. Exact when answered, old when read.
     *
     * @return whether it is full
     * @throws InterruptedException if interrupted while asking
     */
    boolean isFull() throws InterruptedException;

    /**
     * How many items it takes.
     *
     * @return the number; 0 for no bound
     */
    int maxSize();

    /**
     * How many items it has, without blocking.
     *
     * @return completes with the number of items
     */
    CompletableFuture<Integer> sizeAsync();

    /** What the queue understands. */
    sealed interface Command {}

    /**
     * Puts an item; answered by {@link Accepted}, {@link TimedOut} or {@link Refused}.
     *
     * @param item the item, or null
     * @param timeout how long to wait for room; empty for ever
     * @param replyTo who puts
     */
    record Put(Object item, Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Takes the first item; answered by {@link Item}, {@link Ended}, {@link TimedOut} or {@link Refused}.
     *
     * @param timeout how long to wait for an item; empty for ever
     * @param replyTo who takes it
     */
    record Get(Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Says that an item of a {@link JoinableQueue} is done; answered by {@link Done} or {@link Refused}.
     *
     * @param delivery which one: see {@link Item}; 0 for the oldest unfinished one that {@code replyTo}'s process has
     * @param replyTo who has worked
     */
    record TaskDone(long delivery, ActorRef<Reply> replyTo) implements Command {

        /**
         * Says that the oldest unfinished item is done.
         *
         * @param replyTo who has worked
         */
        public TaskDone(ActorRef<Reply> replyTo) {
            this(0, replyTo);
        }
    }

    /**
     * Waits until every item of a {@link JoinableQueue} is done; answered by {@link Done}, {@link TimedOut} or {@link Refused}.
     *
     * @param timeout how long to wait; empty for ever
     * @param replyTo who waits
     */
    record Join(Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Asks how many items there are; answered by {@link Depth}.
     *
     * @param replyTo who asks
     */
    record Size(ActorRef<Reply> replyTo) implements Command {}

    /**
     * Ends the queue; answered by {@link Done}: see {@link SimpleQueue#shutdown()}.
     *
     * @param replyTo who asks
     */
    record ShutDown(ActorRef<Reply> replyTo) implements Command {}

    /** What the queue answers. */
    sealed interface Reply {}

    /** The queue has the item. */
    record Accepted() implements Reply {}

    /**
     * The first item, now the asker's.
     *
     * @param item the item, or null
     * @param delivery names it in {@link TaskDone}, in the asker's process
     * @param redeliveries how often it has come back from a process that ended before it was done
     */
    record Item(Object item, long delivery, int redeliveries) implements Reply {}

    /** The queue is shut down, and nothing is left to get. */
    record Ended() implements Reply {}

    /** The item is done, or all are; or the queue is shut down. */
    record Done() implements Reply {}

    /**
     * How many items there were when answered.
     *
     * @param size the number of items
     */
    record Depth(int size) implements Reply {}

    /**
     * There was no room, no item or no end in time.
     *
     * @param message who is ahead, or who still owes
     */
    record TimedOut(String message) implements Reply {}

    /**
     * The request was not carried out.
     *
     * @param code why, for programs; new codes may come
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}
}
