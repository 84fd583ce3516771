package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A place where a number of parties wait for each other, again and again. Much like
 * {@link java.util.concurrent.CyclicBarrier}. A party is a thread, or an asynchronous call, of any process.
 *
 * <p>All or none: when one that waits leaves before all have come, because its time is over, it is interrupted or cancelled, or its process
 * dies, the barrier is broken. Everyone who waits, and everyone who comes until {@link #reset()}, gets a {@link BrokenBarrierException} that
 * says why. The death of a process that was there in the last complete round breaks it too, as the others would wait for it in vain;
 * unless that process ended as it should: by the return of its body, with status 0, or by leaving the run. See {@link Primitive} for
 * what handles have in common.
 *
 * <p>In Python: {@code multiprocessing.Barrier}; {@code wait} is {@code await} here, which is also where the action is
 * given. A death breaks no barrier there.
 */
public interface Barrier extends Primitive {

    /**
     * Waits for the other parties, for the barrier's own time-out if it has one.
     *
     * @return which of the parties this was, from 0 for the first to come to {@code parties() - 1} for the last
     * @throws BrokenBarrierException if the barrier is broken, or is while this waits
     * @throws InterruptedException if interrupted while waiting; that breaks the barrier
     */
    int await() throws InterruptedException;

    /**
     * Waits for the other parties for a limited time.
     *
     * @param timeout how long, instead of the barrier's own time-out; zero or negative to pass only as the last
     * @return which of the parties this was, from 0 for the first to come
     * @throws BrokenBarrierException if the barrier is broken, or is while this waits, or the time is over, which breaks it
     * @throws InterruptedException if interrupted while waiting; that breaks the barrier
     */
    int await(Duration timeout) throws InterruptedException;

    /**
     * Waits for the other parties and, as the last to come, does something before any of them goes on. In Python the action belongs to the
     * barrier; here each party brings its own, and only that of the last one runs.
     *
     * @param action run on this thread, if it is the last to come; what it throws is thrown, and breaks the barrier for the others
     * @return which of the parties this was, from 0 for the first to come
     * @throws BrokenBarrierException if the barrier is broken, or is while this waits or the action runs
     * @throws InterruptedException if interrupted while waiting; that breaks the barrier
     */
    int await(Runnable action) throws InterruptedException;

    /**
     * The same for a limited time.
     *
     * @param action run on this thread, if it is the last to come; what it throws is thrown, and breaks the barrier for the others
     * @param timeout how long to wait for the others, instead of the barrier's own time-out; the action is not limited by it
     * @return which of the parties this was, from 0 for the first to come
     * @throws BrokenBarrierException if the barrier is broken, or is while this waits or the action runs, or the time is over
     * @throws InterruptedException if interrupted while waiting; that breaks the barrier
     */
    int await(Runnable action, Duration timeout) throws InterruptedException;

    /**
     * Waits for the other parties without blocking, for the barrier's own time-out if it has one.
     *
     * @return completes with which of the parties this was, or exceptionally with {@link BrokenBarrierException}; cancelling it breaks the
     *     barrier
     */
    CompletableFuture<Integer> awaitAsync();

    /**
     * Waits for the other parties without blocking, for a limited time.
     *
     * @param timeout how long, instead of the barrier's own time-out
     * @return completes with which of the parties this was, or exceptionally with {@link BrokenBarrierException}; cancelling it breaks the
     *     barrier
     */
    CompletableFuture<Integer> awaitAsync(Duration timeout);

    /**
     * Breaks the barrier: who waits and who comes gets a {@link BrokenBarrierException}, until {@link #reset()}. No effect if it is broken.
     *
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be broken
     */
    void abort() throws InterruptedException;

    /**
     * Makes the barrier as it was at first. Who waits gets a {@link BrokenBarrierException}.
     *
     * @throws InterruptedException if interrupted while the keeper confirms; it is or will be reset
     */
    void reset() throws InterruptedException;

    /**
     * How many have to come.
     *
     * @return the number of parties
     */
    int parties();

    /**
     * How many wait: Python's {@code n_waiting}. Exact when answered, old when read.
     *
     * @return the number of parties that wait
     * @throws InterruptedException if interrupted while asking
     */
    int waiting() throws InterruptedException;

    /**
     * Whether it is broken. Exact when answered, old when read.
     *
     * @return whether it is
     * @throws InterruptedException if interrupted while asking
     */
    boolean isBroken() throws InterruptedException;

    /**
     * The barrier as an actor. When a {@code replyTo} stops while it waits, the barrier is broken. What is answered at once is answered in
     * the order of the commands.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Command> ref();

    /** What the barrier understands. */
    sealed interface Command {}

    /**
     * Waits for the other parties; answered by {@link Passed}, {@link Broken} or {@link Refused}.
     *
     * @param timeout how long to wait; empty for the barrier's own time-out
     * @param replyTo who waits
     */
    record Await(Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Breaks the barrier; answered by {@link Done}.
     *
     * @param replyTo who asks
     */
    record Abort(ActorRef<Reply> replyTo) implements Command {}

    /**
     * Makes the barrier as it was at first; answered by {@link Done}.
     *
     * @param replyTo who asks
     */
    record Reset(ActorRef<Reply> replyTo) implements Command {}

    /** What the barrier answers. */
    sealed interface Reply {}

    /**
     * All parties have come.
     *
     * @param index which of them the asker was, from 0 for the first to come
     */
    record Passed(int index) implements Reply {}

    /**
     * The barrier is broken.
     *
     * @param message by whom, and how
     */
    record Broken(String message) implements Reply {}

    /** It has been done. */
    record Done() implements Reply {}

    /**
     * The request was not carried out.
     *
     * @param code why, for programs; new codes may come
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}
}
