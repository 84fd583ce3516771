package procession.bench;

import java.util.ArrayList;
import java.util.List;
import procession.Outcome;
import procession.Process;

/**
 * One loop starts processes, another joins them.
 *
 * @param line its line
 * @param count how many
 */
record ManyProcesses(Line line, int count) implements Benchmark {

    /** How many a quick run starts instead. */
    static int few(int count) {
        return count > 20 ? 3 : 2;
    }

    @Override
    public List<Line> lines() {
        return List.of(line, new Line(dead(), "processes", "… of them taken for dead though they were not"));
    }

    private String dead() {
        return line.name() + ".dead";
    }

    @Override
    public void work(Stage stage) throws Exception {
        var processes = new ArrayList<Process>();
        int all = stage.effort().of(count, few(count));
        var run = stage.run();
        long begin = System.nanoTime();
        for (int i = 0; i < all; i++) {
            processes.add(run.process(ProcessStart::now).daemon(true).start());
        }
        int dead = 0;
        for (var process : processes) {
            dead += process.join() instanceof Outcome.Returned ? 0 : 1;
        }
        stage.report(line.name(), (System.nanoTime() - begin) / 1e9);
        stage.report(dead(), dead);
    }
}
