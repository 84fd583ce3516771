package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A semaphore between processes, with memory: a permit is owed by the process that took
 * it (at most the initial count in all), and its death returns what it owes. A release by a process that owes none is a signal: it
 * adds a permit and writes off the longest-owed one, if any.
 *
 * <p>First come, first served; a request for many permits is not overtaken by smaller ones behind it. See {@link Primitive} for what
 * handles have in common.
 *
 * <p>In Python: {@code multiprocessing.Semaphore}, which is a mere counter: a permit that a dead process took is gone.
 * {@link #unowned()} is that.
 */
public interface Semaphore extends Primitive {

    /**
     * Waits for a permit.
     *
     * @return the grant of one permit
     * @throws InterruptedException if interrupted while waiting; no permit is then taken
     */
    default Grant acquire() throws InterruptedException {
        return acquire(1);
    }

    /**
     * Waits for several permits at once.
     *
     * @param permits how many, 1 or more
     * @return the grant of all of them
     * @throws IllegalArgumentException if {@code permits} is less than 1
     * @throws InterruptedException if interrupted while waiting; no permit is then taken
     */
    Grant acquire(int permits) throws InterruptedException;

    /**
     * Waits for a permit for a limited time.
     *
     * @param timeout how long; zero or negative to try once
     * @return the grant of one permit
     * @throws TimedOutException if none came in time; says who holds permits and who is ahead
     * @throws InterruptedException if interrupted while waiting; no permit is then taken
     */
    default Grant acquire(Duration timeout) throws InterruptedException {
        return acquire(1, timeout);
    }

    /**
     * Waits for several permits at once for a limited time.
     *
     * @param permits how many, 1 or more
     * @param timeout how long; zero or negative to try once
     * @return the grant of all of them
     * @throws IllegalArgumentException if {@code permits} is less than 1
     * @throws TimedOutException if they did not come in time; says who holds permits and who is ahead
     * @throws InterruptedException if interrupted while waiting; no permit is then taken
     */
    Grant acquire(int permits, Duration timeout) throws InterruptedException;

    /**
     * Takes a permit if there is one.
     *
     * @return the grant; empty if there is none, or others wait
     * @throws InterruptedException if interrupted while asking
     */
    default Optional<Grant> tryAcquire() throws InterruptedException {
        return tryAcquire(1, Duration.ZERO);
    }

    /**
     * Waits for a permit for a limited time.
     *
     * @param timeout how long; zero or negative to try once
     * @return the grant; empty if none came in time
     * @throws InterruptedException if interrupted while waiting; no permit is then taken
     */
    default Optional<Grant> tryAcquire(Duration timeout) throws InterruptedException {
        return tryAcquire(1, timeout);
    }

    /**
     * Waits for several permits at once for a limited time.
     *
     * @param permits how many, 1 or more
     * @param timeout how long; zero or negative to try once
     * @return the grant of all of them; empty if they did not come in time
     * @throws IllegalArgumentException if {@code permits} is less than 1
     * @throws InterruptedException if interrupted while waiting; no permit is then taken
     */
    Optional<Grant> tryAcquire(int permits, Duration timeout) throws InterruptedException;

    /**
     * Asks for permits without blocking.
     *
     * @param permits how many, 1 or more
     * @return completes with the grant; cancelling or completing it from outside withdraws the request
     * @throws IllegalArgumentException if {@code permits} is less than 1
     */
    CompletableFuture<Grant> acquireAsync(int permits);

    /**
     * Asks for permits without blocking, for a limited time.
     *
     * @param permits how many, 1 or more
     * @param timeout how long
     * @return completes with the grant, or exceptionally with {@link TimedOutException}
     * @throws IllegalArgumentException if {@code permits} is less than 1
     */
    CompletableFuture<Grant> acquireAsync(int permits, Duration timeout);

    /**
     * Returns the oldest permit this process owes; if it owes none, adds one, as a signal. It does not wait for the keeper, except as
     * {@link BoundedSemaphore} says.
     *
     * @throws IllegalStateException if a bounded one would have more permits than its bound; nothing is added
     */
    default void release() {
        release(1);
    }

    /**
     * Releases several permits at once, each as by {@link #release()}.
     *
     * @param permits how many, 1 or more
     * @throws IllegalArgumentException if {@code permits} is less than 1
     * @throws IllegalStateException if a bounded one would have more permits than its bound; nothing is added
     */
    void release(int permits);

    /**
     * The same semaphore as a mere counter, as Python's is: what is acquired through this view is owed by nobody, so the death of a
     * process brings nothing back; and a release through it only adds a permit, and writes off nothing.
     *
     * <p>For permits that one process takes and another one gives, such as the free and the full places of a bounded buffer: there a
     * permit does not belong to the process that took it. All who use such a semaphore use the view; it travels as what it is.
     *
     * @return the view
     */
    Semaphore unowned();

    /**
     * How many permits are there to take: Python's {@code get_value()}. Exact when answered, old when read.
     *
     * @return the number of permits
     * @throws InterruptedException if interrupted while asking
     */
    int value() throws InterruptedException;

    /**
     * The same, without blocking.
     *
     * @return completes with the number of permits
     */
    CompletableFuture<Integer> valueAsync();

    /**
     * The semaphore as an actor. What is granted is owed by the process in which {@code replyTo} lives; when {@code replyTo} stops,
     * its grants return and its waits end. So acquire with an actor's own reference or message adapter: the {@code replyTo} that an
     * ask makes stops with its answer.
     *
     * <p>What is answered at once is answered in the order of the commands.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Command> ref();

    /** What the semaphore understands. */
    sealed interface Command {}

    /**
     * Asks for permits; answered by {@link Granted}, {@link TimedOut} or {@link Refused}.
     *
     * @param permits how many, 1 or more
     * @param timeout how long to wait; empty for ever
     * @param replyTo who asks, and will owe them
     */
    record Acquire(int permits, Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Releases permits; answered by {@link Released} or {@link Refused}.
     *
     * @param permits how many, 1 or more
     * @param replyTo who releases: grants it has pay first, oldest first
     */
    record Release(int permits, ActorRef<Reply> replyTo) implements Command {}

    /** What the semaphore answers. */
    sealed interface Reply {}

    /**
     * The permits are the asker's.
     *
     * @param fence the grant's fencing number
     * @param permits how many
     */
    record Granted(long fence, int permits) implements Reply {}

    /**
     * The permits did not come in time.
     *
     * @param message who holds permits and who is ahead
     */
    record TimedOut(String message) implements Reply {}

    /** The permits have been released. */
    record Released() implements Reply {}

    /**
     * The request was not carried out.
     *
     * @param code why, for programs; new codes may come
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}
}
