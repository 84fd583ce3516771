package procession;

/**
 * The keeper has not answered for a second longer than the call's own time-out. Whether the call took effect is not known; if it
 * still gets a grant or an item, that is given back.
 *
 * <p>In Python: none; a proxy of a manager that does not answer waits for ever.
 */
public class KeeperSilentException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public KeeperSilentException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public KeeperSilentException(String message, Throwable cause) {
        super(message, cause);
    }
}
