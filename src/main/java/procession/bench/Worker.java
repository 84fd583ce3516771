package procession.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A JVM that the command starts for one benchmark, or for several of the same settings: the main process of their run. So no figure
 * depends on what was measured before it.
 */
public final class Worker {

    private static final String FAILED = "failed\t";

    private Worker() {}

    /**
     * Not to be run by hand.
     *
     * @param arguments the effort, and names of benchmarks
     */
    public static void main(String[] arguments) {
        endWithParent();
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        var benchmarks = List.of(arguments).subList(1, arguments.length).stream().map(Benchmarks::named).toList();
        var effort = Effort.parse(arguments[0]);
        try (var stage = new Stage(effort, benchmarks.getFirst().settings(), measured -> out.println(measured.text()))) {
            benchmarks.forEach(benchmark -> work(benchmark, stage, out));
        }
        out.flush();
        System.exit(0);
    }

    private static void work(Benchmark benchmark, Stage stage, PrintStream out) {
        try {
            benchmark.work(stage);
        } catch (Exception | LinkageError failed) {
            out.println(FAILED + benchmark.name() + "\t" + String.valueOf(failed.getMessage()).replaceAll("\\s+", " "));
            failed.printStackTrace();
        }
    }

    static boolean isFailure(String line) {
        return line.startsWith(FAILED);
    }

    /** Name of the benchmark that failed, and why. */
    static List<String> failure(String line) {
        return List.of(line.substring(FAILED.length()).split("\t", 2));
    }

    /** At the end of its standard input whoever started this JVM is gone, so it ends, too. */
    static void endWithParent() {
        var thread = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is said here.
                }
            } catch (IOException closed) {
                // As good as its end.
            }
            System.exit(1);
        }, "bench-lifeline");
        thread.setDaemon(true);
        thread.start();
    }
}
