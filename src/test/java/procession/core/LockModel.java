package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A lock with its conditions, as plainly as possible. */
final class LockModel extends Model {

    /** Somebody in the line, or asleep. */
    private static final class Someone {
        final Ticket ticket;
        final String condition;
        int depth = 1;
        boolean signalled;

        Someone(Ticket ticket, String condition) {
            this.ticket = ticket;
            this.condition = condition;
        }
    }

    private final boolean reentrant;
    private Ticket holder;
    private int depth;
    private long fence;
    private String lastDead = "";
    private String told = "";
    private final List<Someone> line = new ArrayList<>();
    private final List<Someone> asleep = new ArrayList<>();

    LockModel(boolean reentrant) {
        this.reentrant = reentrant;
    }

    @Override
    void on(Ticket ticket, Command command) {
        switch (command) {
            case Command.AcquireLock acquire -> acquire(ticket);
            case Command.ReleaseLock release when isHeldBy(ticket, release.fence()) -> release(ticket, "");
            case Command.ReturnLock unused when isHeldBy(ticket, unused.fence()) -> release(ticket, told);
            case Command.AwaitCondition await when isHeldBy(ticket, await.fence()) -> sleep(ticket, await);
            case Command.Signal signal when isHeldBy(ticket, signal.fence()) -> signal(ticket, signal);
            case Command.BreakLock breaking when holder != null -> {
                answer(ticket, "done");
                free(" after " + holder.owner().number());
            }
            default -> answer(ticket, Refusals.NOT_HELD);
        }
        next();
    }

    private boolean isHeldBy(Ticket ticket, long named) {
        return holder != null && holder.owner().equals(ticket.owner()) && fence == named;
    }

    private void acquire(Ticket ticket) {
        if (reentrant && holder != null && ticket.strand() != 0 && holder.owner().equals(ticket.owner())
                && holder.strand() == ticket.strand()) {
            depth++;
            answer(ticket, "granted " + fence + " x1");
        } else {
            line.add(new Someone(ticket, null));
        }
    }

    private void release(Ticket ticket, String toTell) {
        answer(ticket, "done");
        depth--;
        if (depth == 0) {
            free(toTell);
        }
    }

    private void free(String toTell) {
        holder = null;
        lastDead = toTell;
    }

    private void sleep(Ticket ticket, Command.AwaitCondition await) {
        var someone = new Someone(ticket, await.condition());
        someone.depth = Math.min(await.depth(), depth);
        asleep.add(someone);
        free("");
    }

    private void signal(Ticket ticket, Command.Signal signal) {
        for (int left = signal.waiters(); left > 0; left--) {
            wakeFirst(signal.condition());
        }
        answer(ticket, "done");
    }

    private void wakeFirst(String condition) {
        asleep.stream().filter(one -> one.condition.equals(condition)).findFirst().ifPresent(first -> {
            first.signalled = true;
            asleep.remove(first);
            line.add(first);
        });
    }

    private void next() {
        if (holder == null && !line.isEmpty()) {
            var first = line.removeFirst();
            holder = first.ticket;
            depth = first.depth;
            fence = nextFence++;
            answer(holder, (first.condition == null ? "granted " + fence + " x1"
                    : "resumed " + fence + " x" + depth + (first.signalled ? " signalled" : "")) + lastDead);
            told = lastDead;
            lastDead = "";
        }
    }

    @Override
    void expired(Ticket ticket) {
        if (line.removeIf(one -> one.condition == null && one.ticket.equals(ticket))) {
            answer(ticket, "timed out");
        }
        for (var one : List.copyOf(asleep)) {
            if (one.ticket.equals(ticket)) {
                asleep.remove(one);
                line.add(one);
            }
        }
        next();
    }

    @Override
    void departed(Owner owner, boolean orderly) {
        var lost = line.stream().filter(one -> one.ticket.owner().equals(owner) && one.signalled).toList();
        line.removeIf(one -> one.ticket.owner().equals(owner));
        asleep.removeIf(one -> one.ticket.owner().equals(owner));
        lost.forEach(one -> wakeFirst(one.condition));
        if (holder != null && holder.owner().equals(owner)) {
            free(" after " + owner.number());
        }
        next();
    }

    @Override
    Map<String, Long> counts() {
        var counts = new TreeMap<>(Map.of("holds", holder == null ? 0L : 1L, "depth", holder == null ? 0L : depth,
                "waiting", (long) line.size(), "sleeping", (long) asleep.size()));
        asleep.forEach(one -> counts.merge("sleeping " + one.condition, 1L, Long::sum));
        return counts;
    }
}
