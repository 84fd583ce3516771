package procession;

import java.time.Duration;
import java.util.List;

/**
 * Worker processes that do tasks. Made by {@link Procession#pool()}.
 *
 * <pre>{@code
 * try (var pool = run.pool(4)) {
 *     List<Integer> counts = pool.map(Words::count, files).withProgress().get();
 *     for (var thumbnail : pool.imap(Images::shrink, photos)) …
 * }
 * }</pre>
 *
 * <p>A task is a static method by reference; what is no such reference is refused at the call with file and line. Arguments are encoded at
 * the call, so each task has its own copies, and an {@link EncodingException} comes from the call. Types of the method's package may
 * travel.
 *
 * <p>Each task ends in exactly one way: a value, a remote error, the loss of its worker, or cancelled. A worker that ends in a task takes
 * that task with it, or it runs again on another worker if it is {@linkplain #repeatable() repeatable}; the worker is replaced. One that
 * ends while idle costs nothing. In the moment in which a worker receives a task, before the run has heard of it, its end is taken for
 * that of an idle one: that task then begins on another worker, whether it is repeatable or not. If workers cannot be started, or their
 * initializer fails, the pool ends after some tries: what is pending fails with that error, and further tasks are refused with {@link
 * BrokenPoolException}.
 *
 * <p>Workers are started at once, and each serves until it has done {@link PoolOptions#tasksPerWorker()} tasks. They end with the process
 * that made the pool. Tasks may start processes and make pools of their own. A pool cannot be sent to another process. All methods may be
 * called from any thread.
 *
 * <p>In Python: {@code multiprocessing.Pool}.
 */
public interface Pool extends AutoCloseable {

    /**
     * Its name, with which those of its workers begin.
     *
     * @return the name
     */
    String name();

    /**
     * The workers that are there now, also those that still start.
     *
     * @return the workers, those started first before the others
     */
    List<Process> workers();

    /**
     * Has a worker run a static method with no parameters, and waits for its value.
     *
     * @param <R> type of the value
     * @param task a reference to a static method
     * @return the value
     * @throws TaskFailedException if the method threw, or its value cannot travel
     * @throws WorkerLostException if its worker ended before it
     * @throws TaskCancelledException if the pool was terminated
     * @throws InterruptedException if interrupted while waiting; the task is cancelled
     */
    default <R> R apply(Task0<R> task) throws InterruptedException {
        return Submissions.awaited(applyAsync(task));
    }

    /**
     * Has a worker run a static method with no parameters.
     *
     * @param <R> type of the value
     * @param task a reference to a static method
     * @return what becomes of it
     */
    default <R> Result<R> applyAsync(Task0<R> task) {
        return submit(task, new Object[] {});
    }

    /**
     * Has a worker run a static method with one parameter, and waits for its value.
     *
     * @param <A> type of argument 1
     * @param <R> type of the value
     * @param task a reference to a static method
     * @param a argument 1
     * @return the value
     * @throws TaskFailedException if the method threw, or its value cannot travel
     * @throws WorkerLostException if its worker ended before it
     * @throws TaskCancelledException if the pool was terminated
     * @throws InterruptedException if interrupted while waiting; the task is cancelled
     */
    default <A, R> R apply(Task1<A, R> task, A a) throws InterruptedException {
        return Submissions.awaited(applyAsync(task, a));
    }

    /**
     * Has a worker run a static method with one parameter.
     *
     * @param <A> type of argument 1
     * @param <R> type of the value
     * @param task a reference to a static method
     * @param a argument 1
     * @return what becomes of it
     */
    default <A, R> Result<R> applyAsync(Task1<A, R> task, A a) {
        return submit(task, new Object[] {a});
    }

    /**
     * Has a worker run a static method with two parameters, and waits for its value.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <R> type of the value
     * @param task a reference to a static method
     * @param a argument 1
     * @param b argument 2
     * @return the value
     * @throws TaskFailedException if the method threw, or its value cannot travel
     * @throws WorkerLostException if its worker ended before it
     * @throws TaskCancelledException if the pool was terminated
     * @throws InterruptedException if interrupted while waiting; the task is cancelled
     */
    default <A, B, R> R apply(Task2<A, B, R> task, A a, B b) throws InterruptedException {
        return Submissions.awaited(applyAsync(task, a, b));
    }

    /**
     * Has a worker run a static method with two parameters.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <R> type of the value
     * @param task a reference to a static method
     * @param a argument 1
     * @param b argument 2
     * @return what becomes of it
     */
    default <A, B, R> Result<R> applyAsync(Task2<A, B, R> task, A a, B b) {
        return submit(task, new Object[] {a, b});
    }

    /**
     * Has a worker run a static method with three parameters, and waits for its value.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <R> type of the value
     * @param task a reference to a static method
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @return the value
     * @throws TaskFailedException if the method threw, or its value cannot travel
     * @throws WorkerLostException if its worker ended before it
     * @throws TaskCancelledException if the pool was terminated
     * @throws InterruptedException if interrupted while waiting; the task is cancelled
     */
    default <A, B, C, R> R apply(Task3<A, B, C, R> task, A a, B b, C c) throws InterruptedException {
        return Submissions.awaited(applyAsync(task, a, b, c));
    }

    /**
     * Has a worker run a static method with three parameters.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <R> type of the value
     * @param task a reference to a static method
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @return what becomes of it
     */
    default <A, B, C, R> Result<R> applyAsync(Task3<A, B, C, R> task, A a, B b, C c) {
        return submit(task, new Object[] {a, b, c});
    }

    /**
     * Has a worker run a static method with four parameters, and waits for its value.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <D> type of argument 4
     * @param <R> type of the value
     * @param task a reference to a static method
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @param d argument 4
     * @return the value
     * @throws TaskFailedException if the method threw, or its value cannot travel
     * @throws WorkerLostException if its worker ended before it
     * @throws TaskCancelledException if the pool was terminated
     * @throws InterruptedException if interrupted while waiting; the task is cancelled
     */
    default <A, B, C, D, R> R apply(Task4<A, B, C, D, R> task, A a, B b, C c, D d) throws InterruptedException {
        return Submissions.awaited(applyAsync(task, a, b, c, d));
    }

    /**
     * Has a worker run a static method with four parameters.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <D> type of argument 4
     * @param <R> type of the value
     * @param task a reference to a static method
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @param d argument 4
     * @return what becomes of it
     */
    default <A, B, C, D, R> Result<R> applyAsync(Task4<A, B, C, D, R> task, A a, B b, C c, D d) {
        return submit(task, new Object[] {a, b, c, d});
    }

    /**
     * Has workers run a static method, once for each item, in chunks: about four for each
     * worker, or fewer where such tasks have been so short that a chunk would take less than a millisecond.
     * The input is read to its end, and encoded, before this returns.
     *
     * @param <A> type of argument 1
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @return what becomes of the tasks
     */
    default <A, R> Batch<R> map(Task1<A, R> task, Iterable<? extends A> items) {
        return submitAll(task, Submissions.arguments1(items), 0);
    }

    /**
     * Has workers run a static method, once for each item. A chunk goes to a worker as one message, and is lost as a whole if
     * the worker ends; a task of it that throws fails alone.
     *
     * @param <A> type of argument 1
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @return what becomes of the tasks
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     */
    default <A, R> Batch<R> map(Task1<A, R> task, Iterable<? extends A> items, int chunkSize) {
        return submitAll(task, Submissions.arguments1(items), Submissions.checked(chunkSize));
    }

    /**
     * The same as {@link #map(Task1, Iterable)}, under Python's name.
     *
     * @param <A> type of argument 1
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @return what becomes of the tasks
     */
    default <A, R> Batch<R> mapAsync(Task1<A, R> task, Iterable<? extends A> items) {
        return map(task, items);
    }

    /**
     * The same as {@link #map(Task1, Iterable, int)}, under Python's name.
     *
     * @param <A> type of argument 1
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @return what becomes of the tasks
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     */
    default <A, R> Batch<R> mapAsync(Task1<A, R> task, Iterable<? extends A> items, int chunkSize) {
        return map(task, items, chunkSize);
    }

    /**
     * Has workers run a static method with two parameters, once for each {@link Args2}, in chunks: about four for each
     * worker, or fewer where such tasks have been so short that a chunk would take less than a millisecond.
     * The input is read to its end, and encoded, before this returns.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @return what becomes of the tasks
     */
    default <A, B, R> Batch<R> starmap(Task2<A, B, R> task, Iterable<Args2<A, B>> items) {
        return submitAll(task, Submissions.arguments2(items), 0);
    }

    /**
     * Has workers run a static method with two parameters, once for each {@link Args2}. A chunk goes to a worker as one message,
     * and is lost as a whole if the worker ends; a task of it that throws fails alone.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @return what becomes of the tasks
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     */
    default <A, B, R> Batch<R> starmap(Task2<A, B, R> task, Iterable<Args2<A, B>> items, int chunkSize) {
        return submitAll(task, Submissions.arguments2(items), Submissions.checked(chunkSize));
    }

    /**
     * The same as {@link #starmap(Task2, Iterable)}, under Python's name.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @return what becomes of the tasks
     */
    default <A, B, R> Batch<R> starmapAsync(Task2<A, B, R> task, Iterable<Args2<A, B>> items) {
        return starmap(task, items);
    }

    /**
     * The same as {@link #starmap(Task2, Iterable, int)}, under Python's name.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @return what becomes of the tasks
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     */
    default <A, B, R> Batch<R> starmapAsync(Task2<A, B, R> task, Iterable<Args2<A, B>> items, int chunkSize) {
        return starmap(task, items, chunkSize);
    }

    /**
     * Has workers run a static method with three parameters, once for each {@link Args3}, in chunks: about four for each
     * worker, or fewer where such tasks have been so short that a chunk would take less than a millisecond.
     * The input is read to its end, and encoded, before this returns.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @return what becomes of the tasks
     */
    default <A, B, C, R> Batch<R> starmap(Task3<A, B, C, R> task, Iterable<Args3<A, B, C>> items) {
        return submitAll(task, Submissions.arguments3(items), 0);
    }

    /**
     * Has workers run a static method with three parameters, once for each {@link Args3}. A chunk goes to a worker as one message,
     * and is lost as a whole if the worker ends; a task of it that throws fails alone.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @return what becomes of the tasks
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     */
    default <A, B, C, R> Batch<R> starmap(Task3<A, B, C, R> task, Iterable<Args3<A, B, C>> items, int chunkSize) {
        return submitAll(task, Submissions.arguments3(items), Submissions.checked(chunkSize));
    }

    /**
     * The same as {@link #starmap(Task3, Iterable)}, under Python's name.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @return what becomes of the tasks
     */
    default <A, B, C, R> Batch<R> starmapAsync(Task3<A, B, C, R> task, Iterable<Args3<A, B, C>> items) {
        return starmap(task, items);
    }

    /**
     * The same as {@link #starmap(Task3, Iterable, int)}, under Python's name.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @return what becomes of the tasks
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     */
    default <A, B, C, R> Batch<R> starmapAsync(Task3<A, B, C, R> task, Iterable<Args3<A, B, C>> items, int chunkSize) {
        return starmap(task, items, chunkSize);
    }

    /**
     * Has workers run a static method with four parameters, once for each {@link Args4}, in chunks: about four for each
     * worker, or fewer where such tasks have been so short that a chunk would take less than a millisecond.
     * The input is read to its end, and encoded, before this returns.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <D> type of argument 4
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @return what becomes of the tasks
     */
    default <A, B, C, D, R> Batch<R> starmap(Task4<A, B, C, D, R> task, Iterable<Args4<A, B, C, D>> items) {
        return submitAll(task, Submissions.arguments4(items), 0);
    }

    /**
     * Has workers run a static method with four parameters, once for each {@link Args4}. A chunk goes to a worker as one message,
     * and is lost as a whole if the worker ends; a task of it that throws fails alone.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <D> type of argument 4
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @return what becomes of the tasks
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     */
    default <A, B, C, D, R> Batch<R> starmap(Task4<A, B, C, D, R> task, Iterable<Args4<A, B, C, D>> items, int chunkSize) {
        return submitAll(task, Submissions.arguments4(items), Submissions.checked(chunkSize));
    }

    /**
     * The same as {@link #starmap(Task4, Iterable)}, under Python's name.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <D> type of argument 4
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @return what becomes of the tasks
     */
    default <A, B, C, D, R> Batch<R> starmapAsync(Task4<A, B, C, D, R> task, Iterable<Args4<A, B, C, D>> items) {
        return starmap(task, items);
    }

    /**
     * The same as {@link #starmap(Task4, Iterable, int)}, under Python's name.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <D> type of argument 4
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @return what becomes of the tasks
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     */
    default <A, B, C, D, R> Batch<R> starmapAsync(Task4<A, B, C, D, R> task, Iterable<Args4<A, B, C, D>> items, int chunkSize) {
        return starmap(task, items, chunkSize);
    }

    /**
     * Has workers run a static method, once for each item, and gives the values in the order of the input as they come. The input is read
     * only so far ahead of what is taken: it may have no end.
     *
     * @param <A> type of the items
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @return the values; to be closed if it is not gone through to its end
     */
    default <A, R> Results<R> imap(Task1<A, R> task, Iterable<? extends A> items) {
        return stream(task, Submissions.arguments1(items), 1, true);
    }

    /**
     * The same as {@link #imap(Task1, Iterable)}, in chunks.
     *
     * @param <A> type of the items
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @return the values; to be closed if it is not gone through to its end
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     */
    default <A, R> Results<R> imap(Task1<A, R> task, Iterable<? extends A> items, int chunkSize) {
        return stream(task, Submissions.arguments1(items), Submissions.checked(chunkSize), true);
    }

    /**
     * As {@link #imap(Task1, Iterable)}, in the order in which the tasks end.
     *
     * @param <A> type of the items
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @return the values; to be closed if it is not gone through to its end
     */
    default <A, R> Results<R> imapUnordered(Task1<A, R> task, Iterable<? extends A> items) {
        return stream(task, Submissions.arguments1(items), 1, false);
    }

    /**
     * The same as {@link #imapUnordered(Task1, Iterable)}, in chunks.
     *
     * @param <A> type of the items
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param items the arguments
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @return the values; to be closed if it is not gone through to its end
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     */
    default <A, R> Results<R> imapUnordered(Task1<A, R> task, Iterable<? extends A> items, int chunkSize) {
        return stream(task, Submissions.arguments1(items), Submissions.checked(chunkSize), false);
    }

    /**
     * A view of this pool whose tasks may run more than once: one whose worker is lost runs again, at most three times.
     *
     * @return the view; the same workers, ended by the same calls
     */
    default Pool repeatable() {
        return repeatable(Submissions.REPEATS);
    }

    /**
     * A view of this pool whose tasks may run more than once: one whose worker is lost runs again. For tasks that do no harm if they were
     * half done, or done without anybody having heard of it.
     *
     * @param times how often a task may run again, 0 or more
     * @return the view; the same workers, ended by the same calls
     * @throws IllegalArgumentException if {@code times} is negative
     */
    Pool repeatable(int times);

    /** Takes no more tasks; those it has are done, then the workers end. It does not wait: Python's {@code close()}. */
    void shutdown();

    /** Ends the workers at once, by SIGTERM and a while later by SIGKILL. What is pending ends as cancelled. */
    void terminate();

    /**
     * Waits until the workers have ended.
     *
     * @throws IllegalStateException if the pool has not been shut down, closed or terminated
     * @throws InterruptedException if interrupted while waiting
     */
    void join() throws InterruptedException;

    /**
     * Waits for a limited time until the workers have ended.
     *
     * @param timeout how long; zero or negative to look once
     * @return whether they have
     * @throws IllegalStateException if the pool has not been shut down, closed or terminated
     * @throws InterruptedException if interrupted while waiting
     */
    boolean join(Duration timeout) throws InterruptedException;

    /**
     * Takes no more tasks, and waits until those it has are done and the workers have ended: {@link #shutdown()} and {@link #join()}.
     * Interrupted while it waits, it terminates the pool and keeps the interrupt. Closing again is harmless. Python's {@code with} block
     * terminates the pool instead, which {@link #terminate()} does.
     */
    @Override
    void close();

    /**
     * What the methods for one task come to.
     *
     * @param <R> type of the value
     * @param task a reference to a static method
     * @param arguments its arguments
     * @return what becomes of it
     * @throws IllegalArgumentException if {@code task} is no reference to a static method; the message names file and line
     * @throws EncodingException if an argument cannot travel
     * @throws IllegalStateException if the pool has been shut down, closed or terminated
     * @throws BrokenPoolException if its workers cannot be started
     */
    <R> Result<R> submit(Object task, Object[] arguments);

    /**
     * What the methods for many tasks come to.
     *
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param arguments the arguments of each task
     * @param chunkSize how many tasks go to a worker at once; 0 if the pool is to choose
     * @return what becomes of them
     * @throws IllegalArgumentException if {@code task} is no reference to a static method; the message names file and line
     * @throws EncodingException if an argument cannot travel; then none of the tasks is done
     * @throws IllegalStateException if the pool has been shut down, closed or terminated
     * @throws BrokenPoolException if its workers cannot be started
     */
    <R> Batch<R> submitAll(Object task, Iterable<Object[]> arguments, int chunkSize);

    /**
     * What the methods for inputs that need not end come to.
     *
     * @param <R> type of the values
     * @param task a reference to a static method
     * @param arguments the arguments of each task
     * @param chunkSize how many tasks go to a worker at once, 1 or more
     * @param ordered whether values come in the order of the input
     * @return the values
     * @throws IllegalArgumentException if {@code task} is no reference to a static method; the message names file and line
     * @throws IllegalStateException if the pool has been shut down, closed or terminated
     * @throws BrokenPoolException if its workers cannot be started
     */
    <R> Results<R> stream(Object task, Iterable<Object[]> arguments, int chunkSize, boolean ordered);
}
