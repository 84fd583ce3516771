package procession.pool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many tasks go to a worker together, if nobody says: as many as make four chunks for each worker, as in Python, so that the last ones
 * to end do not keep the others waiting for long; but not so few that a chunk is done sooner than it is sent, as far as is known from
 * earlier tasks of the same method. Then all waiting that is added is a chunk of about a millisecond.
 *
 * <p>Not thread-safe.
 */
final class ChunkSizes {

    private static final int CHUNKS_PER_WORKER = 4;
    private static final double WORTH_SENDING = 1_000_000;

    private final int workers;
    private final Map<List<String>, Double> nanosPerTask = new HashMap<>();

    ChunkSizes(int workers) {
        this.workers = workers;
    }

    /** The size of a chunk of so many tasks of a method. */
    int of(List<String> method, int tasks) {
        int usual = parts(tasks, workers * CHUNKS_PER_WORKER);
        var known = nanosPerTask.get(method);
        return known == null ? usual : Math.max(usual, (int) Math.min(parts(tasks, workers), WORTH_SENDING / Math.max(1, known)));
    }

    private static int parts(int tasks, int parts) {
        return Math.max(1, (tasks + parts - 1) / parts);
    }

    /** A chunk of a method has been done. What takes longer than was known counts at once, what takes less does so little by little. */
    void took(List<String> method, int tasks, long nanos) {
        double each = (double) nanos / tasks;
        nanosPerTask.merge(method, each, (known, now) -> Math.max(now, known + (now - known) / 8));
    }
}
