package procession.bench;

import java.util.List;
import procession.Queue;

/** A small integer goes to another child and back, by plain put and get. */
final class QueueRoundTrip implements Benchmark {

    @Override
    public List<Line> lines() {
        return List.of(new Line("queue.roundtrip", "µs", "an item from one child to another and back, through two queues"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        Queue<Integer> there = run.queue();
        Queue<Integer> back = run.queue();
        var partner = run.process(QueueRoundTrip::answer, there, back).daemon(true).start();
        var asker = run.process(QueueRoundTrip::ask, there, back, stage.effort()).daemon(true).start();
        stage.report("queue.roundtrip", Stage.result(asker, Latency.class));
        Stage.end(partner);
    }

    static Latency ask(Queue<Integer> there, Queue<Integer> back, Effort effort) throws Exception {
        return Latency.of(effort, () -> {
            there.put(1);
            back.get();
        });
    }

    static void answer(Queue<Integer> there, Queue<Integer> back) throws InterruptedException {
        while (true) {
            back.put(there.get());
        }
    }
}
