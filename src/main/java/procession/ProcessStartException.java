package procession;

/**
 * The operating system did not start a process.
 *
 * <p>In Python: {@code OSError}.
 */
public class ProcessStartException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public ProcessStartException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public ProcessStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
