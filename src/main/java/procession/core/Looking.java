package procession.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks into primitives and cycles of waits, and finds the names of those who are in them. */
final class Looking {

    private final Function<Owner, Hello> who;
    private final Function<Ticket, Session.Open> asked;

    Looking(Roll roll) {
        this(owner -> roll.session(owner).member.hello(), ticket -> roll.session(ticket.owner()).open.get(ticket.id()));
    }

    /**
     * By what is known of processes and of requests that wait.
     *
     * @param who what a process has said of itself
     * @param asked a request that waits
     */
    Looking(Function<Owner, Hello> who, Function<Ticket, Session.Open> asked) {
        this.who = who;
        this.asked = asked;
    }

    /**
     * A primitive as it is.
     *
     * @param who whether it is asked who holds and who waits, too, and not only how many
     */
    Snapshot into(Machine<?, ?> machine, boolean who, long now) {
        if (!who) {
            var all = machine.counts();
            var counts = new HashMap<>(bounded(all));
            Stream.of("holders", "waiters").filter(all::containsKey).forEach(name -> counts.put(name, all.get(name)));
            return new Snapshot(List.of(), List.of(), counts, now);
        }
        var view = machine.view();
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
        var hello = who.apply(hold.owner());
        return new Snapshot.Holding(hello.name(), hello.pid(), hold.strand(), hold.fence(), hold.units(), hold.since());
    }

    private Snapshot.Queued queued(Ticket ticket) {
        var hello = who.apply(ticket.owner());
        var open = asked.apply(ticket);
        return new Snapshot.Queued(hello.name(), hello.pid(), ticket.strand(), Situation.wants(open.command()), open.since());
    }

    /** One wait of a cycle. */
    Deadlock.Wait wait(WaitGraph.Edge edge, Kept lock) {
        var hello = who.apply(edge.ticket().owner());
        return new Deadlock.Wait(hello.name(), hello.pid(), edge.ticket().strand(), edge.lock(), lock.name,
                asked.apply(edge.ticket()).since());
    }
}
