package procession;

/**
 * The name given to {@link Procession#join(String)} means no run that is going on, or several. The message names those there are.
 *
 * <p>In Python: none; {@code BaseManager.connect()} raises {@code ConnectionRefusedError}.
 */
public class RunNotFoundException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public RunNotFoundException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public RunNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
