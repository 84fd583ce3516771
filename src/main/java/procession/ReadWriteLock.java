package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A lock between processes that many readers hold together, or one writer alone.
 *
 * <p>Strictly first come, first served: a reader behind a waiting writer waits, so no writer starves; when a writer's turn is over, all
 * readers up to the next writer in line get it together. Each grant has a fence of its own, and only the process that has it gives it back.
 *
 * <p>The death of a reader gives its share back. That of a writer is told by {@link Grant#abandoned()}, since what it was writing may be half
 * done: to whoever gets the lock next, and to all who get it after that, until a writer has released it. That one could repair it.
 *
 * <p>It is not re-entrant, and nobody goes up from reading to writing or down again. A thread that holds either side and asks for the write
 * side waits for itself, and so does one that holds the write side and asks for the read side, or reads and asks to read again behind a
 * waiting writer. That is reported as the deadlock it is: see {@link Procession#deadlocks()}. It is never lent, as a {@link Lock} is: each
 * grant is a question to the keeper and its answer. See {@link Primitive} for what handles have in common.
 *
 * <p>In Python: none.
 */
public interface ReadWriteLock extends Primitive {

    /**
     * The side of the readers.
     *
     * @return the side; it stays in this process, the lock travels
     */
    Side readLock();

    /**
     * The side of the writers.
     *
     * @return the side; it stays in this process, the lock travels
     */
    Side writeLock();

    /**
     * One side of the lock, from this process: to read, or to write.
     *
     * <p>In Python: none.
     */
    interface Side {

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
         * @param timeout how long; zero or negative to try once
         * @return the grant
         * @throws TimedOutException if it was not granted in time; says who holds it and who is ahead
         * @throws DeadlockException if to wait would close a cycle of waits, and {@code procession.deadlock} is {@code refuse}
         * @throws InterruptedException if interrupted while waiting; the lock is then not held
         */
        Grant acquire(Duration timeout) throws InterruptedException;

        /**
         * Takes the lock if nobody has to be waited for.
         *
         * @return the grant; empty if it is held by somebody who excludes that, or others wait
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
         * @throws DeadlockException if to wait would close a cycle of waits, and {@code procession.deadlock} is {@code refuse}
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
         * Gives back the oldest grant of this side that this process has, whichever of its threads acquired it. It does not wait for the
         * keeper. Where several threads of a process read, each gives back its own {@link Grant} instead.
         *
         * @throws IllegalStateException if this process has none
         */
        void release();
    }

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
     * Asks to read; answered by {@link Granted}, {@link TimedOut} or {@link Refused}.
     *
     * @param timeout how long to wait; empty for ever
     * @param replyTo who asks, and will own the grant
     */
    record AcquireRead(Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Asks to write; answered by {@link Granted}, {@link TimedOut} or {@link Refused}.
     *
     * @param timeout how long to wait; empty for ever
     * @param replyTo who asks, and will own the grant
     */
    record AcquireWrite(Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Gives a grant of either side back; answered by {@link Released} or {@link Refused}.
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
     * @param abandoned the writer that ended holding it, if no other one has released it since
     */
    record Granted(long fence, Optional<Predecessor> abandoned) implements Reply {}

    /**
     * The lock was not granted in time.
     *
     * @param message who holds it and who is ahead
     */
    record TimedOut(String message) implements Reply {}

    /** The grant has been given back. */
    record Released() implements Reply {}

    /**
     * The request was not carried out.
     *
     * @param code why, for programs; new codes may come
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}
}
