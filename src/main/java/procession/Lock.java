package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A lock between processes, not re-entrant. Only the process that holds it releases it, and its death passes it on.
 *
 * <p>First come, first served. See {@link Primitive} for what handles have in common.
 *
 * <p>In Python: {@code multiprocessing.Lock}, with an owner: there any process may release it, and it stays held for ever when its
 * holder dies.
 */
public interface Lock extends Primitive {

    /**
     * Waits for the lock.
     *
     * @return the grant
     * @throws DeadlockException if to wait would close a cycle of waits, and {@code procession.deadlock} is {@code refuse}
     * @throws InterruptedException if interrupted while waiting; the lock is then not held
     */
    Grant acquire() throws InterruptedException;

    /**
     * Waits for the lock for a limited time.
     *
     * @param timeout how long; zero or negative to try once; more than fits into nanoseconds for ever
     * @return the grant
     * @throws TimedOutException if it was not granted in time; says who holds it and who is ahead
     * @throws DeadlockException if to wait would close a cycle of waits, and {@code procession.deadlock} is {@code refuse}
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
     * @throws DeadlockException if waiting would close a cycle, where {@code procession.deadlock} is {@code refuse}
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
     * A new condition of this lock.
     *
     * @return the condition
     */
    Condition newCondition();

    /**
     * The condition of a name: whoever asks this lock for that name gets the same one.
     *
     * @param name the name
     * @return the condition
     */
    Condition newCondition(String name);

    /**
     * Takes the lock away from whoever holds it: for an operator who knows that the holder will not release it. The holder is not
     * stopped; its release is refused, and only its old {@link Grant#fence() fence} tells its work from that of the next holder. Whoever
     * gets the lock next is told by {@link Grant#abandoned()}. It is recorded and logged.
     *
     * @throws IllegalStateException if nobody holds it
     * @throws InterruptedException if interrupted while asking; the lock is or will be broken
     */
    void breakLock() throws InterruptedException;

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

    /**
     * Gives the lock up and waits for a condition; answered by {@link Resumed} or {@link Refused}.
     *
     * @param condition the condition's name, as in {@link Lock#newCondition(String)}
     * @param fence the fencing number of the grant
     * @param timeout how long to wait for a signal; empty for ever
     * @param replyTo who waits, and will own the new grant
     */
    record Await(String condition, long fence, Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Wakes those who have waited longest for a condition; answered by {@link Signalled} or {@link Refused}.
     *
     * @param condition the condition's name, as in {@link Lock#newCondition(String)}
     * @param fence the fencing number of the grant
     * @param waiters how many at most
     * @param replyTo who asks
     */
    record Signal(String condition, long fence, int waiters, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Takes the lock away from whoever holds it; answered by {@link Broken} or {@link Refused}.
     *
     * @param replyTo who asks
     */
    record Break(ActorRef<Reply> replyTo) implements Command {}

    /** What the lock answers. */
    sealed interface Reply {}

    /**
     * The lock is held by the asker.
     *
     * @param fence the grant's fencing number
     * @param abandoned who ended holding it before, or had it taken away
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
     * The lock is held again after waiting for a condition.
     *
     * @param fence the new grant's fencing number
     * @param abandoned who ended holding it meanwhile, or had it taken away
     * @param signalled whether a signal came; otherwise the time was over
     */
    record Resumed(long fence, Optional<Predecessor> abandoned, boolean signalled) implements Reply {}

    /** Those who waited have been woken. */
    record Signalled() implements Reply {}

    /** The lock has been taken away from its holder. */
    record Broken() implements Reply {}

    /**
     * The request was not carried out.
     *
     * @param code why, for programs; new codes may come
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}
}
