package procession;

/**
 * A setting is wrong. The message names its key and what is allowed.
 *
 * <p>In Python: none.
 */
public class SettingsException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public SettingsException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
