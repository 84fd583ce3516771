package procession;

/**
 * A wait took longer than it was allowed to. The message says who holds what was waited for, and who is ahead.
 *
 * <p>In Python: {@code multiprocessing.TimeoutError} for {@code AsyncResult.get}; elsewhere a {@code False} that was returned.
 */
public class TimedOutException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public TimedOutException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public TimedOutException(String message, Throwable cause) {
        super(message, cause);
    }
}
