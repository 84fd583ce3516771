package procession;

/**
 * A received value cannot be rebuilt here. Raised in the receiver; what it came from goes on working.
 *
 * <p>In Python: what unpickling raises, such as {@code pickle.UnpicklingError} or {@code AttributeError}.
 */
public class DecodingException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public DecodingException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public DecodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
