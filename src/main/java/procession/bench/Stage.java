package procession.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import procession.Process;
import procession.Procession;

/** Where benchmarks work: the main process of a run, which begins when the first of them needs it. */
final class Stage implements AutoCloseable {

    private final Effort effort;
    private final Map<String, String> settings;
    private final Consumer<Measured> reports;
    private Procession run;

    Stage(Effort effort, Map<String, String> settings, Consumer<Measured> reports) {
        this.effort = effort;
        this.settings = settings;
        this.reports = reports;
    }

    Effort effort() {
        return effort;
    }

    Procession run() {
        if (run == null) {
            var all = new HashMap<String, Object>(settings);
            all.put("procession.allow", List.of("procession.bench.*"));
            run = Procession.start(all);
        }
        return run;
    }

    void report(String line, Latency latency) {
        reports.accept(new Measured(line, latency.rounds(), latency.p99()));
    }

    void report(String line, List<Double> values) {
        reports.accept(new Measured(line, values, Double.NaN));
    }

    void report(String line, double value) {
        report(line, List.of(value));
    }

    void report(Measured measured) {
        reports.accept(measured);
    }

    /** What the body of a process returned, when it has ended. */
    static <T> T result(Process process, Class<T> type) throws InterruptedException {
        var outcome = process.join();
        if (!(outcome instanceof procession.Outcome.Returned)) {
            throw new IllegalStateException("Process " + process.name() + " ended with " + outcome + ".");
        }
        return type.cast(outcome.value());
    }

    /** Ends a process that goes on for ever. */
    static void end(Process process) throws InterruptedException {
        process.kill();
        process.join();
    }

    @Override
    public void close() {
        if (run != null) {
            run.close();
        }
    }
}
