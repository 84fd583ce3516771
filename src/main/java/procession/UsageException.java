package procession;

/**
 * The command line of a scenario is wrong. The command shows the message and exits with 2.
 *
 * <p>In Python: {@code argparse}'s {@code SystemExit} with status 2.
 */
public class UsageException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public UsageException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
