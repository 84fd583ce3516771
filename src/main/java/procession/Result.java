package procession;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What becomes of a task of a {@link Pool}. All methods may be called from any thread of the process that
 * made the pool.
 *
 * <p>In Python: {@code multiprocessing.pool.AsyncResult}, which cannot be cancelled.
 *
 * @param <T> type of the value
 */
public interface Result<T> {

    /**
     * Waits for the value.
     *
     * @return the value, or null if that is the value; the same one again if asked again
     * @throws TaskFailedException if the task threw, or its value cannot travel
     * @throws WorkerLostException if its worker ended before it
     * @throws TaskCancelledException if it was cancelled, or its pool terminated
     * @throws InterruptedException if interrupted while waiting; the task goes on
     */
    T get() throws InterruptedException;

    /**
     * Waits for the value for a limited time.
     *
     * @param timeout how long; zero or negative to look once
     * @return the value, or null if that is the value
     * @throws TimedOutException if it is not ready in time; the task goes on
     * @throws TaskFailedException if the task threw, or its value cannot travel
     * @throws WorkerLostException if its worker ended before it
     * @throws TaskCancelledException if it was cancelled, or its pool terminated
     * @throws InterruptedException if interrupted while waiting; the task goes on
     */
    T get(Duration timeout) throws InterruptedException;

    /**
     * Waits until it is ready, however it ended: Python's {@code wait()}.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    void await() throws InterruptedException;

    /**
     * Waits for a limited time until it is ready, however it ended: Python's {@code wait(timeout)}.
     *
     * @param timeout how long; zero or negative to look once
     * @return whether it is ready
     * @throws InterruptedException if interrupted while waiting
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Whether the task has ended, in whatever way.
     *
     * @return whether it has
     */
    boolean isReady();

    /**
     * Whether {@link #get()} gives a value.
     *
     * @return whether it does
     * @throws IllegalStateException if it is not ready
     */
    boolean isSuccessful();

    /**
     * How the task ended.
     *
     * @return how; empty if it has not
     */
    Optional<TaskOutcome<T>> outcome();

    /**
     * Cancels the task. One that has not begun never begins. For one that runs, its worker is ended, by SIGTERM and a while later by
     * SIGKILL, and replaced; so are the other tasks of its chunk. One that has ended stays as it is.
     *
     * @return whether it was cancelled, now or before
     */
    boolean cancel();

    /**
     * Has an action called once with the value, before {@link #get()} returns; at once if it is there already. What the action throws is
     * told on stderr and spoils nothing. It runs on a thread of its own, so one that waits keeps no other task from going on.
     *
     * @param action is called if the task has a value
     * @return this
     */
    Result<T> onSuccess(Consumer<? super T> action);

    /**
     * Has an action called once with what {@link #get()} will throw, before it does; at once if the task has failed already. As
     * {@link #onSuccess} otherwise.
     *
     * @param action is called if the task ends without a value
     * @return this
     */
    Result<T> onFailure(Consumer<? super ProcessionException> action);

    /**
     * The same as a future. Its dependent stages never run on a thread that the pool needs.
     *
     * @return completes with the value, or exceptionally with what {@link #get()} throws; cancelling it cancels the task
     */
    CompletableFuture<T> toCompletableFuture();
}
