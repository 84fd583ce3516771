package procession.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All benchmarks, in the order of the table. */
public final class Benchmarks {

    private static final List<Benchmark> ALL = List.of(
            new TcpPingPong(),
            new AkkaPingPong(new Line("limit.akka", "µs", "bare Akka, as we configure it: tell there, reply back, a thread waits"), true),
            new AkkaPingPong(new Line("akka.defaults", "µs", "the same on Akka's own defaults"), false),
            new EmptyJvms(new Line("limit.jvm.20", "s", "20 empty mains, in the same waves as processes"), 20),
            new EmptyJvms(new Line("limit.jvm.100", "s", "100 empty mains"), 100),
            python("lock", "µs", "Lock of the kernel: acquire and release"),
            python("manager.lock", "µs", "Manager().Lock(): acquire and release"),
            python("queue.roundtrip", "µs", "an item to another process and back, through two queues"),
            python("pipe.roundtrip", "µs", "a message to another process and back, through a pipe"),
            python("queue.throughput", "msg/s", "small integers, one producer, one consumer"),
            python("queue.throughput.4x4", "msg/s", "four producers, four consumers"),
            python("pipe.throughput", "msg/s", "small integers through a pipe, one way"),
            python("pool.task", "µs", "Pool(2).apply of a tiny function"),
            python("pool.map", "tasks/s", "Pool(2).map of 10 000 tiny tasks"),
            python("manager.value", "µs", "adds to a Manager().Value, under a lock of the manager"),
            python("manager.value.4", "updates/s", "four processes do so"),
            python("value", "µs", "adds to a Value in shared memory, under its lock"),
            python("process.start", "s", "start() to the first statement of the target, spawn"),
            python("process.start.20", "s", "20 started and joined, spawn"),
            new LockPair(new Line("lock.pair", "µs", "a child acquires and releases a lock nobody else wants"), Map.of(), 32),
            new LockPair(new Line("lock.pair.remote", "µs", "the same, each time by asking the keeper"), Lending.OFF, 1),
            new SemaphorePair(),
            new EventWake(),
            new Handoff(),
            new QueueRoundTrip(),
            new PipeRoundTrip(),
            new QueueThroughput(new Line("queue.throughput", "msg/s", "small integers, one producer, one consumer, window(1000) each"),
                    1, 200_000, true),
            new QueueThroughput(new Line("queue.throughput.4x4", "msg/s", "four producers, four consumers, window(1000) each"),
                    4, 200_000, true),
            new PipeThroughput(),
            new QueueThroughput(new Line("queue.throughput.plain", "msg/s", "plain put, plain get, one of each"), 1, 5_000, false),
            new LockContended(),
            new Waiters(),
            new ManyPrimitives(),
            new Backlog(),
            new PoolTask(),
            new PoolMap(),
            new Update(new Line("counter.add", "µs", "a child adds to a counter that nobody else changes"), true),
            new UpdateContended(new Line("counter.add.4", "updates/s", "four children do so"), true),
            new Update(new Line("cell.update", "µs", "a child updates a cell that nobody else changes"), false),
            new UpdateContended(new Line("cell.update.4", "updates/s", "four children do so"), false),
            new ProcessStart(),
            new ManyProcesses(new Line("process.start.20", "s", "20 processes started in one loop, all joined"), 20),
            new ManyProcesses(new Line("process.start.100", "s", "100 processes started in one loop, all joined"), 100),
            new ProcessMemory());

    private Benchmarks() {}

    private static Benchmark python(String name, String unit, String about) {
        return new Python(new Line("python." + name, unit, "CPython: " + about));
    }

    static List<Benchmark> all() {
        return ALL;
    }

    /**
     * What may be named: every line, and what lines begin with.
     *
     * @return the names
     */
    public static Set<String> names() {
        var names = new LinkedHashSet<String>();
        for (var benchmark : ALL) {
            for (var line : benchmark.lines()) {
                names.add(line.name());
                for (int dot = line.name().indexOf('.'); dot > 0; dot = line.name().indexOf('.', dot + 1)) {
                    names.add(line.name().substring(0, dot));
                }
            }
        }
        return names;
    }

    /**
     * What the names of lines begin with, up to their first dot.
     *
     * @return the names of the groups, in the order of the table
     */
    public static Set<String> groups() {
        var groups = new LinkedHashSet<String>();
        names().forEach(name -> groups.add(name.split("\\.")[0]));
        return groups;
    }

    static Benchmark named(String name) {
        return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no benchmark " + name + "."));
    }

    /** Those of the names, or all if there are none; and what their ratios need besides. In the order of the table. */
    static List<Benchmark> selected(Collection<String> names) {
        if (names.isEmpty()) {
            return ALL;
        }
        var chosen = new ArrayList<>(ALL.stream().filter(benchmark -> names.stream().anyMatch(name -> isMeant(benchmark, name))).toList());
        var needed = Reach.ALL.stream().filter(reach -> contains(chosen, reach.name())).flatMap(reach -> reach.needs().stream()).toList();
        return ALL.stream().filter(benchmark -> chosen.contains(benchmark) || needed.stream().anyMatch(name -> has(benchmark, name)))
                .toList();
    }

    /** The name of a line means that one, and any other name all lines that begin with it. */
    private static boolean isMeant(Benchmark benchmark, String name) {
        return contains(ALL, name) ? has(benchmark, name)
                : benchmark.lines().stream().anyMatch(line -> line.name().startsWith(name + "."));
    }

    private static boolean contains(List<Benchmark> benchmarks, String line) {
        return benchmarks.stream().anyMatch(benchmark -> has(benchmark, line));
    }

    private static boolean has(Benchmark benchmark, String line) {
        return benchmark.lines().stream().anyMatch(own -> own.name().equals(line));
    }
}
