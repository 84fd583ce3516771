package procession.bench;

import java.util.List;
import procession.Semaphore;

/** Two children take turns, each waking the other by a semaphore. */
final class Handoff implements Benchmark {

    @Override
    public List<Line> lines() {
        return List.of(new Line("handoff.roundtrip", "µs", "two children take turns through two semaphores, there and back"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        var there = run.semaphore(0).unowned();
        var back = run.semaphore(0).unowned();
        var partner = run.process(Handoff::answer, there, back).daemon(true).start();
        var asker = run.process(Handoff::ask, there, back, stage.effort()).daemon(true).start();
        stage.report("handoff.roundtrip", Stage.result(asker, Latency.class));
        Stage.end(partner);
    }

    static Latency ask(Semaphore there, Semaphore back, Effort effort) throws Exception {
        return Latency.of(effort, () -> {
            there.release();
            back.acquire();
        });
    }

    static void answer(Semaphore there, Semaphore back) throws InterruptedException {
        while (true) {
            there.acquire();
            back.release();
        }
    }
}
