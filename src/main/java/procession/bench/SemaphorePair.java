package procession.bench;

import java.util.List;
import procession.Semaphore;

/** A child acquires and releases a permit that is there. */
final class SemaphorePair implements Benchmark {

    @Override
    public List<Line> lines() {
        return List.of(new Line("semaphore.pair", "µs", "a child acquires and releases a permit that is free"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        var child = stage.run().process(SemaphorePair::pairs, stage.run().semaphore(1), stage.effort()).daemon(true).start();
        stage.report("semaphore.pair", Stage.result(child, Latency.class));
    }

    static Latency pairs(Semaphore semaphore, Effort effort) throws Exception {
        return Latency.of(effort, () -> {
            semaphore.acquire();
            semaphore.release();
        });
    }
}
