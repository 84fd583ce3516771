package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A first-in, first-out queue between processes. Python's {@code multiprocessing.Queue}, without its background thread: when
 * {@link #put} returns, the queue has the item, and everyone can see it. Null is an item.
 *
 * <p>Items are copied when put, and come back {@code equals} and of the same class. A process that dies between the answer and its
 * receipt does not lose the item: it returns to its place. First come, first served. See {@link Primitive} for what handles have in
 * common.
 *
 * @param <T> type of the items
 */
public interface Queue<T> extends Primitive {

    /**
     * Puts an item, waiting while the queue is full.
     *
     * @param item the item, or null
     * @throws EncodingException if it cannot travel; nothing is put
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
     * @throws InterruptedException if interrupted while waiting; nothing is put
     */
    void put(T item, Duration timeout) throws InterruptedException;

    /**
     * Puts an item if there is room: Python's {@code put_nowait}.
     *
     * @param item the item, or null
     * @throws FullException if there is no room
     * @throws EncodingException if it cannot travel; nothing is put
     * @throws InterruptedException if interrupted while asking
     */
    default void putNow(T item) throws InterruptedException {
        put(item, Duration.ZERO);
    }

    /**
     * Takes the first item, waiting while there is none.
     *
     * @return the item, or null if that is the item
     * @throws DecodingException if it cannot be rebuilt here; it is gone, and the queue goes on
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
     * @throws InterruptedException if interrupted while waiting; nothing is taken
     */
    T get(Duration timeout) throws InterruptedException;

    /**
     * Takes the first item if there is one: Python's {@code get_nowait}.
     *
     * @return the item, or null if that is the item
     * @throws EmptyException if there is none
     * @throws DecodingException if it cannot be rebuilt here; it is gone, and the queue goes on
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
     * Whether it has no item. Exact when answered, old when read.
     *
     * @return whether it is empty
     * @throws InterruptedException if interrupted while asking
     */
    default boolean isEmpty() throws InterruptedException {
        return size() == 0;
    }

    /**
     * Whether it takes no item now. Exact when answered, old when read.
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
     * Puts an item without blocking.
     *
     * @param item the item, or null
     * @return completes when the queue has it; cancelling it withdraws
     * @throws EncodingException if it cannot travel; nothing is put
     */
    CompletableFuture<Void> putAsync(T item);

    /**
     * Puts an item without blocking, for a limited time.
     *
     * @param item the item, or null
     * @param timeout how long it may wait for room
     * @return completes when the queue has it, or exceptionally with {@link FullException}
     * @throws EncodingException if it cannot travel; nothing is put
     */
    CompletableFuture<Void> putAsync(T item, Duration timeout);

    /**
     * Takes the first item without blocking.
     *
     * @return completes with the item; cancelling it withdraws
     */
    CompletableFuture<T> getAsync();

    /**
     * Takes the first item without blocking, for a limited time.
     *
     * @param timeout how long it may wait for an item
     * @return completes with the item, or exceptionally with {@link EmptyException}
     */
    CompletableFuture<T> getAsync(Duration timeout);

    /**
     * How many items it has, without blocking.
     *
     * @return completes with the number of items
     */
    CompletableFuture<Integer> sizeAsync();

    /**
     * The queue as an actor. When a {@code replyTo} stops, its waits end. What is answered at once is answered in the order of the
     * commands.
     *
     * <p>An item told to an actor that stops before it reads it is lost, like any message. An item put through a reference of another
     * node must fit into one message, some 240 KiB; a larger one is {@link Refused}. Handles in it must be kept until the answer.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Command> ref();

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
     * Takes the first item; answered by {@link Item}, {@link TimedOut} or {@link Refused}.
     *
     * @param timeout how long to wait for an item; empty for ever
     * @param replyTo who takes it
     */
    record Get(Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Says that the oldest unfinished item of a {@link JoinableQueue} that {@code replyTo}'s process has is done; answered by
     * {@link Done} or {@link Refused}.
     *
     * @param replyTo who has worked
     */
    record TaskDone(ActorRef<Reply> replyTo) implements Command {}

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

    /** What the queue answers. */
    sealed interface Reply {}

    /** The queue has the item. */
    record Accepted() implements Reply {}

    /**
     * The first item, now the asker's.
     *
     * @param item the item, or null
     */
    record Item(Object item) implements Reply {}

    /** The item is done, or all are. */
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
