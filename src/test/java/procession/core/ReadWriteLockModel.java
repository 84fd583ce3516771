package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A read-write lock, as plainly as possible. */
final class ReadWriteLockModel extends Model {

    /** Somebody in the line, or who holds it. */
    private static final class Someone {
        final Ticket ticket;
        final boolean writes;
        long fence;

        Someone(Ticket ticket, boolean writes) {
            this.ticket = ticket;
            this.writes = writes;
        }

        boolean isOf(Owner owner) {
            return ticket.owner().equals(owner);
        }
    }

    private final List<Someone> line = new ArrayList<>();
    private final List<Someone> holders = new ArrayList<>();
    private String lastDead = "";

    @Override
    void on(Ticket ticket, Command command) {
        switch (command) {
            case Command.AcquireRead read -> line.add(new Someone(ticket, false));
            case Command.AcquireWrite write -> line.add(new Someone(ticket, true));
            case Command.ReleaseReadWrite release -> giveBack(ticket, release.fence(), false);
            case Command.ReturnReadWrite unused -> giveBack(ticket, unused.fence(), true);
            default -> throw new AssertionError(command);
        }
        next();
    }

    private void giveBack(Ticket ticket, long fence, boolean unused) {
        for (var holder : List.copyOf(holders)) {
            if (holder.fence == fence && holder.isOf(ticket.owner())) {
                holders.remove(holder);
                if (holder.writes && !unused) {
                    lastDead = "";
                }
                answer(ticket, "done");
                return;
            }
        }
        answer(ticket, Refusals.NOT_HELD);
    }

    private void next() {
        while (!line.isEmpty() && (holders.isEmpty() || (!line.getFirst().writes && !holders.getFirst().writes))) {
            var next = line.removeFirst();
            next.fence = nextFence++;
            holders.add(next);
            answer(next.ticket, "granted " + next.fence + " x1" + lastDead);
        }
    }

    @Override
    void expired(Ticket ticket) {
        if (line.removeIf(one -> one.ticket.equals(ticket))) {
            answer(ticket, "timed out");
        }
        next();
    }

    @Override
    void departed(Owner owner, boolean orderly) {
        line.removeIf(one -> one.isOf(owner));
        for (var holder : List.copyOf(holders)) {
            if (holder.isOf(owner)) {
                holders.remove(holder);
                lastDead = holder.writes ? " after " + owner.number() : lastDead;
            }
        }
        next();
    }

    @Override
    Map<String, Long> counts() {
        long writers = holders.stream().filter(one -> one.writes).count();
        return Map.of("holds", (long) holders.size(), "waiting", (long) line.size(), "writers", writers,
                "readers", holders.size() - writers);
    }
}
