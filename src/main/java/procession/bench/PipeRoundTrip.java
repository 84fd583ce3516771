package procession.bench;

import java.util.List;
import procession.Connection;

/** A small integer goes to another child and back through a pipe, by plain send and receive. */
final class PipeRoundTrip implements Benchmark {

    @Override
    public List<Line> lines() {
        return List.of(new Line("pipe.roundtrip", "µs", "a message from one child to another and back, through a pipe"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        var run = stage.run();
        try (var pipe = run.pipe()) {
            var partner = run.process(PipeRoundTrip::answer, pipe.second()).daemon(true).start();
            var asker = run.process(PipeRoundTrip::ask, pipe.first(), stage.effort()).daemon(true).start();
            stage.report("pipe.roundtrip", Stage.result(asker, Latency.class));
            Stage.end(partner);
        }
    }

    static Latency ask(Connection end, Effort effort) throws Exception {
        return Latency.of(effort, () -> {
            end.send(1);
            end.receive();
        });
    }

    static void answer(Connection end) throws InterruptedException {
        while (true) {
            end.send(end.receive());
        }
    }
}
