package procession.bench;

import java.util.List;

/** Main has a worker of a pool do a task that is next to nothing, and waits for its value. */
final class PoolTask implements Benchmark {

    /** As many as Python's pool has. */
    static final int WORKERS = 2;

    @Override
    public List<Line> lines() {
        return List.of(new Line("pool.task", "µs", "main has one of two workers do a tiny task, and waits for its value"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        try (var pool = stage.run().pool(WORKERS)) {
            stage.report("pool.task", Latency.of(stage.effort(), () -> pool.apply(PoolTask::tiny, 1)));
        }
    }

    /** The task. */
    static int tiny(int number) {
        return number + 1;
    }
}
