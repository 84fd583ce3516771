package procession.bench;

import java.util.ArrayList;
import java.util.List;
import procession.Barrier;
import procession.Process;
import procession.SimpleQueue;

/**
 * Small integers through one queue.
 *
 * @param line its line
 * @param each how many producers, and as many consumers
 * @param items how many items go through in each round
 * @param windows whether both sides use windows of the queue
 */
record QueueThroughput(Line line, int each, int items, boolean windows) implements Benchmark {

    @Override
    public List<Line> lines() {
        return List.of(line);
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        SimpleQueue<Integer> queue = run.queue();
        var start = run.barrier(2 * each);
        int share = stage.effort().of(items, 200) / each;
        var producers = new ArrayList<Process>();
        var consumers = new ArrayList<Process>();
        for (int i = 0; i < each; i++) {
            consumers.add(run.process(QueueThroughput::take, queue, start, share, windows, stage.effort()).daemon(true).start());
            producers.add(run.process(QueueThroughput::put, queue, start, share, windows, stage.effort()).daemon(true).start());
        }
        stage.report(line.name(), Throughput.rates(producers, consumers, each * share));
    }

    static Throughput.Share put(SimpleQueue<Integer> queue, Barrier start, int items, boolean windows, Effort effort)
            throws InterruptedException {
        try (var sender = windows ? Sender.window(queue) : Sender.plain(queue)) {
            return Throughput.send(sender, start, items, effort);
        }
    }

    static Throughput.Share take(SimpleQueue<Integer> queue, Barrier start, int items, boolean windows, Effort effort)
            throws InterruptedException {
        return Throughput.take(() -> windows ? Receiver.window(queue) : Receiver.plain(queue), start, items, effort);
    }
}
