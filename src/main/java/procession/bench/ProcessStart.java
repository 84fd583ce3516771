package procession.bench;

import java.util.ArrayList;
import java.util.List;

/** From {@code start()} to the first statement of the body, one process after the other. All JVMs of a host have one clock. */
final class ProcessStart implements Benchmark {

    @Override
    public List<Line> lines() {
        return List.of(new Line("process.start", "s", "start() to the first statement of the body, nothing else going on"));
    }

    @Override
    public void work(Stage stage) throws Exception {
        int times = stage.effort().of(6, 2);
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < times; i++) {
            var process = stage.run().process(ProcessStart::now).daemon(true);
            long begin = System.nanoTime();
            seconds.add((Stage.result(process.start(), Long.class) - begin) / 1e9);
        }
        stage.report("process.start", seconds.subList(1, times));
    }

    /** The body. */
    static long now() {
        return System.nanoTime();
    }
}
