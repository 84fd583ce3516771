package procession.core;

import java.util.List;
import java.util.Optional;

/**
 * A cycle of waits: each waits for a lock that the next one holds, and the last one for one that the first holds. None of them gets on
 * unless somebody gives up, dies, or takes a lock away.
 *
 * @param chain who waits for what; at least one
 * @param found when the cycle closed, in nanoseconds by the clock that all JVMs of a host share
 * @param at when this was told, by the same clock
 */
public record Deadlock(List<Wait> chain, long found, long at) {

    /** As many waits are told at a time: more would not fit into one message between nodes. */
    public static final int MOST = 60;

    /** Copies the list. */
    public Deadlock {
        chain = List.copyOf(chain);
    }

    /**
     * One who waits.
     *
     * @param process name of the process
     * @param pid its pid
     * @param strand its thread
     * @param lock which lock it waits for
     * @param name that lock's name, if it has one
     * @param since since when it waits, in nanoseconds
     */
    public record Wait(String process, long pid, long strand, PrimitiveId lock, Optional<String> name, long since) {

        String who() {
            return process + " (pid " + pid + ", thread " + strand + ")";
        }

        /**
         * The lock, in words.
         *
         * @return its name, or its number
         */
        public String what() {
            return name.map(given -> "lock '" + given + "'").orElse("lock " + lock);
        }
    }

    /**
     * The chain for people: {@code seller-2 (…) holds lock 'A', waits for lock 'B' held by seller-1 (…); …}.
     *
     * @return the words, without a full stop
     */
    public String words() {
        var words = new StringBuilder();
        for (int i = 0; i < chain.size(); i++) {
            var wait = chain.get(i);
            var before = chain.get((i + chain.size() - 1) % chain.size());
            var next = chain.get((i + 1) % chain.size());
            words.append(i == 0 ? "" : "; ").append(wait.who()).append(" holds ").append(before.what()).append(", waits for ")
                    .append(wait.what()).append(" held by ").append(chain.size() == 1 ? "itself" : next.who());
        }
        return words.toString();
    }

    /** About how many bytes it takes on the wire. */
    int weight() {
        return 16 + chain.stream().mapToInt(wait -> 48 + 3 * (wait.process().length() + wait.name().map(String::length).orElse(0))).sum();
    }
}
