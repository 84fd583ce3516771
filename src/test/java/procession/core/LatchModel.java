package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A latch, as plainly as possible. */
final class LatchModel extends Model {

    private long count;
    private final List<Ticket> waiting = new ArrayList<>();

    LatchModel(int count) {
        this.count = count;
    }

    @Override
    void on(Ticket ticket, Command command) {
        if (command instanceof Command.CountDown down) {
            for (int i = 0; i < down.by() && count > 0; i++) {
                count--;
            }
            answer(ticket, "done");
        } else {
            waiting.add(ticket);
        }
        if (count == 0) {
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
        return Map.of("count", count, "waiting", (long) waiting.size());
    }
}
