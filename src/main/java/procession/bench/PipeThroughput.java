package procession.bench;

import java.util.List;
import procession.Barrier;
import procession.Connection;

/** Small integers through a pipe, one way, through a window on each side. */
final class PipeThroughput implements Benchmark {

    private static final int ITEMS = 200_000;

    @Override
    public List<Line> lines() {
        return List.of(new Line("pipe.throughput", "msg/s", "small integers through a pipe, one way, window(1000) on both sides"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        var start = run.barrier(2);
        int items = stage.effort().of(ITEMS, 200);
        try (var pipe = run.pipe()) {
            var receiver = run.process(PipeThroughput::receive, pipe.first(), start, items, stage.effort()).daemon(true).start();
            var sender = run.process(PipeThroughput::send, pipe.second(), start, items, stage.effort()).daemon(true).start();
            stage.report("pipe.throughput", Throughput.rates(List.of(sender), List.of(receiver), items));
        }
    }

    static Throughput.Share send(Connection end, Barrier start, int items, Effort effort) throws InterruptedException {
        try (var sender = Sender.window(end)) {
            return Throughput.send(sender, start, items, effort);
        }
    }

    static Throughput.Share receive(Connection end, Barrier start, int items, Effort effort) throws InterruptedException {
        return Throughput.take(() -> Receiver.window(end), start, items, effort);
    }
}
