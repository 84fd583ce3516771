package procession;

/**
 * The run this handle belongs to has ended, or this process has left it.
 *
 * <p>In Python: none; a proxy raises {@code ConnectionResetError}, {@code BrokenPipeError} or {@code EOFError} when its manager is
 * gone.
 */
public class RunEndedException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public RunEndedException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public RunEndedException(String message, Throwable cause) {
        super(message, cause);
    }
}
