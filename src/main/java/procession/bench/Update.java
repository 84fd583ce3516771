package procession.bench;

import java.util.List;
import procession.Cell;
import procession.Counter;

/**
 * A child adds to a value that nobody else changes.
 *
 * @param line its line
 * @param counter whether the value is a counter, or a cell
 */
record Update(Line line, boolean counter) implements Benchmark {

    @Override
    public List<Line> lines() {
        return List.of(line);
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        var child = counter ? run.process(Update::counter, run.counter(), stage.effort())
                : run.process(Update::cell, run.cellOf(0L), stage.effort());
        stage.report(line.name(), Stage.result(child.daemon(true).start(), Latency.class));
    }

    static Latency counter(Counter counter, Effort effort) throws Exception {
        return Latency.of(effort, () -> counter.add(1));
    }

    static Latency cell(Cell<Long> cell, Effort effort) throws Exception {
        return Latency.of(effort, () -> cell.update(value -> value + 1));
    }
}
