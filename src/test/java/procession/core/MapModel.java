package procession.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A map or a cell, as plainly as possible. All of it fits into one answer here. */
final class MapModel extends Model {

    private record Slot(Payload value, long version) {}

    private record Waiter(Ticket ticket, Command wants) {}

    private final long budget;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final List<Waiter> waiting = new ArrayList<>();
    private long version;

    MapModel(long budget) {
        this.budget = budget;
    }

    @Override
    void on(Ticket ticket, Command command) {
        switch (command) {
            case Command.ReadValue read -> value(ticket, read.key());
            case Command.WriteValue write -> write(ticket, write);
            case Command.AwaitValue await -> waiting.add(new Waiter(ticket, await));
            case Command.AwaitMap await -> waiting.add(new Waiter(ticket, await));
            case Command.ClearMap clear -> {
                slots.values().forEach(slot -> discard(slot.value()));
                version += slots.isEmpty() ? 0 : 1;
                slots.clear();
                answer(ticket, "stored " + version);
            }
            case Command.ReadMap read -> {
                answer(ticket, "entries " + version + " " + slots.entrySet().stream().map(slot -> slot.getKey() + "="
                        + Stage.text(slot.getValue().value()) + "@" + slot.getValue().version()).collect(Collectors.joining(",")));
                if (slots.values().stream().anyMatch(slot -> !slot.value().carried().isEmpty())) {
                    settlements.add("copied  for " + ticket.id());
                }
            }
            case Command.ReadMore more -> answer(ticket, Refusals.NOT_FOUND);
            default -> throw new AssertionError(command);
        }
        for (var waiter : List.copyOf(waiting)) {
            if (waiter.wants() instanceof Command.AwaitValue(var key, var seen) && seen != versionOf(key)) {
                value(waiter.ticket(), key);
                waiting.remove(waiter);
            } else if (waiter.wants() instanceof Command.AwaitMap(var seen) && version > seen) {
                answer(waiter.ticket(), "stored " + version);
                waiting.remove(waiter);
            }
        }
    }

    private long versionOf(Payload key) {
        var slot = slots.get(Stage.text(key));
        return slot == null ? 0 : slot.version();
    }

    private void value(Ticket ticket, Payload key) {
        tell(ticket, slots.get(Stage.text(key)));
    }

    private void tell(Ticket ticket, Slot slot) {
        answer(ticket, slot == null ? "value 0 " : "value " + slot.version() + " " + Stage.text(slot.value()));
        if (slot != null && !slot.value().carried().isEmpty()) {
            settlements.add("copied " + Stage.text(slot.value()) + " for " + ticket.id());
        }
    }

    private void write(Ticket ticket, Command.WriteValue write) {
        var key = Stage.text(write.key());
        var before = slots.get(key);
        boolean removes = write.value().equals(Payload.NONE);
        if (write.expected() >= 0 && write.expected() != versionOf(write.key())) {
            discard(write.value());
            value(ticket, write.key());
            return;
        }
        if (removes && before == null) {
            answer(ticket, write.wantsOld() ? "value 0 " : "stored " + version);
            return;
        }
        long grown = bytes() + (removes ? 0 : write.value().size()) - (before == null ? 0 : before.value().size())
                + (before == null ? write.key().size() : 0);
        if (!removes && grown > budget && grown > bytes()) {
            discard(write.value());
            answer(ticket, Refusals.FULL);
            return;
        }
        version++;
        if (removes) {
            slots.remove(key);
        } else {
            slots.put(key, new Slot(write.value(), version));
        }
        if (write.wantsOld()) {
            tell(ticket, before);
        } else {
            answer(ticket, "stored " + version);
        }
        if (before != null) {
            discard(before.value());
        }
    }

    private long bytes() {
        return slots.entrySet().stream().mapToLong(slot -> slot.getKey().length() + slot.getValue().value().size()).sum();
    }

    @Override
    void expired(Ticket ticket) {
        if (waiting.removeIf(waiter -> waiter.ticket().equals(ticket))) {
            answer(ticket, "timed out");
        }
    }

    @Override
    void departed(Owner owner, boolean orderly) {
        waiting.removeIf(waiter -> waiter.ticket().owner().equals(owner));
    }

    @Override
    Map<String, Long> counts() {
        return Map.of("size", (long) slots.size(), "version", version, "bytes", bytes(), "waiting", (long) waiting.size());
    }
}
