package procession;

/**
 * No process and no message in transit holds the receiving end any more.
 *
 * <p>In Python: {@code BrokenPipeError}.
 */
public class BrokenPipeException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public BrokenPipeException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public BrokenPipeException(String message, Throwable cause) {
        super(message, cause);
    }
}
