package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A count that goes down to zero, once, and lets everybody go who waits for that: {@link java.util.concurrent.CountDownLatch} between
 * processes.
 *
 * <p>It does not know who is to count down. A process that dies before it has leaves the count as it is, and those who wait go on waiting:
 * so wait with a time-out where that may happen, or use a {@link Barrier}, which breaks. One that dies while it waits is forgotten. See
 * {@link Primitive} for what handles have in common.
 *
 * <p>In Python: none.
 */
public interface CountDownLatch extends Primitive, Waitable {

    /** Counts down by one; at zero, nothing happens. It does not wait for the keeper. */
    default void countDown() {
        countDown(1);
    }

    /**
     * Counts down by several at once, to zero at most. It does not wait for the keeper.
     *
     * @param by how many, 1 or more
     * @throws IllegalArgumentException if {@code by} is less than 1
     */
    void countDown(int by);

    /**
     * Counts down by several at once, and tells when the keeper has done so.
     *
     * @param by how many, 1 or more
     * @return completes when it is done
     * @throws IllegalArgumentException if {@code by} is less than 1
     */
    CompletableFuture<Void> countDownAsync(int by);

    /**
     * How many are missing. Exact when answered, old when read.
     *
     * @return the count, 0 or more
     * @throws InterruptedException if interrupted while asking
     */
    int count() throws InterruptedException;

    /**
     * The same, without blocking.
     *
     * @return completes with the count
     */
    CompletableFuture<Integer> countAsync();

    /**
     * Waits until the count is zero; returns at once if it is.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    void await() throws InterruptedException;

    /**
     * Waits until the count is zero, for a limited time.
     *
     * @param timeout how long; zero or negative to ask once
     * @return whether it was zero in time
     * @throws InterruptedException if interrupted while waiting
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Waits until the count is zero, without blocking.
     *
     * @return completes when it is; cancelling it ends the wait
     */
    CompletableFuture<Void> awaitAsync();

    /**
     * Waits until the count is zero, without blocking, for a limited time.
     *
     * @param timeout how long
     * @return completes with whether it was zero in time
     */
    CompletableFuture<Boolean> awaitAsync(Duration timeout);

    /**
     * The latch as an actor. When a {@code replyTo} stops, its waits end. What is answered at once is answered in the order of the
     * commands.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Command> ref();

    /** What the latch understands. */
    sealed interface Command {}

    /**
     * Counts down; answered by {@link CountedDown} or {@link Refused}.
     *
     * @param by how many, 1 or more
     * @param replyTo who asks
     */
    record CountDown(int by, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Asks how many are missing; answered by {@link Count}.
     *
     * @param replyTo who asks
     */
    record GetCount(ActorRef<Reply> replyTo) implements Command {}

    /**
     * Waits until the count is zero; answered by {@link Count} with 0, or {@link TimedOut}.
     *
     * @param timeout how long to wait; empty for ever
     * @param replyTo who waits; when it stops, the wait ends
     */
    record Await(Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /** What the latch answers. */
    sealed interface Reply {}

    /** It has been counted down. */
    record CountedDown() implements Reply {}

    /**
     * The count as it was when answered.
     *
     * @param count how many were missing
     */
    record Count(int count) implements Reply {}

    /**
     * The count was not zero in time.
     *
     * @param message how many are missing
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
