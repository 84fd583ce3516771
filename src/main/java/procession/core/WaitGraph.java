package procession.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which thread waits for which lock. With who holds what, that is the graph in which a cycle is a deadlock (Coffman, Elphick and Shoshani,
 * <i>System Deadlocks</i>, 1971). As a thread waits for one lock at a time, as a rule, and most locks have one holder, looking for a cycle
 * means following one chain; only a lock that many read leads on to all of them.
 *
 * <p>Calls without a thread take no part, neither as waiters nor as holders: nobody stands still because of them. That another thread of
 * the holder's process waits is no edge either: it is not the one that would have to release.
 *
 * <p>Mutable, one user, like {@link Link}.
 */
final class WaitGraph {

    /** One thread of one process. */
    record Strand(Owner owner, long number) {
        static Strand of(Ticket ticket) {
            return new Strand(ticket.owner(), ticket.strand());
        }
    }

    /** Somebody in the line of a lock. */
    record Edge(Ticket ticket, PrimitiveId lock) {
        Strand from() {
            return Strand.of(ticket);
        }
    }

    private final Map<Strand, Map<Ticket, PrimitiveId>> waits = new HashMap<>();

    /** Whether that is news. */
    boolean waits(Ticket ticket, PrimitiveId lock) {
        return ticket.strand() != 0
                && waits.computeIfAbsent(Strand.of(ticket), strand -> new LinkedHashMap<>(2)).put(ticket, lock) == null;
    }

    void waitsNoMore(Ticket ticket) {
        var own = waits.get(Strand.of(ticket));
        if (own != null && own.remove(ticket) != null && own.isEmpty()) {
            waits.remove(Strand.of(ticket));
        }
    }

    void departed(Owner owner) {
        waits.keySet().removeIf(strand -> strand.owner().equals(owner));
    }

    boolean isEmpty() {
        return waits.isEmpty();
    }

    /**
     * The cycle that a wait is part of.
     *
     * @param ticket who waits
     * @param holders which threads hold a lock
     * @return the waits of the cycle, this one first
     */
    Optional<List<Edge>> cycleThrough(Ticket ticket, Function<PrimitiveId, List<Strand>> holders) {
        return cycleThrough(ticket, holders, last -> true);
    }

    private Optional<List<Edge>> cycleThrough(Ticket ticket, Function<PrimitiveId, List<Strand>> holders, Predicate<PrimitiveId> last) {
        var lock = waits.getOrDefault(Strand.of(ticket), Map.of()).get(ticket);
        if (lock == null) {
            return Optional.empty();
        }
        var chain = new ArrayList<>(List.of(new Edge(ticket, lock)));
        return closes(chain, new HashSet<>(), holders, last) ? Optional.of(chain) : Optional.empty();
    }

    /**
     * The cycle that somebody is part of through a lock.
     *
     * @param holding which thread holds the lock
     * @param lock the lock
     * @param holders which threads hold a lock
     * @return the waits of the cycle, that for this lock first
     */
    Optional<List<Edge>> cycleThroughHolder(Strand holding, PrimitiveId lock, Function<PrimitiveId, List<Strand>> holders) {
        if (holding.number() == 0) {
            return Optional.empty();
        }
        for (var wait : waits.getOrDefault(holding, Map.of()).keySet()) {
            // The last in a cycle waits for what the first holds.
            var cycle = cycleThrough(wait, holders, lock::equals);
            if (cycle.isPresent()) {
                Collections.rotate(cycle.get(), 1);
                return cycle;
            }
        }
        return Optional.empty();
    }

    /** All who hold a lock have to go before its next, so that any of them waits is enough. */
    private boolean closes(List<Edge> chain, Set<Strand> seen, Function<PrimitiveId, List<Strand>> holders, Predicate<PrimitiveId> last) {
        var lock = chain.getLast().lock();
        for (var next : holders.apply(lock)) {
            if (next.number() == 0) {
                continue;
            }
            if (next.equals(chain.getFirst().from()) && last.test(lock)) {
                return true;
            }
            if (!seen.add(next)) {
                continue;
            }
            for (var wait : waits.getOrDefault(next, Map.of()).entrySet()) {
                chain.add(new Edge(wait.getKey(), wait.getValue()));
                if (closes(chain, seen, holders, last)) {
                    return true;
                }
                chain.removeLast();
            }
        }
        return false;
    }

    /** Whether a cycle that was found once is one still. */
    boolean stands(List<Edge> cycle, Function<PrimitiveId, List<Strand>> holders) {
        for (int i = 0; i < cycle.size(); i++) {
            var edge = cycle.get(i);
            var next = cycle.get((i + 1) % cycle.size()).from();
            boolean waitsStill = edge.lock().equals(waits.getOrDefault(edge.from(), Map.of()).get(edge.ticket()));
            if (!waitsStill || !holders.apply(edge.lock()).contains(next)) {
                return false;
            }
        }
        return true;
    }
}
