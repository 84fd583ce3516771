package procession;

/**
 * The nodes of a run could not find together: main could not bind, or a child could not reach the keeper.
 *
 * <p>In Python: none; what {@code BaseManager.connect()} raises, such as {@code ConnectionRefusedError}, is near.
 */
public class ClusterException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public ClusterException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
