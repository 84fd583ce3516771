package procession;

/**
 * A queue has been {@linkplain SimpleQueue#shutdown() shut down}: it takes no more items, or nothing is left to get.
 *
 * <p>In Python: {@code queue.ShutDown} of 3.13, which only queues between threads raise.
 */
public class ShutDownException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public ShutDownException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public ShutDownException(String message, Throwable cause) {
        super(message, cause);
    }
}
