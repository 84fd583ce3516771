package procession;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A primitive as it was at one moment: who held it, who waited for it, and what there was to count. {@code toString()} tells it to people.
 *
 * <p>In Python: none; {@code get_value()} of a semaphore and {@code qsize()} of a queue are all there is.
 *
 * @param primitive what it is, such as {@code lock 'tickets'}
 * @param holders who has the lock, owes permits, or has items that are not done; oldest first. At most 64; all are counted
 * @param lentTo to whom a lock is lent that nobody is known to hold: a process that had it last, may acquire it again without asking, and
 *     may have done so within the last moment. Whoever else asks for the lock is served as if it were free, after that process was asked
 * @param waiters who waits, in the order in which they will be served; those who wait for a condition last. At most 64; all are
 *     counted
 * @param counts numbers by name: {@code holders} and {@code waiters} for all; {@code lent} (it is lent, and not known to be
 *     held), {@code sleeping} (who waits for a condition) and {@code sleeping NAME} for each condition, for locks; {@code value} and
 *     {@code owed} for semaphores; {@code set} for events; {@code size}, {@code full}, {@code unfinished}, {@code shut-down} and
 *     {@code dead-letters} for queues; {@code to-first}, {@code to-second}, {@code first-open} and {@code second-open} for pipes;
 *     {@code parties}, {@code broken} and {@code acting} for barriers; {@code count} for latches;
 *     {@code readers} and {@code writers} for read-write locks, whose holders are all the one or the other. What is true or false is 1 or 0
 * @param at when that was
 */
public record Inspection(String primitive, List<Holder> holders, Optional<Holder> lentTo, List<Waiter> waiters,
        Map<String, Long> counts, Instant at) {

    /** Copies the collections. */
    public Inspection {
        holders = List.copyOf(holders);
        waiters = List.copyOf(waiters);
        counts = Map.copyOf(counts);
    }

    /**
     * Somebody who has something of it.
     *
     * <p>In Python: none.
     *
     * @param process name of the process
     * @param pid its pid
     * @param thread the thread that asked for it; 0 for an asynchronous call or an actor
     * @param fence the grant's fencing number; 0 for an item
     * @param units how many permits or items, or how often a re-entrant lock is held over; 0 for a lock that is lent
     * @param since since when
     */
    public record Holder(String process, long pid, long thread, long fence, int units, Instant since) {}

    /**
     * Somebody who waits.
     *
     * <p>In Python: none.
     *
     * @param process name of the process
     * @param pid its pid
     * @param thread the thread that waits; 0 for an asynchronous call or an actor
     * @param waits what for, in words
     * @param since since when
     */
    public record Waiter(String process, long pid, long thread, String waits, Instant since) {}

    /**
     * One of the counts.
     *
     * @param name its name
     * @return its value; 0 if there is none of that name
     */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(primitive).append(' ').append(new TreeMap<>(counts));
        holders.forEach(holder -> text.append("\n  ").append(held()).append(who(holder.process(), holder.pid(), holder.thread()))
                .append(" for ").append(seconds(holder.since()))
                .append(holder.fence() == 0 ? "" : ", fence " + holder.fence())
                .append(holder.units() == 1 ? "" : ", " + holder.units() + " times"));
        lentTo.ifPresent(borrower -> text.append("\n  lent to ").append(who(borrower.process(), borrower.pid(), borrower.thread()))
                .append(" since ").append(seconds(borrower.since())).append(" ago"));
        waiters.forEach(waiter -> text.append("\n  ").append(who(waiter.process(), waiter.pid(), waiter.thread()))
                .append(" waits ").append(waiter.waits()).append(" for ").append(seconds(waiter.since())));
        return text.toString();
    }

    private String held() {
        return count("readers") > 0 ? "read by " : count("writers") > 0 ? "written by " : "held by ";
    }

    private static String who(String process, long pid, long thread) {
        return process + " (pid " + pid + (thread == 0 ? ")" : ", thread " + thread + ")");
    }

    private String seconds(Instant since) {
        long millis = Math.max(0, Duration.between(since, at).toMillis());
        return millis / 1000 + "." + millis / 100 % 10 + " s";
    }
}
