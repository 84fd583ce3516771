package procession;

/**
 * A scenario found its own result wrong. The command exits with 4.
 *
 * <p>In Python: none; {@code AssertionError} is near.
 */
public class CheckFailedException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public CheckFailedException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public CheckFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
