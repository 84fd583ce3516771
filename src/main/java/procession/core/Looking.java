package procession.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks into primitives and cycles of waits, and finds the names of those who are in them. */
final class Looking {

    private final Roll roll;

    Looking(Roll roll) {
        this.roll = roll;
    }

    /**
     * A primitive as it is.
     *
     * @param who whether it is asked who holds and who waits, too, and not only how many
     */
    Snapshot into(Kept kept, boolean who, long now) {
        if (!who) {
            var all = kept.machine.counts();
            var counts = new HashMap<>(bounded(all));
            Stream.of("holders", "waiters").filter(all::containsKey).forEach(name -> counts.put(name, all.get(name)));
            return new Snapshot(List.of(), List.of(), counts, now);
        }
        var view = kept.machine.view();
        var counts = new HashMap<>(bounded(view.counts()));
        counts.put("holders", view.holds().stream().filter(hold -> !hold.isLent()).count());
        counts.put("waiters", (long) view.waiting().size() + view.sleeping().size());
        return new Snapshot(first(view.holds().stream()).map(this::holding).toList(),
                first(Stream.concat(view.waiting().stream(), view.sleeping().stream())).map(this::queued).toList(), counts, now);
    }

    private static Map<String, Long> bounded(Map<String, Long> all) {
        if (all.size() <= Snapshot.MOST) {
            return all;
        }
        var counts = new HashMap<String, Long>();
        all.entrySet().stream().sorted(Map.Entry.comparingByKey()).limit(Snapshot.MOST)
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    private static <T> Stream<T> first(Stream<T> all) {
        return all.limit(Snapshot.MOST);
    }

    private Snapshot.Holding holding(View.Hold hold) {
        var hello = roll.session(hold.owner()).member.hello();
        return new Snapshot.Holding(hello.name(), hello.pid(), hold.strand(), hold.fence(), hold.units(), hold.since());
    }

    private Snapshot.Queued queued(Ticket ticket) {
        var session = roll.session(ticket.owner());
        var hello = session.member.hello();
        var open = session.open.get(ticket.id());
        return new Snapshot.Queued(hello.name(), hello.pid(), ticket.strand(), Situation.wants(open.command()), open.since());
    }

    /** One wait of a cycle. */
    Deadlock.Wait wait(WaitGraph.Edge edge, Kept lock) {
        var hello = roll.session(edge.ticket().owner()).member.hello();
        return new Deadlock.Wait(hello.name(), hello.pid(), edge.ticket().strand(), edge.lock(), lock.name, roll.askedAt(edge.ticket()));
    }
}
