package procession.pool;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import procession.Process;
import procession.core.Payload;

/** A worker's process, and the pipe to it. Both of its ends are held here, so that what the worker did not receive is not lost. */
public interface Link {

    /**
     * The worker.
     *
     * @return its process
     */
    Process process();

    /**
     * Sends what was encoded before.
     *
     * @param payload the message
     * @return completes when the pipe has it
     */
    CompletableFuture<Void> send(Payload payload);

    /**
     * Receives the next message.
     *
     * @return completes with it, or exceptionally: with a decoding error, or with something else at the end
     */
    CompletableFuture<Object> receive();

    /**
     * Looks, when the worker has ended, whether a message was never received by it.
     *
     * @param payload the message that was sent last
     * @return completes with whether it is there still; then it is taken out
     */
    CompletableFuture<Boolean> takeBack(Payload payload);

    /** Lets go of the worker's end: when it has let go too, {@link #receive} comes to an end behind all that it sent. */
    void letGo();

    /** Closes everything. */
    void close();

    /** Ends the worker: asks it, and after a while kills it. */
    void end();

    /**
     * What the worker wrote to stderr at last.
     *
     * @return some lines
     */
    List<String> lastLines();
}
