package procession.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import procession.core.Happening;

/**
 * Remembers the latest happenings, up to a number; the oldest go first, and are counted. It never makes the keeper wait.
 *
 * <p>Thread-safe.
 */
public final class Recorder implements Consumer<Happening> {

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final long startNanos = System.nanoTime();
    private final int size;
    private final ArrayDeque<Happening> latest = new ArrayDeque<>();
    private long dropped;

    /**
     * A recorder.
     *
     * @param size how many happenings it remembers; 0 for one that is off
     */
    public Recorder(int size) {
        this.size = size;
    }

    /**
     * Whether it remembers anything.
     *
     * @return whether it does
     */
    public boolean isOn() {
        return size > 0;
    }

    /**
     * When it began to listen.
     *
     * @return the instant
     */
    public Instant start() {
        return start;
    }

    /** The same moment, by the clock of all happenings. */
    long startNanos() {
        return startNanos;
    }

    @Override
    public synchronized void accept(Happening happening) {
        if (latest.size() == size) {
            latest.poll();
            dropped++;
        }
        latest.add(happening);
    }

    /**
     * What is remembered.
     *
     * @return the happenings, in their order
     */
    public synchronized List<Happening> happenings() {
        return new ArrayList<>(latest);
    }

    /**
     * What is remembered at one moment.
     *
     * @param happenings the happenings, in their order
     * @param dropped how many have been forgotten before them
     */
    record Remembered(List<Happening> happenings, long dropped) {}

    synchronized Remembered remembered() {
        return new Remembered(happenings(), dropped);
    }

    /**
     * How many happenings have been forgotten.
     *
     * @return the number
     */
    public synchronized long dropped() {
        return dropped;
    }
}
