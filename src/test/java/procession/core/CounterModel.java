package procession.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** A counter, as plainly as possible. */
final class CounterModel extends Model {
    private long value;
    private final Map<Ticket, Long> waiting = new LinkedHashMap<>();

    CounterModel(long initial) {
        value = initial;
    }

    @Override
    void on(Ticket ticket, Command command) {
        switch (command) {
            case Command.AddToCounter add -> add(ticket, add.delta());
            case Command.SetCounter set -> {
                boolean fits = set.expected().isEmpty() || set.expected().get() == value;
                answer(ticket, "counted " + value + (fits ? " changed" : ""));
                value = fits ? set.value() : value;
            }
            case Command.AwaitCounter await -> waiting.put(ticket, await.atLeast());
            default -> throw new AssertionError(command);
        }
        for (var waiter : Map.copyOf(waiting).entrySet()) {
            if (waiter.getValue() <= value) {
                answer(waiter.getKey(), "counted " + value);
                waiting.remove(waiter.getKey());
            }
        }
    }

    private void add(Ticket ticket, long delta) {
        try {
            value = Math.addExact(value, delta);
            answer(ticket, "counted " + value + " changed");
        } catch (ArithmeticException beyond) {
            answer(ticket, Refusals.OVERFLOW);
        }
    }

    @Override
    void expired(Ticket ticket) {
        if (waiting.remove(ticket) != null) {
            answer(ticket, "timed out");
        }
    }

    @Override
    void departed(Owner owner, boolean orderly) {
        waiting.keySet().removeIf(ticket -> ticket.owner().equals(owner));
    }

    @Override
    Map<String, Long> counts() {
        return Map.of("value", value, "waiting", (long) waiting.size());
    }
}
