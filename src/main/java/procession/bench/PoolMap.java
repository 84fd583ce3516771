package procession.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import procession.Pool;

/** Main has the workers of a pool do many tasks that are next to nothing, in chunks of the size that the pool chooses. */
final class PoolMap implements Benchmark {

    private static final int TASKS = 10_000;

    /** So much longer than others: in each map much of main and of the workers is done seldom, and compiled late. */
    private static final int WARM_UP = 3;

    @Override
    public List<Line> lines() {
        return List.of(new Line("pool.map", "tasks/s", "maps of 10 000 tiny tasks, two workers"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        var effort = stage.effort();
        var items = IntStream.range(0, effort.of(TASKS, 200)).boxed().toList();
        var expected = items.stream().map(PoolTask::tiny).toList();
        try (var pool = stage.run().pool(PoolTask.WORKERS)) {
            rate(pool, items, expected, effort.warmUp().multipliedBy(WARM_UP));
            var rates = new ArrayList<Double>();
            for (int round = 0; round < effort.rounds(); round++) {
                rates.add(rate(pool, items, expected, effort.round()));
            }
            stage.report("pool.map", rates);
        }
    }

    /** As many maps as fit into the time, one after the other. */
    private static double rate(Pool pool, List<Integer> items, List<Integer> expected, Duration during) throws InterruptedException {
        long begin = System.nanoTime();
        long now = begin;
        long tasks = 0;
        while (now - begin < during.toNanos()) {
            if (!pool.map(PoolTask::tiny, items).get().equals(expected)) {
                throw new IllegalStateException("Values of a map are missing, wrong or in the wrong order.");
            }
            tasks += items.size();
            now = System.nanoTime();
        }
        return tasks * 1e9 / (now - begin);
    }
}
