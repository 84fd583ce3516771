package procession.core.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Takes frames from one place to another, badly: loses, doubles, delays and, in its worst mood, reorders them. */
final class LossyTransport {

    /** How bad. */
    enum Mood {
        /** Nothing is lost. */
        FINE,
        /** As Artery over TCP: each pair's order is kept; what is sent while a connection is away is lost, or comes late. */
        ORDERLY,
        /** Anything. */
        WILD
    }

    private static final long MILLI = 1_000_000L;

    private final Simulation simulation;
    private final Random random;
    private final Mood mood;
    private final Map<String, Long> lastArrival = new HashMap<>();
    private final Map<String, Long> awayUntil = new HashMap<>();
    private boolean healed;
    private long lost;

    LossyTransport(Simulation simulation, Random random, Mood mood) {
        this.simulation = simulation;
        this.random = random;
        this.mood = mood;
    }

    /** From now on nothing is lost, doubled or reordered. */
    void heal() {
        healed = true;
    }

    long lost() {
        return lost;
    }

    /** Sends something from one place to another, which pair is named; it arrives never, once or twice. */
    void send(String pair, Runnable arrival) {
        if (healed || mood == Mood.FINE) {
            arrive(pair, MILLI, true, arrival);
        } else if (mood == Mood.ORDERLY) {
            orderly(pair, arrival);
        } else {
            wildly(pair, arrival);
        }
    }

    private void orderly(String pair, Runnable arrival) {
        if (random.nextInt(60) == 0) {
            awayUntil.put(pair, simulation.now() + random.nextInt(1500) * MILLI);
        }
        if (simulation.now() < awayUntil.getOrDefault(pair, 0L) && random.nextInt(10) > 0) {
            lost++;
            return;
        }
        arrive(pair, random.nextInt(random.nextInt(20) == 0 ? 300 : 4) * MILLI + 50_000, true, arrival);
        if (random.nextInt(100) == 0) {
            arrive(pair, 2 * MILLI, true, arrival);
        }
    }

    private void wildly(String pair, Runnable arrival) {
        int copies = random.nextInt(8) == 0 ? 0 : random.nextInt(8) == 0 ? 2 : 1;
        if (copies == 0) {
            lost++;
        }
        for (int i = 0; i < copies; i++) {
            arrive(pair, random.nextInt(random.nextInt(5) == 0 ? 600 : 15) * MILLI + 50_000, false, arrival);
        }
    }

    private void arrive(String pair, long delay, boolean inOrder, Runnable arrival) {
        long at = simulation.now() + delay;
        if (inOrder) {
            at = Math.max(at, lastArrival.getOrDefault(pair, 0L));
        }
        lastArrival.merge(pair, at, Math::max);
        simulation.at(at, arrival);
    }
}
