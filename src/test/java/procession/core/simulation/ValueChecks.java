package procession.core.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import procession.core.Command;
import procession.core.Happening;
import procession.core.Owner;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Spec;
import procession.core.View;

/**
 * Counters, cells and maps: every change is made once, in the keeper's order, to what it was asked for; and what is read is what was
 * there after some change.
 */
final class ValueChecks {

    private record Asked(long owner, long request) {}

    private record Slot(Payload value, long version) {}

    /** What there was after each change, by its version. */
    private static final class History {
        final TreeMap<Long, Map<Payload, Slot>> states = new TreeMap<>(Map.of(0L, Map.of()));

        Map<Payload, Slot> now() {
            return states.lastEntry().getValue();
        }

        long version() {
            return states.lastKey();
        }
    }

    private final Map<Asked, Command> asked = new HashMap<>();
    private final Map<Asked, Happening> changes = new HashMap<>();
    private final Map<PrimitiveId, Long> counters = new HashMap<>();
    private final Map<PrimitiveId, History> histories = new HashMap<>();

    private History history(PrimitiveId id) {
        return histories.computeIfAbsent(id, any -> new History());
    }

    void sent(Owner owner, long request, Command command) {
        asked.put(new Asked(owner.number(), request), command);
    }

    // As the keeper tells it.

    void happened(PrimitiveId id, Spec spec, Happening happening) {
        var key = new Asked(happening.owner(), happening.request());
        switch (happening.kind()) {
            case COUNTED -> {
                changes.put(key, happening);
                counted(id, (Spec.Counter) spec, asked.get(key), happening);
            }
            case CHANGED -> {
                changes.put(key, happening);
                changed(id, asked.get(key), happening);
            }
            default -> { }
        }
    }

    private long value(PrimitiveId id, Spec.Counter spec) {
        return counters.getOrDefault(id, spec.initial());
    }

    private void counted(PrimitiveId id, Spec.Counter spec, Command command, Happening happening) {
        long before = value(id, spec);
        long after = switch (command) {
            case Command.AddToCounter add -> before + add.delta();
            case Command.SetCounter set -> {
                Law.CHANGED_AS_EXPECTED.holds(set.expected().isEmpty() || set.expected().get() == before, "%s was %s when %s was done", id,
                        before, set);
                yield set.value();
            }
            default -> throw new AssertionError(command);
        };
        Law.NO_UPDATE_LOST.holds(happening.number() == after, "%s was %s, and is %s by %s", id, before, happening.number(), command);
        counters.put(id, after);
    }

    private void changed(PrimitiveId id, Command command, Happening happening) {
        var history = history(id);
        Law.VERSIONS_RISE_BY_ONE.holds(happening.number() == history.version() + 1, "%s has version %s after %s", id, happening.number(),
                history.version());
        var next = new LinkedHashMap<>(history.now());
        switch (command) {
            case Command.ClearMap clear -> next.clear();
            case Command.WriteValue write -> {
                long before = next.containsKey(write.key()) ? next.get(write.key()).version() : 0;
                Law.CHANGED_AS_EXPECTED.holds(write.expected() == Command.WriteValue.ANY || write.expected() == before,
                        "%s had version %s when %s was done", id, before, write);
                if (write.value().equals(Payload.NONE)) {
                    next.remove(write.key());
                } else {
                    next.put(write.key(), new Slot(write.value(), happening.number()));
                }
            }
            default -> throw new AssertionError(command);
        }
        history.states.put(happening.number(), next);
    }

    // As those are told who ask.

    void told(PrimitiveId id, Owner owner, long request, Command command, Reply reply) {
        var change = changes.get(new Asked(owner.number(), request));
        switch (reply) {
            case Reply.Counted counted -> Law.TOLD_AS_CHANGED.holds(counted.changed() == (change != null)
                    && (!(command instanceof Command.AddToCounter) || counted.value() == change.number()), "%s: %s was told %s", change,
                    command, reply);
            case Reply.Stored stored when command instanceof Command.WriteValue -> Law.TOLD_AS_CHANGED.holds(
                    change != null && change.number() == stored.version(), "%s: %s was told %s", change, command, reply);
            case Reply.Value value -> value(id, command, value, change);
            default -> { }
        }
    }

    private void value(PrimitiveId id, Command command, Reply.Value value, Happening change) {
        var key = switch (command) {
            case Command.ReadValue read -> read.key();
            case Command.AwaitValue await -> await.key();
            case Command.WriteValue write -> write.key();
            default -> throw new AssertionError(command);
        };
        if (value.version() != 0) {
            var was = history(id).states.getOrDefault(value.version(), Map.of()).get(key);
            Law.READ_AS_WRITTEN.holds(was != null && was.value().equals(value.payload()), "%s was read as %s, and was %s", id, value, was);
        }
        if (command instanceof Command.WriteValue(var k, var v, var expected, var wantsOld) && !wantsOld) {
            Law.TOLD_AS_CHANGED.holds(change == null && value.version() != expected, "%s: %s was told %s", change, command, value);
        }
    }

    /** The parts of a map that was read. */
    void read(PrimitiveId id, List<Reply.Entries> parts) {
        var state = history(id).states.get(parts.getFirst().version());
        var read = new ArrayList<Reply.Entry>();
        parts.forEach(part -> read.addAll(part.entries()));
        var were = state.entrySet().stream().map(one -> new Reply.Entry(one.getKey(), one.getValue().value(), one.getValue().version())).toList();
        Law.READ_AT_ONE_MOMENT.holds(read.equals(were), "%s was read as %s, and was %s", id, read, were);
    }

    // When nothing is on its way.

    boolean mayWait(PrimitiveId id, Command command, View view) {
        return switch (command) {
            case Command.AwaitCounter await -> view.count("value") < await.atLeast();
            case Command.AwaitMap await -> view.count("version") <= await.version();
            case Command.AwaitValue await -> {
                var slot = history(id).now().get(await.key());
                yield (slot == null ? 0 : slot.version()) == await.version();
            }
            default -> false;
        };
    }

    void atRest(PrimitiveId id, Spec spec, View view) {
        if (spec instanceof Spec.Counter counter) {
            Law.NO_UPDATE_LOST.holds(view.count("value") == value(id, counter), "%s is %s, and was left at %s", id, view, value(id, counter));
        } else {
            Law.NO_UPDATE_LOST.holds(view.count("version") == history(id).version() && view.count("size") == history(id).now().size(),
                    "%s is %s, and was left as %s", id, view, history(id).now());
        }
    }
}
