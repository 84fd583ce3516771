package procession.bench;

import java.util.List;
import java.util.Map;

/**
 * What is to be reached: a ratio of figures of one run, or a figure alone.
 *
 * @param name the line that it is about
 * @param words how it is worked out
 * @param bound what it must keep; NaN where it is only shown
 * @param atMost whether the bound is the most, or the least
 * @param needs the other lines that it is worked out from
 * @param ratio how
 */
record Reach(String name, String words, double bound, boolean atMost, List<String> needs, Ratio ratio) {

    /** Works it out. */
    @FunctionalInterface
    interface Ratio {
        double of(Map<String, Double> medians);
    }

    static final List<Reach> ALL = List.of(
            over("limit.akka", 0.5, "akka.defaults"),
            alone("lock.pair", 1, "µs"),
            over("lock.pair.remote", 1.3, "limit.akka"),
            shown("lock.pair.remote", "python.manager.lock"),
            over("semaphore.pair", 1.35, "limit.akka"),
            over("event.wake", 1.35, "limit.akka"),
            over("handoff.roundtrip", 2.5, "limit.akka"),
            over("queue.roundtrip", 2.5, "limit.akka"),
            shown("queue.roundtrip", "python.queue.roundtrip"),
            over("pipe.roundtrip", 2.5, "limit.akka"),
            shown("pipe.roundtrip", "python.pipe.roundtrip"),
            least("queue.throughput", 1, "python.queue.throughput"),
            least("queue.throughput.4x4", 1, "python.queue.throughput.4x4"),
            least("pipe.throughput", 1, "python.pipe.throughput"),
            new Reach("queue.throughput.plain", "queue.throughput.plain × limit.akka", 0.6, false, List.of("limit.akka"),
                    medians -> medians.get("queue.throughput.plain") * medians.get("limit.akka") / 1e6),
            new Reach("lock.contended", "lock.contended × handoff.roundtrip / 2", 0.8, false, List.of("handoff.roundtrip"),
                    medians -> medians.get("lock.contended") * medians.get("handoff.roundtrip") / 2e6),
            alone("lock.contended.favour", 1.25, "×"),
            alone("lock.contended.foreign", 16, "grants"),
            alone("waiters", 1.5, "×"),
            new Reach("primitives", "primitives", 0.8, false, List.of(), medians -> medians.get("primitives")),
            alone("primitives.heap", 2048, "bytes"),
            alone("backlog", 150, "bytes"),
            least("backlog.put.full", 0.8, "backlog.put.empty"),
            least("backlog.get.full", 0.8, "backlog.get.empty"),
            over("backlog.withdraw.20000", 3, "backlog.withdraw.1000"),
            shown("pool.task", "limit.akka"),
            shown("pool.task", "python.pool.task"),
            least("pool.map", 1, "python.pool.map"),
            over("counter.add", 1.35, "limit.akka"),
            shown("counter.add", "python.manager.value"),
            shown("counter.add.4", "python.manager.value.4"),
            shown("cell.update", "limit.akka"),
            shown("cell.update", "python.manager.value"),
            shown("cell.update.4", "python.manager.value.4"),
            alone("process.start", 0.6, "s"),
            alone("process.start.20", 13, "s"),
            alone("process.start.20.dead", 0, "processes"),
            alone("process.start.100", 90, "s"),
            alone("process.start.100.dead", 0, "processes"),
            shown("process.start.100", "limit.jvm.100"),
            alone("process.memory", 90, "MB"));

    private static Reach over(String name, double bound, String reference) {
        return new Reach(name, name + " / " + reference, bound, true, List.of(reference),
                medians -> medians.get(name) / medians.get(reference));
    }

    private static Reach least(String name, double bound, String reference) {
        return new Reach(name, name + " / " + reference, bound, false, List.of(reference),
                medians -> medians.get(name) / medians.get(reference));
    }

    private static Reach shown(String name, String reference) {
        return new Reach(name, name + " / " + reference, Double.NaN, true, List.of(reference),
                medians -> medians.get(name) / medians.get(reference));
    }

    private static Reach alone(String name, double bound, String unit) {
        return new Reach(name, name + ", " + unit, bound, true, List.of(), medians -> medians.get(name));
    }

    boolean isKnown(Map<String, Double> medians) {
        return medians.containsKey(name) && medians.keySet().containsAll(needs);
    }

    boolean isShownOnly() {
        return Double.isNaN(bound);
    }

    boolean isMet(double value) {
        return atMost ? value <= bound : value >= bound;
    }
}
