package procession.bench;

import java.util.List;
import java.util.ArrayList;
import java.util.concurrent.Semaphore;
import procession.node.Shipped;

/**
 * What the JVM alone costs: mains that do nothing, started in a loop, as many at the same time as Procession starts children.
 *
 * @param line its line
 * @param count how many
 */
record EmptyJvms(Line line, int count) implements Benchmark {

    @Override
    public List<Line> lines() {
        return List.of(line);
    }

    @Override
    public void work(Stage stage) throws Exception {
        int jvms = stage.effort().of(count, ManyProcesses.few(count));
        var turns = new Semaphore(Shipped.startConcurrency());
        var started = new ArrayList<Process>();
        long begin = System.nanoTime();
        for (int i = 0; i < jvms; i++) {
            turns.acquire();
            var jvm = PlainJvm.start(Empty.class).process();
            jvm.onExit().thenRun(turns::release);
            started.add(jvm);
        }
        for (var jvm : started) {
            jvm.waitFor();
        }
        stage.report(line.name(), (System.nanoTime() - begin) / 1e9);
    }

    /** Does nothing. */
    static final class Empty {

        private Empty() {}

        public static void main(String[] arguments) {
            // Nothing.
        }
    }
}
