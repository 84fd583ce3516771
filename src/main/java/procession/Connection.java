package procession;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One end of a pipe.
 *
 * <p>One message sent is one message received, whole, for any number of senders and receivers. Each copy of an end has an owner;
 * copies arise only by passing (as an argument, in a queue, through a pipe), and passing one leaves the passer's own copy open. The
 * stream ends when every copy of the sending end is closed or its process has ended. See {@link Primitive} for what handles have in
 * common.
 *
 * <p>In Python: {@code multiprocessing.connection.Connection}; {@code recv} is {@code receive} here.
 */
public interface Connection extends Primitive, Waitable, AutoCloseable {

    /**
     * Sends a message, waiting while the pipe is full. When it returns, the pipe has the message.
     *
     * @param message the message, or null
     * @throws IllegalStateException if this end is closed, or only receives
     * @throws BrokenPipeException if no copy of the other end is left
     * @throws EncodingException if the message cannot travel; nothing is sent
     * @throws InterruptedException if interrupted while waiting; nothing is sent
     */
    void send(Object message) throws InterruptedException;

    /**
     * Sends a message, waiting for a limited time while the pipe is full.
     *
     * @param message the message, or null
     * @param timeout how long; zero or negative to try once
     * @throws FullException if there was no room in time
     * @throws IllegalStateException if this end is closed, or only receives
     * @throws BrokenPipeException if no copy of the other end is left
     * @throws EncodingException if the message cannot travel; nothing is sent
     * @throws InterruptedException if interrupted while waiting; nothing is sent
     */
    void send(Object message, Duration timeout) throws InterruptedException;

    /**
     * Receives the next message, waiting while there is none.
     *
     * @return the message, or null if that is the message
     * @throws IllegalStateException if this end is closed, or only sends
     * @throws EndOfStreamException if there is none and no copy of the other end is left
     * @throws DecodingException if it cannot be rebuilt here; it is gone, and the pipe goes on
     * @throws InterruptedException if interrupted while waiting; nothing is received
     */
    Object receive() throws InterruptedException;

    /**
     * Receives the next message, waiting for a limited time while there is none.
     *
     * @param timeout how long; zero or negative to try once
     * @return the message, or null if that is the message
     * @throws EmptyException if none came in time
     * @throws IllegalStateException if this end is closed, or only sends
     * @throws EndOfStreamException if there is none and no copy of the other end is left
     * @throws DecodingException if it cannot be rebuilt here; it is gone, and the pipe goes on
     * @throws InterruptedException if interrupted while waiting; nothing is received
     */
    Object receive(Duration timeout) throws InterruptedException;

    /**
     * Receives the next message as a type.
     *
     * @param <T> the type
     * @param type the type expected
     * @return the message, or null if that is the message
     * @throws ClassCastException if it is of another type; it has then been received
     * @throws EndOfStreamException if there is none and no copy of the other end is left
     * @throws InterruptedException if interrupted while waiting; nothing is received
     */
    default <T> T receive(Class<T> type) throws InterruptedException {
        return type.cast(receive());
    }

    /**
     * Whether {@link #receive()} would return or throw at once: a message is there, or the end of the stream. Consumes nothing.
     *
     * @return whether something is there
     * @throws IllegalStateException if this end is closed, or only sends
     * @throws InterruptedException if interrupted while asking
     */
    default boolean poll() throws InterruptedException {
        return poll(Duration.ZERO);
    }

    /**
     * Waits for a limited time until {@link #receive()} would return or throw at once. Consumes nothing.
     *
     * @param timeout how long; zero or negative to look once
     * @return whether something is there
     * @throws IllegalStateException if this end is closed, or only sends
     * @throws InterruptedException if interrupted while waiting
     */
    boolean poll(Duration timeout) throws InterruptedException;

    /**
     * Sends a message without blocking.
     *
     * @param message the message, or null
     * @return completes when the pipe has it; cancelling it withdraws
     * @throws EncodingException if the message cannot travel; nothing is sent
     */
    CompletableFuture<Void> sendAsync(Object message);

    /**
     * Receives the next message without blocking.
     *
     * @return completes with the message, or exceptionally with {@link EndOfStreamException}; cancelling it withdraws
     */
    CompletableFuture<Object> receiveAsync();

    /**
     * Waits without blocking until {@link #receive()} would return or throw at once.
     *
     * @param timeout how long; zero or negative to look once
     * @return completes with whether something is there
     */
    CompletableFuture<Boolean> pollAsync(Duration timeout);

    /**
     * A view of this end that runs ahead: up to n sends of it are unconfirmed, and it holds up to n messages that were not asked for yet. For
     * many small messages, of which several then share one between processes. {@link ConnectionWindow} says what it promises.
     *
     * @param n how far it may run ahead, 1 or more; some hundred serve for small messages
     * @return the view, to be closed; it ends with this copy of the end
     * @throws IllegalStateException if this end is closed
     */
    ConnectionWindow window(int n);

    /**
     * Whether this end receives.
     *
     * @return whether it does
     */
    boolean isReadable();

    /**
     * Whether this end sends.
     *
     * @return whether it does
     */
    boolean isWritable();

    /**
     * Whether this copy has been closed.
     *
     * @return whether it has
     */
    boolean isClosed();

    /** Closes this copy of the end; its calls still waiting fail with {@link IllegalStateException}. Closing again is harmless. */
    @Override
    void close();

    /**
     * This end as an actor. It stands for this copy: the stream does not end while this copy is open. When a {@code replyTo} stops, its
     * waits end. What is answered at once is answered in the order of the commands.
     *
     * <p>A message told to an actor that stops before it reads it is lost, like any. One sent through a reference of another node must
     * fit into one message between nodes, some 240 KiB; a larger one is {@link Refused}. Closing this copy refuses what comes then, but
     * does not end the waits of actors on other nodes.
     *
     * @return a reference, valid on every node while this process lives
     */
    ActorRef<Command> ref();

    /** What a connection understands. */
    sealed interface Command {}

    /**
     * Sends a message; answered by {@link Accepted}, {@link TimedOut} or {@link Refused}.
     *
     * @param message the message, or null
     * @param timeout how long to wait for room; empty for ever
     * @param replyTo who sends
     */
    record Send(Object message, Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /**
     * Receives the next message; answered by {@link Message}, {@link EndOfStream}, {@link TimedOut} or {@link Refused}.
     *
     * @param timeout how long to wait for a message; empty for ever
     * @param replyTo who receives
     */
    record Receive(Optional<Duration> timeout, ActorRef<Reply> replyTo) implements Command {}

    /** What a connection answers. */
    sealed interface Reply {}

    /** The pipe has the message. */
    record Accepted() implements Reply {}

    /**
     * The next message.
     *
     * @param message the message, or null
     */
    record Message(Object message) implements Reply {}

    /** Everything sent has been received, and no copy of the other end is left. */
    record EndOfStream() implements Reply {}

    /**
     * There was no room or no message in time.
     *
     * @param message who is ahead
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
