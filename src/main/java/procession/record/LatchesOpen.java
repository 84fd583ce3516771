package procession.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * By the keeper's order: a wait for a latch ends when as many have been counted down as it had at first, and not before; and when a step of
 * the keeper is over, nobody waits for one that is at zero.
 */
final class LatchesOpen extends Law {

    /** A latch, and the line that made it what it is. */
    private static final class Latch {
        final Map<Call.Key, Entry> waiting = new LinkedHashMap<>();
        long missing;
        Entry since;

        Latch(int count) {
            missing = count;
        }
    }

    private final Map<PrimitiveId, Latch> latches = new HashMap<>();
    private final Set<PrimitiveId> touched = new HashSet<>();

    LatchesOpen(Evidence evidence) {
        super("latches open", "A wait for a latch ends when its count is zero, and not before.", evidence);
    }

    @Override
    boolean followsTheKeeper() {
        return true;
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.PROCESS_ENDED) {
            latches.values().forEach(latch -> latch.waiting.keySet().removeIf(key -> key.owner() == happening.owner()));
        }
        happening.primitive().filter(id -> evidence.primitive(id).is(Primitive.Kind.LATCH)).ifPresent(id -> ofLatch(id, happening, entry));
    }

    private void ofLatch(PrimitiveId id, Happening happening, Entry entry) {
        var latch = latches.computeIfAbsent(id, made -> new Latch(evidence.primitive(id).size()));
        var key = Call.Key.of(happening);
        touched.add(id);
        switch (happening.kind()) {
            case MADE -> latch.since = entry;
            case ASKED -> {
                if (happening.detail().equals("AwaitLatch")) {
                    latch.waiting.put(key, entry);
                }
            }
            case COUNTED_DOWN -> {
                latch.missing = Math.max(0, latch.missing - happening.units());
                latch.since = entry;
            }
            case WOKEN -> {
                latch.waiting.remove(key);
                if (latch.missing > 0) {
                    broken(evidence.primitive(id).title() + " had " + latch.missing + " missing when the wait of " + name(key.owner())
                            + " ended as if there were none.", latch.since, entry, evidence.of(key).returned);
                }
            }
            case TIMED_OUT, REFUSED -> latch.waiting.remove(key);
            case OVER -> {
                latches.remove(id);
                touched.remove(id);
            }
            default -> { }
        }
    }

    @Override
    void stepEnded() {
        for (var id : touched) {
            var latch = latches.get(id);
            if (latch.missing == 0 && !latch.waiting.isEmpty()) {
                var first = latch.waiting.entrySet().iterator().next();
                broken(evidence.primitive(id).title() + " was at zero, and " + name(first.getKey().owner()) + " waited on.",
                        first.getValue(), latch.since);
                latch.waiting.clear();
            }
        }
        touched.clear();
    }
}
