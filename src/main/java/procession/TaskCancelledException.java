package procession;

/**
 * A task of a {@link Pool} was cancelled, or its pool was terminated, before it ended.
 *
 * <p>In Python: none; a task cannot be cancelled, and {@code get()} of one whose pool was terminated waits for ever.
 */
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
