package procession;

/**
 * A pool has ended because its workers cannot be started, or their initializer fails.
 *
 * <p>In Python: none of {@code multiprocessing}, whose pool starts workers for ever; {@code BrokenProcessPool} of
 * {@code concurrent.futures} is near.
 */
public class BrokenPoolException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public BrokenPoolException(String message) {
        super(message);
    }
}
