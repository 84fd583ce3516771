package procession.ask;

/** A question that got no answer; the message says why, in sentences. */
public final class AskException extends Exception {

    private static final long serialVersionUID = 1;

    /** There is no socket, or nobody listens at it. */
    public static final String NOT_THERE = "not-there";
    /** Nobody answers in time. */
    public static final String SILENT = "silent";
    /** The two sides speak different versions. */
    public static final String OTHER_VERSION = "version";
    /** The question cannot be understood. */
    public static final String BAD_QUESTION = "bad-question";
    /** The run remembers no happenings. */
    public static final String NO_TRACE = "no-trace";
    /** The answer is cut off, or is none. */
    public static final String BROKEN = "broken";
    /** The answer could not be found. */
    public static final String FAILED = "failed";

    private final String code;

    AskException(String code, String message) {
        super(message);
        this.code = code;
    }

    /**
     * Why, as a word.
     *
     * @return one of the codes here, or another that a later version says
     */
    public String code() {
        return code;
    }
}
