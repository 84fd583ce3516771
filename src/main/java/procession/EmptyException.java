package procession;

/**
 * Nothing could be taken from a queue or a connection in the time allowed.
 *
 * <p>In Python: {@code queue.Empty}.
 */
public class EmptyException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public EmptyException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public EmptyException(String message, Throwable cause) {
        super(message, cause);
    }
}
