package procession.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * Semaphores keep their rules, as a simple model of them finds by doing everything again in the keeper's order: no permit is granted that
 * is not there (none is forged); when a step of the keeper is over, nobody is first in line for permits that are there (none is leaked,
 * and nobody is overtaken); a release is refused only when it would lift a semaphore over its bound.
 */
final class PermitsAddUp extends Law {

    private final Map<PrimitiveId, SemaphoreModel> models = new HashMap<>();
    private final Set<PrimitiveId> touched = new HashSet<>();

    PermitsAddUp(Evidence evidence) {
        super("permits add up", "No permit is forged or leaked; first come, first served.", evidence);
    }

    @Override
    boolean followsTheKeeper() {
        return true;
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.PROCESS_ENDED) {
            models.forEach((id, model) -> {
                model.departed(happening.owner(), entry);
                touched.add(id);
            });
        }
        happening.primitive().filter(id -> evidence.primitive(id).is(Primitive.Kind.SEMAPHORE))
                .ifPresent(id -> ofSemaphore(id, happening, entry));
    }

    private void ofSemaphore(PrimitiveId id, Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.OVER) {
            models.remove(id);
            touched.remove(id);
            return;
        }
        var model = models.computeIfAbsent(id, semaphore -> new SemaphoreModel(evidence.primitive(semaphore), evidence, this::broken));
        model.happened(happening, entry);
        touched.add(id);
    }

    @Override
    void stepEnded() {
        touched.forEach(id -> models.get(id).stepEnded());
        touched.clear();
    }
}
