package procession.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * By the keeper's order: whoever is told that an event was set was woken while it was set; and when a step of the keeper is over, nobody
 * waits for an event that is set. So every set wakes all who wait, and nobody waits until its time is over for one that is set.
 */
final class EventsWake extends Law {

    /** An event, and the line that made it what it is. */
    private static final class Level {
        final Map<Call.Key, Entry> waiting = new LinkedHashMap<>();
        boolean isSet;
        Entry since;
    }

    private final Map<PrimitiveId, Level> levels = new HashMap<>();
    private final Set<PrimitiveId> touched = new HashSet<>();

    EventsWake(Evidence evidence) {
        super("events wake", "A wait ends when the event is set, and a set ends every wait.", evidence);
    }

    @Override
    boolean followsTheKeeper() {
        return true;
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.PROCESS_ENDED) {
            levels.values().forEach(level -> level.waiting.keySet().removeIf(key -> key.owner() == happening.owner()));
        }
        happening.primitive().filter(id -> evidence.primitive(id).is(Primitive.Kind.EVENT)).ifPresent(id -> ofEvent(id, happening, entry));
    }

    private void ofEvent(PrimitiveId id, Happening happening, Entry entry) {
        var level = levels.computeIfAbsent(id, event -> new Level());
        var key = Call.Key.of(happening);
        touched.add(id);
        switch (happening.kind()) {
            case MADE -> level.since = entry;
            case ASKED -> asked(level, key, happening.detail(), entry);
            case CLEARED -> {
                level.isSet = false;
                level.since = entry;
            }
            case WOKEN -> woken(id, level, key, entry);
            case TIMED_OUT -> {
                if (level.isSet && level.waiting.containsKey(key)) {
                    broken(evidence.primitive(id).title() + " was set, but " + name(key.owner()) + " waited until its time was over.",
                            level.since, level.waiting.get(key), entry);
                }
                level.waiting.remove(key);
            }
            case REFUSED -> level.waiting.remove(key);
            case OVER -> {
                levels.remove(id);
                touched.remove(id);
            }
            default -> { }
        }
    }

    /** Those who are woken by a set are told before the one who sets. */
    private static void asked(Level level, Call.Key key, String command, Entry entry) {
        switch (command) {
            case "SetEvent" -> {
                level.isSet = true;
                level.since = entry;
            }
            case "AwaitEvent" -> level.waiting.put(key, entry);
            default -> { }
        }
    }

    private void woken(PrimitiveId id, Level level, Call.Key key, Entry entry) {
        level.waiting.remove(key);
        if (!level.isSet) {
            broken(evidence.primitive(id).title() + " was not set when the wait of " + name(key.owner()) + " ended as if it were.",
                    level.since, entry, evidence.of(key).returned);
        }
    }

    @Override
    void stepEnded() {
        for (var id : touched) {
            var level = levels.get(id);
            if (level.isSet && !level.waiting.isEmpty()) {
                var first = level.waiting.entrySet().iterator().next();
                broken(evidence.primitive(id).title() + " was set, and " + name(first.getKey().owner()) + " waited on.", first.getValue(),
                        level.since);
                level.waiting.clear();
            }
        }
        touched.clear();
    }
}
