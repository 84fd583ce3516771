package procession;

import java.util.List;

/**
 * What becomes of the tasks of one {@code map}. The tasks are under way.
 *
 * <p>{@link #get()} gives the values in the order of the input. If some tasks fail, the others go on; it throws when all have ended, and
 * what it throws is the failure that came first in time. {@link #cancel()} cancels those that have not ended.
 *
 * <p>In Python: {@code multiprocessing.pool.MapResult}, what {@code Pool.map_async} returns.
 *
 * @param <R> type of the values
 */
public interface Batch<R> extends Result<List<R>> {

    /**
     * Waits until all tasks have ended.
     *
     * @return how each ended, in the order of the input
     * @throws InterruptedException if interrupted while waiting; the tasks go on
     */
    List<TaskOutcome<R>> outcomes() throws InterruptedException;

    /**
     * Shows on stderr how many tasks have ended, if that is a terminal; otherwise does nothing.
     *
     * @return this
     */
    Batch<R> withProgress();
}
