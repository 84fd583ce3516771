package procession;

import java.time.Instant;
import java.util.List;

/**
 * A cycle of waits that stands: each thread waits for a lock that the next one holds, and the last one for one that the first holds. None
 * of them gets on unless one gives up, ends, or a lock is {@linkplain Lock#breakLock() taken away}.
 *
 * <p>In Python: none; processes that wait for each other hang without a word.
 *
 * @param chain who waits for what; one entry if a thread waits for a lock that it holds itself
 * @param found when the cycle closed
 * @param description the chain in words
 */
public record Deadlock(List<Wait> chain, Instant found, String description) {

    /** Copies the list. */
    public Deadlock {
        chain = List.copyOf(chain);
    }

    /**
     * One that waits.
     *
     * <p>In Python: none.
     *
     * @param process name of the process
     * @param pid its pid
     * @param thread its thread
     * @param lock the lock it waits for, such as {@code lock 'tickets'}, held by the next one in the chain
     * @param since since when it waits
     */
    public record Wait(String process, long pid, long thread, String lock, Instant since) {}

    @Override
    public String toString() {
        return description;
    }
}
