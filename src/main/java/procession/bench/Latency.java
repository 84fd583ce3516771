package procession.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long an operation takes.
 *
 * @param rounds the median of each round, in microseconds
 * @param p99 of all rounds together, in microseconds
 */
record Latency(List<Double> rounds, double p99) {

    private static final double MICRO = 1_000;

    /** What is repeated. */
    @FunctionalInterface
    interface Operation {
        void run() throws Exception;
    }

    static Latency of(Effort effort, Operation operation) throws Exception {
        return of(effort, 1, operation);
    }

    /** Warms up, then measures. An operation that takes less than a reading of the clock is timed many at once. */
    static Latency of(Effort effort, int together, Operation operation) throws Exception {
        samples(effort.warmUp(), together, operation);
        var rounds = new ArrayList<long[]>();
        for (int round = 0; round < effort.rounds(); round++) {
            rounds.add(samples(effort.round(), together, operation));
        }
        return ofNanos(rounds, together);
    }

    /**
     * From samples that were taken otherwise.
     *
     * @param rounds nanoseconds of each sample
     * @param together how many operations a sample is of
     */
    static Latency ofNanos(List<long[]> rounds, int together) {
        double micro = MICRO * together;
        var medians = rounds.stream().map(samples -> quantile(samples, 0.5) / micro).toList();
        return new Latency(medians, quantile(rounds.stream().flatMapToLong(Arrays::stream).toArray(), 0.99) / micro);
    }

    private static long[] samples(Duration during, int together, Operation operation) throws Exception {
        var samples = new long[1024];
        int count = 0;
        long begin = System.nanoTime();
        for (long before = begin; before - begin < during.toNanos() || count == 0;) {
            for (int i = 0; i < together; i++) {
                operation.run();
            }
            long after = System.nanoTime();
            if (count == samples.length) {
                samples = Arrays.copyOf(samples, 2 * count);
            }
            samples[count++] = after - before;
            before = after;
        }
        return Arrays.copyOf(samples, count);
    }

    private static double quantile(long[] samples, double part) {
        var sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, (long) (part * sorted.length))];
    }

    /** As {@link #parse} reads it. */
    String text() {
        return p99 + " " + String.join(" ", rounds.stream().map(String::valueOf).toList());
    }

    static Latency parse(String text) {
        var numbers = Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
        return new Latency(numbers.subList(1, numbers.size()), numbers.getFirst());
    }
}
