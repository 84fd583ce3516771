package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A lock between processes, not re-entrant. Python's {@code multiprocessing.Lock}, with an owner: only the process that holds it
 * releases it, and its death passes it on.
 *
 * <p>First come, first served. See {@link Primitive} for what handles have in common.
 */
public interface Lock extends Primitive {

    /**
     * Waits for the lock.
     *
     * @return the grant
     * @throws InterruptedException if interrupted while waiting; the lock is then not held
     */
    Grant acquire() throws InterruptedException;

    /**
     * Waits for the lock for a limited time.
     *
     * @param timeout how long; zero or negative to try once; more than fits into nanoseconds for ever
     * @return the grant
     * @throws TimedOutException if it was not granted in time; says who holds it and who is ahead
     * @throws InterruptedException if interrupted while waiting; the lock is then not held
     */
    Grant acquire(Duration timeout) throws InterruptedException;

    /**
     * Takes the lock if it is free.
     *
     * @return the grant; empty if it is held
     * @throws InterruptedException if interrupted while asking
     */
    default Optional<Grant> tryAcquire() throws InterruptedException {
        return tryAcquire(Duration.ZERO);
    }

    /**
     * Waits for the lock for a limited time.
     *
     * @param timeout how long; zero or negative to try once
     * @return the grant; empty if it was not granted in time
     * @throws InterruptedException if interrupted while waiting; the lock is then not held
     */
    Optional<Grant> tryAcquire(Duration timeout) throws InterruptedException;

    /**
     * Asks for the lock without blocking.
     *
     * @return completes with the grant; cancelling or completing it from outside withdraws the request
     */
    CompletableFuture<Grant> acquireAsync();

    /**
     * Asks for the lock without blocking, for a limited time.
     *
     * @param timeout how long
     * @return completes with the grant, or exceptionally with {@link TimedOutException}
     */
    CompletableFuture<Grant> acquireAsync(Duration timeout);

    /**
     * Gives back the lock that this process holds, whichever of its threads acquired it. It does not wait for the keeper; should the
     * keeper refuse (the lock was taken away), the next call on this lock in this process says so.
     *
     * @throws IllegalStateException if this process does not hold it
     */
    void release();

    /**
     * The lock as an actor. The owner of what is granted is the process in which {@code replyTo} lives; when {@code replyTo} stops,
     * its grants return and its waits end. So acquire with an actor's own reference or message adapter: the {@code replyTo} that an
     * ask makes stops with its answer.
     *
     * <p>What is answered at once is answered in the order of the commands.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Command> ref();

    /** What the lock understands. */
    sealed interface Command {}

    /**
     * Asks for the lock; answered by {@link Granted}, {@link TimedOut} or {@link Refused}.
     *
     * @param timeout how long to wait; empty for ever
     * @param replyTo who asks, and will own the grant
     */
    record Acquire(Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Gives the lock back; answered by {@link Released} or {@link Refused}.
     *
     * @param fence the fencing number of the grant
     * @param replyTo who asks
     */
    record Release(long fence, ActorRef<Reply> replyTo) implements Command {}

    /** What the lock answers. */
    sealed interface Reply {}

    /**
     * The lock is held by the asker.
     *
     * @param fence the grant's fencing number
     * @param abandoned who died holding it before
     */
    record Granted(long fence, Optional<Predecessor> abandoned) implements Reply {}

    /**
     * The lock was not granted in time.
     *
     * @param message who holds it and who is ahead
     */
    record TimedOut(String message) implements Reply {}

    /** The lock has been given back. */
    record Released() implements Reply {}

    /**
     * The request was not carried out.
     *
     * @param code why, for programs; new codes may come
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}
}
