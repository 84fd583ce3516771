package procession.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One go: every selected benchmark, the references their ratios need, the table and the ratios. */
public final class Bench {

    private final List<Benchmark> benchmarks;
    private final Effort effort;
    private final Table table;
    private final Map<String, Measured> measured = new LinkedHashMap<>();
    private final Map<String, String> left = new LinkedHashMap<>();

    /**
     * Makes one.
     *
     * @param names which benchmarks, as {@link Benchmarks#names()} has them; empty for all
     * @param quick whether only to see that everything works
     * @param out where the table is printed
     */
    public Bench(Collection<String> names, boolean quick, PrintStream out) {
        this.benchmarks = Benchmarks.selected(names);
        this.effort = new Effort(quick);
        this.table = new Table(out);
    }

    /**
     * Measures and prints.
     *
     * @param json takes all values when everything is measured, and is closed; null for nobody
     * @return whether every line that can be measured on this machine was
     * @throws IOException if a JVM does not start, or what was measured cannot be written
     * @throws InterruptedException if interrupted while measuring
     */
    public boolean run(BufferedWriter json) throws IOException, InterruptedException {
        var configuration = Configuration.told();
        table.configuration(configuration, effort.quick());
        boolean complete = true;
        var possible = new ArrayList<Benchmark>();
        for (var benchmark : benchmarks) {
            benchmark.missing().ifPresentOrElse(why -> leftOut(benchmark, why), () -> possible.add(benchmark));
        }
        for (var group : groups(possible)) {
            complete &= measure(group);
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        measured.forEach((name, figure) -> medians.put(name, figure.median()));
        var reaches = Reach.ALL.stream().filter(reach -> reach.isKnown(medians)).toList();
        if (!reaches.isEmpty()) {
            table.reaches(reaches, medians, effort.quick());
        }
        if (json != null) {
            JsonReport.write(json, effort.quick(), configuration, benchmarks, measured, left, reaches, medians);
        }
        return complete;
    }

    private void leftOut(Benchmark benchmark, String why) {
        left.put(benchmark.name(), why);
        table.left(benchmark.name(), "left out: " + why);
    }

    /** Each has a JVM of its own; but those of a quick run that have the same settings share one. */
    private List<List<Benchmark>> groups(List<Benchmark> all) {
        if (!effort.quick()) {
            return all.stream().map(List::of).toList();
        }
        var groups = new LinkedHashMap<Map<String, String>, List<Benchmark>>();
        all.forEach(benchmark -> groups.computeIfAbsent(benchmark.settings(), settings -> new ArrayList<>()).add(benchmark));
        return List.copyOf(groups.values());
    }

    private boolean measure(List<Benchmark> group) throws IOException, InterruptedException {
        try (var worker = WorkerJvm.start(effort, group)) {
            worker.read(line -> {
                if (Measured.isText(line)) {
                    take(Measured.parse(line));
                } else if (Worker.isFailure(line)) {
                    var failure = Worker.failure(line);
                    left.put(failure.get(0), failure.get(1));
                } else {
                    System.err.println(line);
                }
            });
        }
        boolean complete = true;
        for (var benchmark : group) {
            if (benchmark.lines().stream().anyMatch(line -> !measured.containsKey(line.name()))) {
                complete = false;
                table.left(benchmark.name(), "failed: " + left.computeIfAbsent(benchmark.name(),
                        name -> "its JVM ended, or took too long, before it was measured"));
            }
        }
        return complete;
    }

    private void take(Measured figure) {
        measured.put(figure.name(), figure);
        benchmarks.stream().flatMap(benchmark -> benchmark.lines().stream()).filter(line -> line.name().equals(figure.name()))
                .forEach(line -> table.line(line, figure));
    }
}
