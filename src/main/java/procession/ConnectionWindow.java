package procession;

import java.time.Duration;

/**
 * A view of one end of a pipe that runs ahead, for many small messages: up to n sends are unconfirmed, and up to n messages are fetched
 * before they are asked for. {@link Connection#window} makes one. What {@link QueueWindow} says of puts and gets, of closing, and of what a
 * kill costs holds for sends and receives.
 *
 * <p>Closing the connection closes its windows.
 *
 * <pre>{@code
 * try (ConnectionWindow out = connection.window(1000)) {
 *     for (String line : lines) {
 *         out.send(line);
 *     }
 * }
 * }</pre>
 *
 * <p>In Python: none; a plain {@code Connection} returns from {@code send} when the system's buffer has the message.
 */
public interface ConnectionWindow extends AutoCloseable {

    /**
     * Sends a message, waiting while n sends are unconfirmed.
     *
     * @param message the message, or null
     * @throws EncodingException if it cannot travel; it is not sent
     * @throws BrokenPipeException if earlier sends were refused, as no copy of the other end is left; the message is not sent either
     * @throws InterruptedException if interrupted while waiting; the message is not sent
     */
    void send(Object message) throws InterruptedException;

    /**
     * Sends a message, waiting for a limited time while n sends are unconfirmed.
     *
     * @param message the message, or null
     * @param timeout how long; zero or negative to try once
     * @throws FullException if n sends were unconfirmed all the time; the message is not sent
     * @throws EncodingException if it cannot travel; it is not sent
     * @throws BrokenPipeException if earlier sends were refused, as no copy of the other end is left; the message is not sent either
     * @throws InterruptedException if interrupted while waiting; the message is not sent
     */
    void send(Object message, Duration timeout) throws InterruptedException;

    /**
     * Receives the next message, waiting while there is none.
     *
     * @return the message, or null if that is the message
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
     * @throws EmptyException if none came in time, which is the keeper's verdict
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
     * Waits until the pipe has every message that was sent.
     *
     * @throws BrokenPipeException if some were refused, as no copy of the other end is left
     * @throws InterruptedException if interrupted while waiting; what was sent is on its way all the same
     */
    void flush() throws InterruptedException;

    /**
     * Waits for a limited time until the pipe has every message that was sent.
     *
     * @param timeout how long; zero or negative not to wait
     * @return whether it has
     * @throws BrokenPipeException if some were refused, as no copy of the other end is left
     * @throws InterruptedException if interrupted while waiting; what was sent is on its way all the same
     */
    boolean flush(Duration timeout) throws InterruptedException;

    /**
     * Ends the view, not the connection: what was sent is handed to the keeper, which takes it into the pipe as there is room, and what was
     * not consumed goes back. It waits for no room and no reader. Closing again is harmless.
     *
     * @throws BrokenPipeException if some of what was sent was refused, as no copy of the other end is left
     */
    @Override
    void close();
}
