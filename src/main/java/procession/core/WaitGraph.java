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

/**
 * Which thread waits for which lock. With who holds what, that is the graph in which a cycle is a deadlock (Coffman, Elphick and Shoshani,
 * <i>System Deadlocks</i>, 1971). As a thread waits for one lock at a time, as a rule, looking for a cycle means following one chain.
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
     * @param holder which thread holds a lock
     * @return the waits of the cycle, this one first
     */
    Optional<List<Edge>> cycleThrough(Ticket ticket, Function<PrimitiveId, Optional<Strand>> holder) {
        var lock = waits.getOrDefault(Strand.of(ticket), Map.of()).get(ticket);
        if (lock == null) {
            return Optional.empty();
        }
        var chain = new ArrayList<>(List.of(new Edge(ticket, lock)));
        return closes(chain, new HashSet<>(), holder) ? Optional.of(chain) : Optional.empty();
    }

    /**
     * The cycle that somebody is part of through a lock.
     *
     * @param holding which thread holds the lock
     * @param lock the lock
     * @param holder which thread holds a lock
     * @return the waits of the cycle, that for this lock first
     */
    Optional<List<Edge>> cycleThroughHolder(Strand holding, PrimitiveId lock, Function<PrimitiveId, Optional<Strand>> holder) {
        if (holding.number() == 0) {
            return Optional.empty();
        }
        for (var wait : waits.getOrDefault(holding, Map.of()).keySet()) {
            // The last in a cycle waits for what the first holds.
            var cycle = cycleThrough(wait, holder).filter(chain -> chain.getLast().lock().equals(lock));
            if (cycle.isPresent()) {
                Collections.rotate(cycle.get(), 1);
                return cycle;
            }
        }
        return Optional.empty();
    }

    private boolean closes(List<Edge> chain, Set<Strand> seen, Function<PrimitiveId, Optional<Strand>> holder) {
        var next = holder.apply(chain.getLast().lock()).filter(strand -> strand.number() != 0);
        if (next.isEmpty()) {
            return false;
        }
        if (next.get().equals(chain.getFirst().from())) {
            return true;
        }
        if (seen.add(next.get())) {
            for (var wait : waits.getOrDefault(next.get(), Map.of()).entrySet()) {
                chain.add(new Edge(wait.getKey(), wait.getValue()));
                if (closes(chain, seen, holder)) {
                    return true;
                }
                chain.removeLast();
            }
        }
        return false;
    }

    /** Whether a cycle that was found once is one still. */
    boolean stands(List<Edge> cycle, Function<PrimitiveId, Optional<Strand>> holder) {
        for (int i = 0; i < cycle.size(); i++) {
            var edge = cycle.get(i);
            var next = cycle.get((i + 1) % cycle.size()).from();
            boolean waitsStill = edge.lock().equals(waits.getOrDefault(edge.from(), Map.of()).get(edge.ticket()));
            if (!waitsStill || !holder.apply(edge.lock()).equals(Optional.of(next))) {
                return false;
            }
        }
        return true;
    }
}
