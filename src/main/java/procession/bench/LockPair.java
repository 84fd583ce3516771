package procession.bench;

import java.util.List;
import java.util.Map;
import procession.Lock;

/**
 * A child acquires and releases a lock that nobody else wants.
 *
 * @param line its line
 * @param settings of its run
 * @param together how many pairs are timed at once
 */
record LockPair(Line line, Map<String, String> settings, int together) implements Benchmark {

    @Override
    public List<Line> lines() {
        return List.of(line);
    }

    @Override
    public void work(Stage stage) throws Exception {
        var lock = stage.run().lock();
        var child = stage.run().process(LockPair::pairs, lock, together, stage.effort()).daemon(true).start();
        stage.report(line.name(), Stage.result(child, Latency.class));
    }

    static Latency pairs(Lock lock, int together, Effort effort) throws Exception {
        return Latency.of(effort, together, () -> {
            lock.acquire();
            lock.release();
        });
    }
}
