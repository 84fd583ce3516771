package procession;

/**
 * Everything sent has been received, and no process and no message in transit holds the sending end any more.
 *
 * <p>In Python: {@code EOFError}.
 */
public class EndOfStreamException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public EndOfStreamException(String message) {
        super(message);
    }

    /**
     * With a message for the person who meets it, and what led to it.
     *
     * @param message what happened, to what, why, and what to do
     * @param cause the error below
     */
    public EndOfStreamException(String message, Throwable cause) {
        super(message, cause);
    }
}
