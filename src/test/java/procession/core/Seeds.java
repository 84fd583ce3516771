package procession.core;

import java.util.Random;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Many seeds, one after another, and a failure that names its own. {@code -Dtest.seed=N} replays one;
 * {@code -Dtest.seeds=N} says how many, {@code -Dtest.times=N} how many times as many as usual, and
 * {@code -Dtest.seeds.from=N} where they begin.
 */
public final class Seeds {

    private Seeds() {}

    /** Runs a body for every seed. */
    public static void each(int count, LongConsumer body) {
        Long one = Long.getLong("test.seed");
        if (one != null) {
            body.accept(one);
            return;
        }
        long from = Long.getLong("test.seeds.from", 1);
        LongStream.range(from, from + count(count)).forEach(seed -> {
            try {
                body.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed " + seed + " fails; replay it with -Dtest.seed=" + seed + "\n"
                        + e.getMessage(), e);
            }
        });
    }

    /** How many seeds {@link #each} plays. */
    public static long count(int count) {
        return Long.getLong("test.seed") != null ? 1 : Long.getLong("test.seeds", count * Long.getLong("test.times", 1));
    }

    /** Random, and not alike for seeds that are neighbours. */
    public static Random random(long seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L);
    }
}
