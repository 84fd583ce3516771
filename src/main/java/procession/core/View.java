package procession.core;

import java.util.List;
import java.util.Map;

/**
 * A primitive as it is at one moment.
 *
 * @param holds who holds it, oldest first
 * @param waiting who waits, in the order in which they will be served
 * @param sleeping who waits to be woken before it waits in that order: for a condition
 * @param counts what else there is to count, by name
 */
public record View(List<Hold> holds, List<Ticket> waiting, List<Ticket> sleeping, Map<String, Long> counts) {

    /**
     * Of a primitive on which nobody sleeps.
     *
     * @param holds who holds it
     * @param waiting who waits
     * @param counts what else there is to count
     */
    public View(List<Hold> holds, List<Ticket> waiting, Map<String, Long> counts) {
        this(holds, waiting, List.of(), counts);
    }


    /**
     * One grant that is out, or one delivery that is not done.
     *
     * @param owner who has it
     * @param strand the thread that asked for it; 0 if unknown
     * @param fence its fencing number; 0 for a delivery
     * @param units how many permits or items; 0 for a lock that is lent: its owner may have it without asking, and may have it now
     * @param since since when, in nanoseconds by the clock that all JVMs of a host share
     */
    public record Hold(Owner owner, long strand, long fence, int units, long since) {

        /**
         * Whether it is no more than a loan.
         *
         * @return whether it is
         */
        public boolean isLent() {
            return units == 0;
        }
    }

    /**
     * One of the counts.
     *
     * @param name its name
     * @return its value; 0 if there is none of that name
     */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
