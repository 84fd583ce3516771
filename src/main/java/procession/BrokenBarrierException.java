package procession;

/**
 * A {@link Barrier} cannot be passed: one of its parties left too early, died, or aborted it. Unlike
 * {@link java.util.concurrent.BrokenBarrierException} it is unchecked. The message says who broke it and how.
 *
 * <p>In Python: {@code threading.BrokenBarrierError}, which has no message.
 */
public class BrokenBarrierException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public BrokenBarrierException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public BrokenBarrierException(String message, Throwable cause) {
        super(message, cause);
    }
}
