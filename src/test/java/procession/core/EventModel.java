package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An event, as plainly as possible. */
final class EventModel extends Model {
    private boolean set;
    private final List<Ticket> waiting = new ArrayList<>();

    @Override
    void on(Ticket ticket, Command command) {
        if (command instanceof Command.SetEvent) {
            set = true;
        } else if (command instanceof Command.ClearEvent) {
            set = false;
        } else if (!set) {
            waiting.add(ticket);
            return;
        }
        answer(ticket, "done");
        if (set) {
            waiting.forEach(waiter -> answer(waiter, "done"));
            waiting.clear();
        }
    }

    @Override
    void expired(Ticket ticket) {
        if (waiting.remove(ticket)) {
            answer(ticket, "timed out");
        }
    }

    @Override
    void departed(Owner owner, boolean orderly) {
        waiting.removeIf(ticket -> ticket.owner().equals(owner));
    }

    @Override
    Map<String, Long> counts() {
        return Map.of("set", set ? 1L : 0L, "waiting", (long) waiting.size());
    }
}
