package procession.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * Queues and pipes keep what is put into them, in the keeper's order: what is got was put, in that line; it is the first that is there,
 * and goes to the first who asked; nothing is out with two at once; items of one producer are taken in in its order; an item says how often
 * it came back; after a shutdown nothing is put; nothing comes after the end of a stream, and that only when nothing is left. When a step
 * of the keeper is over, nobody waits for an item that is there; and of a joinable queue, nothing is out with a process that has ended.
 *
 * <p>So nothing is lost: every item is in its line, was got, or is a dead letter. What was on its way to a process of which it cannot be
 * told whether it had arrived when that died is not held against anybody.
 */
final class ItemsAreKept extends Law {

    /** A queue, or the direction of a pipe that leads to an end. */
    private record LineId(PrimitiveId primitive, int end) {}

    private final Map<LineId, ItemModel> models = new HashMap<>();
    private final Map<PrimitiveId, Set<LineId>> lines = new HashMap<>();
    private final Set<LineId> touched = new HashSet<>();
    /** Pipes that were used by a process which did not tell in which direction: nothing can be said of them. */
    private final Set<PrimitiveId> untold = new HashSet<>();

    ItemsAreKept(Evidence evidence) {
        super("items are kept", "What is put into a queue or a pipe is got once, in order, and not lost.", evidence);
    }

    @Override
    boolean followsTheKeeper() {
        return true;
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.PROCESS_ENDED) {
            models.forEach((id, model) -> {
                model.departed(happening.owner());
                touched.add(id);
            });
        }
        happening.primitive().ifPresent(id -> {
            var primitive = evidence.primitive(id);
            if (primitive.is(Primitive.Kind.QUEUE) || primitive.is(Primitive.Kind.PIPE)) {
                ofLines(primitive, happening, entry);
            }
        });
    }

    private void ofLines(Primitive primitive, Happening happening, Entry entry) {
        switch (happening.kind()) {
            case MADE -> { }
            case OVER -> {
                for (var line : lines.getOrDefault(primitive.id(), Set.of())) {
                    models.remove(line);
                    touched.remove(line);
                }
                lines.remove(primitive.id());
            }
            // What comes back, and who waits no longer, is told without a direction: it is that of what was asked.
            default -> at(new LineId(primitive.id(), primitive.is(Primitive.Kind.PIPE) ? end(happening) : 0), primitive, happening, entry);
        }
    }

    /** To which end a line of a pipe leads; 0 if it is told neither here nor by who asked. */
    private int end(Happening happening) {
        var own = happening.detail();
        var direction = own.startsWith("to ") ? own : evidence.of(happening).manner();
        return direction.equals("to 1") ? 1 : direction.equals("to 2") ? 2 : 0;
    }

    private void at(LineId id, Primitive primitive, Happening happening, Entry entry) {
        if (primitive.is(Primitive.Kind.PIPE) && (id.end() == 0 || untold.contains(primitive.id()))) {
            untold.add(primitive.id());
            return;
        }
        lines.computeIfAbsent(primitive.id(), known -> new LinkedHashSet<>()).add(id);
        touched.add(id);
        models.computeIfAbsent(id, known -> new ItemModel(primitive, evidence, this::broken)).happened(happening, entry);
    }

    @Override
    void stepEnded() {
        touched.stream().filter(id -> !untold.contains(id.primitive())).forEach(id -> models.get(id).stepEnded());
        touched.clear();
    }
}
