package procession;

import java.util.List;

/**
 * How a task of a {@link Pool} ended: in exactly one of these ways.
 *
 * <p>In Python: none; {@code AsyncResult.successful()} tells two of them apart.
 *
 * @param <T> type of its value
 */
public sealed interface TaskOutcome<T> {

    /**
     * It returned.
     *
     * <p>In Python: a task that is {@code successful()}.
     *
     * @param <T> type of the value
     * @param value the value, or null if that is the value
     */
    record Value<T>(T value) implements TaskOutcome<T> {
        @Override
        public String toString() {
            return "returned " + value;
        }
    }

    /**
     * It threw, its value could not travel, or it never ran since no worker could be started. The error is data: it is never rebuilt as an
     * exception of the worker's class.
     *
     * <p>In Python: a task that is not {@code successful()}.
     *
     * @param <T> type of the value it would have had
     * @param error what it threw
     */
    record Failed<T>(RemoteError error) implements TaskOutcome<T> {
        @Override
        public String toString() {
            return "failed with " + error.summary();
        }
    }

    /**
     * Its worker ended before the task did: it was killed, or the task ended it.
     *
     * <p>In Python: none; such a task never ends.
     *
     * @param <T> type of the value it would have had
     * @param name name of the worker
     * @param pid the operating system's number for it
     * @param outcome how it ended
     * @param lastLines what it wrote to stderr at last; some lines at most
     */
    record WorkerLost<T>(String name, long pid, Outcome outcome, List<String> lastLines) implements TaskOutcome<T> {
        /** Copies the lines. */
        public WorkerLost {
            lastLines = List.copyOf(lastLines);
        }

        @Override
        public String toString() {
            return "lost: its worker " + name + " (pid " + pid + ") ended before it: " + outcome;
        }
    }

    /**
     * It was cancelled, or its pool was terminated.
     *
     * <p>In Python: none.
     *
     * @param <T> type of the value it would have had
     */
    record Cancelled<T>() implements TaskOutcome<T> {
        @Override
        public String toString() {
            return "cancelled";
        }
    }
}
