package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A semaphore, permit by permit. */
final class SemaphoreModel extends Model {

    private final Spec.Semaphore spec;
    private long value;
    /** One entry for each permit that is owed, oldest first: {owner, fence}. */
    private List<long[]> owed = new ArrayList<>();
    private final List<Ticket> line = new ArrayList<>();
    private final List<Command.AcquirePermits> wants = new ArrayList<>();

    SemaphoreModel(Spec.Semaphore spec) {
        this.spec = spec;
        this.value = spec.permits();
    }

    @Override
    void on(Ticket ticket, Command command) {
        if (command instanceof Command.ReleasePermits release) {
            release(ticket, release);
        } else {
            line.add(ticket);
            wants.add((Command.AcquirePermits) command);
        }
        next();
    }

    private void release(Ticket ticket, Command.ReleasePermits release) {
        var before = new ArrayList<>(owed);
        for (int i = 0; i < release.permits() && release.owed(); i++) {
            payOne(ticket.owner().number(), release.fence());
        }
        if (spec.bounded() && value + release.permits() + owed.size() > spec.permits()) {
            owed = before;
            answer(ticket, Refusals.TOO_MANY);
        } else {
            value += release.permits();
            answer(ticket, "done");
        }
    }

    private void payOne(long owner, long fence) {
        for (var debt : owed) {
            if (debt[0] == owner && debt[1] == fence) {
                owed.remove(debt);
                return;
            }
        }
        for (var debt : owed) {
            if (debt[0] == owner) {
                owed.remove(debt);
                return;
            }
        }
        if (!owed.isEmpty()) {
            owed.removeFirst();
        }
    }

    private void next() {
        while (!line.isEmpty() && wants.getFirst().permits() <= value) {
            var ticket = line.removeFirst();
            var wanted = wants.removeFirst();
            long fence = nextFence++;
            value -= wanted.permits();
            for (int i = 0; i < wanted.permits() && wanted.owed() && owed.size() < spec.permits(); i++) {
                owed.add(new long[] {ticket.owner().number(), fence});
            }
            answer(ticket, "granted " + fence + " x" + wanted.permits());
        }
    }

    private void leave(int place) {
        line.remove(place);
        wants.remove(place);
    }

    @Override
    void expired(Ticket ticket) {
        if (line.contains(ticket)) {
            leave(line.indexOf(ticket));
            answer(ticket, "timed out");
            next();
        }
    }

    @Override
    void departed(Owner owner, boolean orderly) {
        for (int i = line.size() - 1; i >= 0; i--) {
            if (line.get(i).owner().equals(owner)) {
                leave(i);
            }
        }
        for (int i = owed.size() - 1; i >= 0; i--) {
            if (owed.get(i)[0] == owner.number()) {
                owed.remove(i);
                value++;
            }
        }
        next();
    }

    @Override
    Map<String, Long> counts() {
        return Map.of("value", value, "owed", (long) owed.size(), "waiting", (long) line.size());
    }
}
