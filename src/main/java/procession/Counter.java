package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A number that processes count with.
 *
 * <p>The keeper adds, so nothing is read first and nothing can come between: {@link #add} is one message, and its effect is there once or,
 * if the caller's process dies before the message is out, not at all. Nobody holds a counter, so nobody ever waits for a holder, dead or
 * not. Reading shows what every process has added, if its call has returned. See {@link Primitive} for what handles have in common.
 *
 * <p>In Python: {@code multiprocessing.Value('q')}, with {@code value.get_lock()} held around each {@code +=}.
 */
public interface Counter extends Primitive {

    /**
     * Reads it.
     *
     * @return the value. Exact when answered, old when read
     * @throws InterruptedException if interrupted while asking
     */
    long get() throws InterruptedException;

    /**
     * Sets it, whatever it was.
     *
     * @param value the new value
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be set
     */
    void set(long value) throws InterruptedException;

    /**
     * Sets it and tells what it was.
     *
     * @param value the new value
     * @return the value before
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be set
     */
    long getAndSet(long value) throws InterruptedException;

    /**
     * Sets it if it is as expected.
     *
     * @param expected what it must be
     * @param next the new value
     * @return whether it was, and is set
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be done
     */
    boolean compareAndSet(long expected, long next) throws InterruptedException;

    /**
     * Adds to it.
     *
     * @param delta how much; negative to subtract
     * @return the new value: no other call of this counter's returns the same state
     * @throws ArithmeticException if the sum is beyond the range of a {@code long}; nothing is added
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be added
     */
    long add(long delta) throws InterruptedException;

    /**
     * Adds one.
     *
     * @return the new value
     * @throws ArithmeticException if it is the highest there is; nothing is added
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be added
     */
    default long increment() throws InterruptedException {
        return add(1);
    }

    /**
     * Subtracts one.
     *
     * @return the new value
     * @throws ArithmeticException if it is the lowest there is; nothing is subtracted
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be subtracted
     */
    default long decrement() throws InterruptedException {
        return add(-1);
    }

    /**
     * Waits until it is so high. Who waits is woken there and then, whatever follows.
     *
     * @param value the least value
     * @throws InterruptedException if interrupted while waiting
     */
    void awaitAtLeast(long value) throws InterruptedException;

    /**
     * Waits for a limited time until it is so high.
     *
     * @param value the least value
     * @param timeout how long; zero or negative to look once
     * @return whether it was, in time
     * @throws InterruptedException if interrupted while waiting
     */
    boolean awaitAtLeast(long value, Duration timeout) throws InterruptedException;

    /**
     * That it is so high, to be waited for among other things by {@link Procession#waitAny}.
     *
     * @param value the least value
     * @return is ready while the counter is at least that; it stays in this process
     */
    Waitable atLeast(long value);

    /**
     * Reads it without blocking.
     *
     * @return completes with the value
     */
    CompletableFuture<Long> getAsync();

    /**
     * Sets it without blocking.
     *
     * @param value the new value
     * @return completes when the keeper has done it
     */
    CompletableFuture<Void> setAsync(long value);

    /**
     * Sets it without blocking, and tells what it was.
     *
     * @param value the new value
     * @return completes with the value before
     */
    CompletableFuture<Long> getAndSetAsync(long value);

    /**
     * Sets it if it is as expected, without blocking.
     *
     * @param expected what it must be
     * @param next the new value
     * @return completes with whether it was, and is set
     */
    CompletableFuture<Boolean> compareAndSetAsync(long expected, long next);

    /**
     * Adds to it without blocking.
     *
     * @param delta how much
     * @return completes with the new value, or exceptionally with {@link ArithmeticException}
     */
    CompletableFuture<Long> addAsync(long delta);

    /**
     * Waits without blocking until it is so high.
     *
     * @param value the least value
     * @return completes when it is; cancelling it withdraws
     */
    CompletableFuture<Void> awaitAtLeastAsync(long value);

    /**
     * Waits without blocking, for a limited time, until it is so high.
     *
     * @param value the least value
     * @param timeout how long
     * @return completes with whether it was, in time
     */
    CompletableFuture<Boolean> awaitAtLeastAsync(long value, Duration timeout);

    /**
     * The counter as an actor. When a {@code replyTo} stops, its waits end. What is answered at once is answered in the order of the
     * commands.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Command> ref();

    /** What the counter understands. */
    sealed interface Command {}

    /**
     * Reads it; answered by {@link Value}.
     *
     * @param replyTo who asks
     */
    record Get(ActorRef<Reply> replyTo) implements Command {}

    /**
     * Sets it; answered by {@link Value} with the value before.
     *
     * @param value the new value
     * @param replyTo who asks
     */
    record Set(long value, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Adds to it; answered by {@link Value} with the new value, or {@link Refused} with the code {@code overflow}.
     *
     * @param delta how much
     * @param replyTo who asks
     */
    record Add(long delta, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Sets it if it is as expected; answered by {@link Compared}.
     *
     * @param expected what it must be
     * @param next the new value
     * @param replyTo who asks
     */
    record CompareAndSet(long expected, long next, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Waits until it is so high; answered by {@link Value} or {@link TimedOut}.
     *
     * @param value the least value
     * @param timeout how long to wait; empty for ever
     * @param replyTo who waits; when it stops, the wait ends
     */
    record AwaitAtLeast(long value, Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /** What the counter answers. */
    sealed interface Reply {}

    /**
     * A value of the counter.
     *
     * @param value the value
     */
    record Value(long value) implements Reply {}

    /**
     * Whether it was as expected.
     *
     * @param isSet whether it was, and is set
     * @param before what it was
     */
    record Compared(boolean isSet, long before) implements Reply {}

    /**
     * It was not so high in time.
     *
     * @param message what it was
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
