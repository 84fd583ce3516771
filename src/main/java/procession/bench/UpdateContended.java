package procession.bench;

import java.util.ArrayList;
import java.util.List;
import procession.Barrier;
import procession.Cell;
import procession.Counter;
import procession.Process;

/**
 * Children add to one value, all at the same time.
 *
 * @param line its line
 * @param counter whether the value is a counter, or a cell
 */
record UpdateContended(Line line, boolean counter) implements Benchmark {

    private static final int CHILDREN = 4;
    private static final int UPDATES = 1_000;

    @Override
    public List<Line> lines() {
        return List.of(line);
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        var effort = stage.effort();
        int updates = effort.of(UPDATES, 20);
        Counter count = run.counter();
        Cell<Long> cell = run.cellOf(0L);
        var start = run.barrier(CHILDREN);
        var children = new ArrayList<Process>();
        for (int i = 0; i < CHILDREN; i++) {
            var child = counter ? run.process(UpdateContended::counter, count, start, updates, effort)
                    : run.process(UpdateContended::cell, cell, start, updates, effort);
            children.add(child.daemon(true).start());
        }
        var rates = Throughput.rates(children, children, CHILDREN * updates);
        long sum = counter ? count.get() : cell.get();
        long added = CHILDREN * Throughput.sum(updates, effort);
        if (sum != added) {
            throw new IllegalStateException("Updates were lost or done twice: the sum is " + sum + ", and " + added + " was added.");
        }
        stage.report(line.name(), rates);
    }

    static Throughput.Share counter(Counter counter, Barrier start, int updates, Effort effort) throws InterruptedException {
        return Throughput.send(Sender.unbuffered(counter::add), start, updates, effort);
    }

    static Throughput.Share cell(Cell<Long> cell, Barrier start, int updates, Effort effort) throws InterruptedException {
        return Throughput.send(Sender.unbuffered(number -> cell.update(value -> value + number)), start, updates, effort);
    }
}
