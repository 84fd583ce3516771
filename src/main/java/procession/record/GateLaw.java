package procession.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * By the keeper's order, of a kind of primitive that lets all go on who wait when it is open: nobody goes on while it is not; and when a
 * step of the keeper is over, nobody waits for one that is open.
 *
 * @param <G> what is known of one of them
 */
abstract class GateLaw<G extends GateLaw.Gate> extends Law {

    /** One of them, and the line that made it what it is. */
    abstract static class Gate {
        final Map<Call.Key, Entry> waiting = new LinkedHashMap<>();
        Entry since;

        abstract boolean isOpen();
    }

    private final Primitive.Kind kind;
    private final String waits;
    private final Map<PrimitiveId, G> gates = new HashMap<>();
    private final Set<PrimitiveId> touched = new HashSet<>();

    /** A law; {@code waits} is the command that waits. */
    GateLaw(String name, String sentence, Evidence evidence, Primitive.Kind kind, String waits) {
        super(name, sentence, evidence);
        this.kind = kind;
        this.waits = waits;
    }

    /** One as it is at first. */
    abstract G made(Primitive primitive);

    /** Whether something opens or closes it, which is seen to here. */
    abstract boolean changes(G gate, Happening happening);

    /** How it is when it is open. */
    abstract String open();

    /** How it was when somebody went on all the same, in words on both sides of whose wait that was. */
    abstract String goneOn(G gate, String whose);

    @Override
    final boolean followsTheKeeper() {
        return true;
    }

    @Override
    final void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.PROCESS_ENDED) {
            gates.values().forEach(gate -> gate.waiting.keySet().removeIf(key -> key.owner() == happening.owner()));
        }
        happening.primitive().filter(id -> evidence.primitive(id).is(kind)).ifPresent(id -> ofGate(id, happening, entry));
    }

    private void ofGate(PrimitiveId id, Happening happening, Entry entry) {
        var gate = gates.computeIfAbsent(id, any -> made(evidence.primitive(id)));
        var key = Call.Key.of(happening);
        touched.add(id);
        if (happening.kind() == Happening.Kind.MADE || changes(gate, happening)) {
            gate.since = entry;
            return;
        }
        switch (happening.kind()) {
            case ASKED -> {
                if (happening.detail().equals(waits)) {
                    gate.waiting.put(key, entry);
                }
            }
            case WOKEN -> woken(id, gate, key, entry);
            case TIMED_OUT -> timedOut(id, gate, key, entry);
            case REFUSED -> gate.waiting.remove(key);
            case OVER -> {
                gates.remove(id);
                touched.remove(id);
            }
            default -> { }
        }
    }

    private void woken(PrimitiveId id, G gate, Call.Key key, Entry entry) {
        gate.waiting.remove(key);
        if (!gate.isOpen()) {
            broken(evidence.primitive(id).title() + " " + goneOn(gate, name(key.owner())), gate.since, entry, evidence.of(key).returned);
        }
    }

    private void timedOut(PrimitiveId id, G gate, Call.Key key, Entry entry) {
        var asked = gate.waiting.remove(key);
        if (gate.isOpen() && asked != null) {
            broken(evidence.primitive(id).title() + " was " + open() + ", but " + name(key.owner()) + " waited until its time was over.",
                    gate.since, asked, entry);
        }
    }

    @Override
    final void stepEnded() {
        for (var id : touched) {
            var gate = gates.get(id);
            if (gate.isOpen() && !gate.waiting.isEmpty()) {
                var first = gate.waiting.entrySet().iterator().next();
                broken(evidence.primitive(id).title() + " was " + open() + ", and " + name(first.getKey().owner()) + " waited on.",
                        first.getValue(), gate.since);
                gate.waiting.clear();
            }
        }
        touched.clear();
    }
}
