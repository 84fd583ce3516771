package procession;

/**
 * The worker of a {@link Pool} that was busy with a task ended before the task did.
 *
 * <p>In Python: none; the result of such a task never comes.
 */
public class WorkerLostException extends ProcessionException {

    private static final long serialVersionUID = 1;

    private final transient TaskOutcome.WorkerLost<?> lost;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     * @param lost which worker, and how it ended
     */
    public WorkerLostException(String message, TaskOutcome.WorkerLost<?> lost) {
        super(message);
        this.lost = lost;
    }

    /**
     * Which worker was lost, how it ended, and what it wrote to stderr at last.
     *
     * @return all of that
     */
    public TaskOutcome.WorkerLost<?> lost() {
        return lost;
    }
}
