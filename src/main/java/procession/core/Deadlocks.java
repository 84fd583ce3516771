package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import procession.core.WaitGraph.Edge;
import procession.core.WaitGraph.Strand;

/** The cycles of waits: found when one closes, and told as long as it stands. */
final class Deadlocks {

    private record Found(List<Edge> cycle, Deadlock told) {}

    private final WaitGraph graph = new WaitGraph();
    private final List<Found> found = new ArrayList<>();
    private final Function<PrimitiveId, List<Strand>> holders;

    /**
     * None.
     *
     * @param holders which threads hold a lock
     */
    Deadlocks(Function<PrimitiveId, List<Strand>> holders) {
        this.holders = holders;
    }

    /** Somebody waits in the line of a lock from now on; the cycle that this closes, if it did not wait there before. */
    Optional<List<Edge>> waits(Ticket ticket, PrimitiveId lock) {
        return graph.waits(ticket, lock) ? graph.cycleThrough(ticket, holders) : Optional.empty();
    }

    /** A lock turns out to be held; a cycle that this closes. */
    Optional<List<Edge>> held(PrimitiveId lock) {
        return holders.apply(lock).stream().flatMap(strand -> graph.cycleThroughHolder(strand, lock, holders).stream()).findFirst();
    }

    void waitsNoMore(Ticket ticket) {
        if (!graph.isEmpty()) {
            graph.waitsNoMore(ticket);
        }
    }

    void departed(Owner owner) {
        graph.departed(owner);
    }

    /** Keeps a cycle that has just been found. */
    Deadlock found(List<Edge> cycle, Function<Edge, Deadlock.Wait> waits, long now) {
        found.removeIf(old -> !graph.stands(old.cycle(), holders));
        var deadlock = new Deadlock(cycle.stream().limit(Deadlock.MOST).map(waits).toList(), now, now);
        found.add(new Found(cycle, deadlock));
        return deadlock;
    }

    /** Those that stand still, oldest first; as many as fit into a message. */
    List<Deadlock> standing(long now) {
        found.removeIf(old -> !graph.stands(old.cycle(), holders));
        var standing = new ArrayList<Deadlock>();
        int left = Deadlock.MOST;
        for (var one : found) {
            left -= one.told().chain().size();
            if (left < 0) {
                break;
            }
            standing.add(new Deadlock(one.told().chain(), one.told().found(), now));
        }
        return standing;
    }
}
