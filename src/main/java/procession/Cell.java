package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One value that processes share, of any type that can travel.
 *
 * <p>The value is immutable. Every read gives a copy of its own; changing that copy changes nothing shared. Only what is set here changes
 * the cell, and each change gives it the next {@link Versioned#version version}. So no update is lost without a word: {@link #update}
 * repeats itself when somebody came between, and {@link #compareAndSet} says so.
 *
 * <p>Nobody holds a cell. Reading never waits, and a process that dies in the middle of an update has changed everything or nothing. Null
 * is a value. A value may hold handles: a lock that only a cell refers to lives as long as the cell holds it. What cells and maps hold
 * counts towards {@code procession.payload.budget}. See {@link Primitive} for what handles have in common.
 *
 * <p>In Python: {@code Manager().Value} and, for one C type, {@code multiprocessing.Value}; neither can be awaited, nor updated
 * without a lock.
 *
 * @param <T> type of the value
 */
public interface Cell<T> extends Primitive {

    /**
     * Reads the value.
     *
     * @return a copy of it. Exact when answered, old when read
     * @throws DecodingException if it cannot be rebuilt here
     * @throws InterruptedException if interrupted while asking
     */
    T get() throws InterruptedException;

    /**
     * Reads the value and the number of the change that made it.
     *
     * @return a copy of it, with its version
     * @throws DecodingException if it cannot be rebuilt here
     * @throws InterruptedException if interrupted while asking
     */
    Versioned<T> read() throws InterruptedException;

    /**
     * Sets the value, whatever it was.
     *
     * @param value the new value, or null
     * @throws EncodingException if it cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be set
     */
    void set(T value) throws InterruptedException;

    /**
     * Sets the value and tells what it was.
     *
     * @param value the new value, or null
     * @return the value before
     * @throws EncodingException if it cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws DecodingException if the value before cannot be rebuilt here; the new one is set
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be set
     */
    T getAndSet(T value) throws InterruptedException;

    /**
     * Sets the value if nobody has changed it since it was read.
     *
     * @param seen what was read; its version counts
     * @param next the new value, or null
     * @return whether it was unchanged, and is set
     * @throws EncodingException if it cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    boolean compareAndSet(Versioned<T> seen, T next) throws InterruptedException;

    /**
     * Sets the value if it is as expected. {@code equals} is called in this process; what it was called for is what is replaced.
     *
     * @param expected what the value must equal
     * @param next the new value, or null
     * @return whether it did, and is set
     * @throws EncodingException if it cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws DecodingException if the value cannot be rebuilt here; nothing is changed
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    boolean compareAndSet(T expected, T next) throws InterruptedException;

    /**
     * Replaces the value by what a function makes of it, with nothing between. The function runs here; when somebody has changed the cell
     * meanwhile, it runs again with the new value, so it should do nothing but compute. It may be tried first on what this process wrote
     * last; what it makes or throws then counts only if that is the value still. Where it is slow and others are quick, it may have
     * to run often: hold a {@link Lock} then.
     *
     * @param f makes the new value from a copy of the value; what it throws leaves the cell as it is
     * @return the new value
     * @throws EncodingException if it cannot travel; nothing is changed
     * @throws FullException if there is no room for it; nothing is changed
     * @throws DecodingException if the value cannot be rebuilt here; nothing is changed
     * @throws InterruptedException if interrupted while the keeper is asked; it is or will be done once, or not at all
     */
    T update(UnaryOperator<T> f) throws InterruptedException;

    /**
     * Waits until the value has been changed. Of several changes the last is seen; a change back is a change.
     *
     * @param since what was read
     * @return the new value
     * @throws DecodingException if it cannot be rebuilt here
     * @throws InterruptedException if interrupted while waiting
     */
    Versioned<T> awaitChange(Versioned<T> since) throws InterruptedException;

    /**
     * Waits for a limited time until the value has been changed.
     *
     * @param since what was read
     * @param timeout how long; zero or negative to look once
     * @return the new value; empty if it was not changed in time
     * @throws DecodingException if it cannot be rebuilt here
     * @throws InterruptedException if interrupted while waiting
     */
    Optional<Versioned<T>> awaitChange(Versioned<T> since, Duration timeout) throws InterruptedException;

    /**
     * A change of the value, to be waited for among other things by {@link Procession#waitAny}.
     *
     * @param since what was read
     * @return is ready when the value has been changed since; it stays in this process
     */
    Waitable changeSince(Versioned<T> since);

    /**
     * Waits until the value is as wanted. The condition is tried here, on the value as it is and after changes; one that is followed by
     * another at once may go unseen.
     *
     * @param condition what must hold of the value
     * @return the value it held of
     * @throws DecodingException if the value cannot be rebuilt here
     * @throws InterruptedException if interrupted while waiting
     */
    T await(Predicate<? super T> condition) throws InterruptedException;

    /**
     * Waits for a limited time until the value is as wanted.
     *
     * @param condition what must hold of the value
     * @param timeout how long; zero or negative to look once
     * @return the value it held of, with its version; empty if it was not so in time
     * @throws DecodingException if the value cannot be rebuilt here
     * @throws InterruptedException if interrupted while waiting
     */
    Optional<Versioned<T>> await(Predicate<? super T> condition, Duration timeout) throws InterruptedException;

    /**
     * Reads the value without blocking.
     *
     * @return completes with the value and its version
     */
    CompletableFuture<Versioned<T>> readAsync();

    /**
     * Sets the value without blocking.
     *
     * @param value the new value, or null
     * @return completes when the keeper has done it, or exceptionally with {@link FullException}
     * @throws EncodingException if it cannot travel; nothing is changed
     */
    CompletableFuture<Void> setAsync(T value);

    /**
     * Sets the value without blocking, and tells what it was.
     *
     * @param value the new value, or null
     * @return completes with the value before, or exceptionally with {@link FullException}
     * @throws EncodingException if it cannot travel; nothing is changed
     */
    CompletableFuture<T> getAndSetAsync(T value);

    /**
     * Sets the value without blocking if nobody has changed it since it was read.
     *
     * @param seen what was read
     * @param next the new value, or null
     * @return completes with whether it was unchanged, and is set; or exceptionally with {@link FullException}
     * @throws EncodingException if it cannot travel; nothing is changed
     */
    CompletableFuture<Boolean> compareAndSetAsync(Versioned<T> seen, T next);

    /**
     * Replaces the value without blocking by what a function makes of it: see {@link #update}. The function runs where dependent stages
     * of the futures of this run do.
     *
     * @param f makes the new value
     * @return completes with the new value, or exceptionally with what the function threw
     */
    CompletableFuture<T> updateAsync(UnaryOperator<T> f);

    /**
     * Waits without blocking until the value has been changed.
     *
     * @param since what was read
     * @return completes with the new value; cancelling it withdraws
     */
    CompletableFuture<Versioned<T>> awaitChangeAsync(Versioned<T> since);

    /**
     * Waits without blocking, for a limited time, until the value has been changed.
     *
     * @param since what was read
     * @param timeout how long
     * @return completes with the new value; empty if it was not changed in time
     */
    CompletableFuture<Optional<Versioned<T>>> awaitChangeAsync(Versioned<T> since, Duration timeout);

    /**
     * The cell as an actor. When a {@code replyTo} stops, its waits end. What is answered at once is answered in the order of the
     * commands. A value that is set through a reference of another node must fit into one message, some 240 KiB; a larger one is
     * {@link Refused}. Handles in it must be kept until the answer.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Command> ref();

    /** What the cell understands. */
    sealed interface Command {}

    /**
     * Reads the value; answered by {@link Value}.
     *
     * @param replyTo who asks
     */
    record Get(ActorRef<Reply> replyTo) implements Command {}

    /**
     * Sets the value; answered by {@link Stored}.
     *
     * @param value the new value, or null
     * @param replyTo who asks
     */
    record Set(Object value, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Sets the value if this is its version still; answered by {@link Stored}, or by {@link Value} with what there is instead.
     *
     * @param version the version that was seen
     * @param next the new value, or null
     * @param replyTo who asks
     */
    record CompareAndSet(long version, Object next, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Waits until the value is newer; answered by {@link Value} or {@link TimedOut}.
     *
     * @param version the version that was seen
     * @param timeout how long to wait; empty for ever
     * @param replyTo who waits; when it stops, the wait ends
     */
    record AwaitChange(long version, Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /** What the cell answers. */
    sealed interface Reply {}

    /**
     * A value of the cell.
     *
     * @param value the value, or null
     * @param version its version
     */
    record Value(Object value, long version) implements Reply {}

    /**
     * The new value is set.
     *
     * @param version its version
     */
    record Stored(long version) implements Reply {}

    /** The value was not changed in time. */
    record TimedOut() implements Reply {}

    /**
     * The request was not carried out.
     *
     * @param code why, for programs; new codes may come
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}
}
