package procession;

/**
 * What goes wrong at run time and is no misuse: misuse is {@link IllegalArgumentException} or {@link IllegalStateException}.
 *
 * <p>In Python: {@code multiprocessing.ProcessError}; misuse is {@code AssertionError} or {@code ValueError} there.
 */
public class ProcessionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public ProcessionException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public ProcessionException(String message, Throwable cause) {
        super(message, cause);
    }
}
