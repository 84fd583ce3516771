package procession;

/** A task of a {@link Pool} was cancelled, or its pool was terminated, before it ended. */
public class TaskCancelledException extends ProcessionException {

    private static final long serialVersionUID = 1;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     */
    public TaskCancelledException(String message) {
        super(message);
    }
}
