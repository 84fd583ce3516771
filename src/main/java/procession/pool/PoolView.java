package procession.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import procession.Batch;
import procession.Pool;
import procession.PoolOptions;
import procession.Process;
import procession.Result;
import procession.Results;
import procession.TaskOutcome;

/** A pool as a user sees it: the workers, and how often a task may run again. */
public final class PoolView implements Pool {

    private final WorkerPool pool;
    private final int repeats;

    private PoolView(WorkerPool pool, int repeats) {
        this.pool = pool;
        this.repeats = repeats;
    }

    /**
     * Makes a pool, and starts its workers.
     *
     * @param host the process that makes it
     * @param options how it shall be
     * @param settings how pools are
     * @param name its name
     * @return the pool
     */
    public static PoolView open(Host host, PoolOptions options, PoolSettings settings, String name) {
        var pool = new WorkerPool(host, options, settings, name);
        pool.open();
        return new PoolView(pool, 0);
    }

    @Override
    public String name() {
        return pool.name();
    }

    @Override
    public List<Process> workers() {
        return pool.workers();
    }

    /**
     * Whether it and its workers have ended.
     *
     * @return whether they have
     */
    public boolean isOver() {
        return pool.isOver();
    }

    @Override
    public <R> Result<R> submit(Object task, Object[] arguments) {
        pool.refuseUnlessOpen();
        var method = pool.host().reference(task);
        var label = label(method);
        var own = new ArrayList<Job>(1);
        var result = new TaskResult<R>(pool.host(), label, () -> pool.cancel(own));
        own.add(pool.job(label, method, List.<Object[]>of(arguments), outcomes -> result.ended(PoolView.<R>typed(outcomes).getFirst())));
        pool.submit(own, repeats);
        return result;
    }

    @Override
    public <R> Batch<R> submitAll(Object task, Iterable<Object[]> arguments, int chunkSize) {
        pool.refuseUnlessOpen();
        var method = pool.host().reference(task);
        var label = label(method);
        var all = new ArrayList<Object[]>();
        arguments.forEach(all::add);
        int chunk = chunkSize > 0 ? chunkSize : pool.chunkOf(method, all.size());
        var own = new ArrayList<Job>();
        var batch = new BatchResult<R>(pool.host(), label, all.size(), () -> pool.cancel(own));
        for (int from = 0; from < all.size(); from += chunk) {
            int first = from;
            own.add(pool.job(label, method, all.subList(from, Math.min(all.size(), from + chunk)),
                    outcomes -> batch.ended(first, typed(outcomes))));
        }
        pool.submit(own, repeats);
        return batch;
    }

    @Override
    public <R> Results<R> stream(Object task, Iterable<Object[]> arguments, int chunkSize, boolean ordered) {
        pool.refuseUnlessOpen();
        var method = pool.host().reference(task);
        var results = new StreamedResults<R>(pool, label(method), method, repeats, chunkSize, ordered);
        results.read(arguments.iterator());
        return results;
    }

    /** What a task gives is what its method returns, so the types fit. */
    @SuppressWarnings("unchecked")
    static <R> List<TaskOutcome<R>> typed(List<TaskOutcome<Object>> outcomes) {
        return (List<TaskOutcome<R>>) (List<?>) outcomes;
    }

    private static String label(List<String> method) {
        var type = method.getFirst();
        return TaskResult.TASK + type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + method.get(1);
    }

    @Override
    public Pool repeatable(int times) {
        if (times < 0) {
            throw new IllegalArgumentException("A task is repeated 0 or more times, not " + times + ".");
        }
        return new PoolView(pool, times);
    }

    @Override
    public void shutdown() {
        pool.shutdown();
    }

    @Override
    public void terminate() {
        pool.terminate();
    }

    @Override
    public void join() throws InterruptedException {
        pool.join();
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return pool.join(timeout);
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return "Pool[" + pool.name() + "]";
    }
}
