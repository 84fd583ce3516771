package procession.core;

import java.util.List;
import java.util.Map;

/**
 * A primitive as it is at one moment, with the names of those who hold it and wait for it.
 *
 * @param holders who holds it, oldest first; at most {@link #MOST}
 * @param waiters who waits, in the order in which they will be served, those who sleep last; at most {@link #MOST}
 * @param counts what there is to count, by name; {@code holders} and {@code waiters} are how many there are in all
 * @param at when that was, in nanoseconds by the clock that all JVMs of a host share
 */
public record Snapshot(List<Holding> holders, List<Queued> waiters, Map<String, Long> counts, long at) {

    /** As many holders and as many waiters are shown by name: more would not fit into one message between nodes. */
    public static final int MOST = 64;

    /** Copies the collections. */
    public Snapshot {
        holders = List.copyOf(holders);
        waiters = List.copyOf(waiters);
        counts = Map.copyOf(counts);
    }

    /**
     * Somebody who has something of it.
     *
     * @param process name of the process
     * @param pid its pid
     * @param strand the thread; 0 if unknown
     * @param fence the grant's fencing number; 0 for an item
     * @param units how many permits or items, or how deep a lock is held; 0 for a lock that is lent
     * @param since since when, in nanoseconds
     */
    public record Holding(String process, long pid, long strand, long fence, int units, long since) {}

    /**
     * Somebody who waits.
     *
     * @param process name of the process
     * @param pid its pid
     * @param strand the thread; 0 if unknown
     * @param wants what for, in words
     * @param since since when, in nanoseconds
     */
    public record Queued(String process, long pid, long strand, String wants, long since) {}

    /**
     * One of the counts.
     *
     * @param name its name
     * @return its value; 0 if there is none of that name
     */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** About how many bytes it takes on the wire. */
    int weight() {
        return holders.stream().mapToInt(holder -> 48 + 3 * holder.process().length()).sum()
                + waiters.stream().mapToInt(waiter -> 40 + 3 * (waiter.process().length() + waiter.wants().length())).sum()
                + counts.keySet().stream().mapToInt(name -> 16 + 3 * name.length()).sum();
    }
}
