package procession;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How fast a scenario runs, and which random numbers it draws. Made from {@code --pace} and {@code --seed}; pass it to processes.
 *
 * <p>In Python: none; {@code random.Random(seed)} and {@code time.sleep} are near.
 *
 * @param factor what durations are multiplied with: 1 is the scenario's own speed, 0.1 ten times as fast
 * @param seed where random numbers start
 */
public record Pace(double factor, long seed) {

    /**
     * Checks the factor.
     *
     * @throws IllegalArgumentException if it is not more than 0, or more than a million
     */
    public Pace {
        if (!(factor > 0) || factor > 1_000_000) {
            throw new IllegalArgumentException("A pace is more than 0 and at most 1000000, not " + factor + ".");
        }
    }

    /**
     * Random numbers that are the same for the same seed and name, whatever other processes draw.
     *
     * @param name whose numbers, such as the process's name
     * @return a source of random numbers for one thread
     */
    public SplittableRandom random(String name) {
        long mixed = seed;
        for (int i = 0; i < name.length(); i++) {
            mixed = mixed * 0x9E3779B97F4A7C15L + name.charAt(i);
        }
        return new SplittableRandom(mixed);
    }

    /**
     * Sleeps for a random time between two bounds, paced.
     *
     * @param random where the time is drawn from
     * @param fromSeconds shortest time at pace 1, in seconds
     * @param toSeconds longest time at pace 1, in seconds
     * @throws InterruptedException if interrupted
     */
    public void sleep(SplittableRandom random, double fromSeconds, double toSeconds) throws InterruptedException {
        double seconds = fromSeconds + (toSeconds - fromSeconds) * random.nextDouble();
        Thread.sleep(Duration.ofNanos((long) (seconds * factor * 1e9)));
    }
}
