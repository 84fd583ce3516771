package procession;

/**
 * To wait for a lock would close a cycle of waits, and {@code procession.deadlock} is {@code refuse}. The lock is not held. The message
 * has the cycle: who holds what and waits for what.
 *
 * <p>In Python: none in {@code multiprocessing}; such a call never returns.
 */
public class DeadlockException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public DeadlockException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public DeadlockException(String message, Throwable cause) {
        super(message, cause);
    }
}
