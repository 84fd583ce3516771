package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A flag that processes wait for.
 *
 * <p>{@link #set()} wakes everyone who was waiting, whatever follows. See {@link Primitive} for what handles have in common.
 *
 * <p>In Python: {@code multiprocessing.Event}; {@code wait} is {@code await} here, as every Java object has a {@code wait} of
 * another meaning.
 */
public interface Event extends Primitive, Waitable {

    /**
     * Sets the flag and wakes all who wait.
     *
     * @throws InterruptedException if interrupted while the keeper confirms; the flag is or will be set
     */
    void set() throws InterruptedException;

    /**
     * Takes the flag down. Waiters that a {@link #set()} has released stay released.
     *
     * @throws InterruptedException if interrupted while the keeper confirms; the flag is or will be down
     */
    void clear() throws InterruptedException;

    /**
     * Looks at the flag.
     *
     * @return whether it is set
     * @throws InterruptedException if interrupted while asking
     */
    boolean isSet() throws InterruptedException;

    /**
     * Waits until the flag is set.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    void await() throws InterruptedException;

    /**
     * Waits for a limited time until the flag is set.
     *
     * @param timeout how long; zero or negative to look once
     * @return whether it was set in time; false means only that
     * @throws InterruptedException if interrupted while waiting
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Sets the flag without blocking.
     *
     * @return completes when the keeper has done it
     */
    CompletableFuture<Void> setAsync();

    /**
     * Takes the flag down without blocking.
     *
     * @return completes when the keeper has done it
     */
    CompletableFuture<Void> clearAsync();

    /**
     * Looks at the flag without blocking.
     *
     * @return completes with whether it is set
     */
    CompletableFuture<Boolean> isSetAsync();

    /**
     * Waits for the flag without blocking.
     *
     * @return completes when it is set; cancelling it withdraws
     */
    CompletableFuture<Void> awaitAsync();

    /**
     * Waits for the flag without blocking, for a limited time.
     *
     * @param timeout how long
     * @return completes with whether it was set in time
     */
    CompletableFuture<Boolean> awaitAsync(Duration timeout);

    /**
     * The event as an actor. When a {@code replyTo} stops, its waits end. What is answered at once is answered in the order of the
     * commands.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Command> ref();

    /** What the event understands. */
    sealed interface Command {}

    /**
     * Sets the flag; answered by {@link Done}.
     *
     * @param replyTo who asks
     */
    record Set(ActorRef<Reply> replyTo) implements Command {}

    /**
     * Takes the flag down; answered by {@link Done}.
     *
     * @param replyTo who asks
     */
    record Clear(ActorRef<Reply> replyTo) implements Command {}

    /**
     * Asks whether the flag is set; answered by {@link Level}.
     *
     * @param replyTo who asks
     */
    record IsSet(ActorRef<Reply> replyTo) implements Command {}

    /**
     * Waits for the flag; answered by {@link Level} with true, or {@link TimedOut}.
     *
     * @param timeout how long to wait; empty for ever
     * @param replyTo who waits; when it stops, the wait ends
     */
    record Await(Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /** What the event answers. */
    sealed interface Reply {}

    /** The flag has been changed. */
    record Done() implements Reply {}

    /**
     * The flag as it was when answered.
     *
     * @param set whether it was set
     */
    record Level(boolean set) implements Reply {}

    /** The flag was not set in time. */
    record TimedOut() implements Reply {}

    /**
     * The request was not carried out.
     *
     * @param code why, for programs; new codes may come
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}
}
