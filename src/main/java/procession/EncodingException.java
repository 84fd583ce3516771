package procession;

/**
 * A value cannot travel: it, or something inside it, has no encoding, or it is too big. Raised in the sender, before anything is
 * sent.
 *
 * <p>In Python: what pickling raises, such as {@code pickle.PicklingError} or {@code TypeError}; of a queue, in its background
 * thread.
 */
public class EncodingException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public EncodingException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public EncodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
