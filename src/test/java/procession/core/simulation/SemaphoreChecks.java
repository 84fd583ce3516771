package procession.core.simulation;

import java.util.HashMap;
import java.util.Map;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Spec;
import procession.core.View;

/** Semaphores: what their users hold, and what the keeper counts. */
final class SemaphoreChecks {

    private record Taken(SimulatedProcess by, int units) {}

    private final Map<PrimitiveId, Map<Long, Taken>> permits = new HashMap<>();
    private final Map<PrimitiveId, Long> signalled = new HashMap<>();
    private final Map<PrimitiveId, Long> granted = new HashMap<>();

    /** What is taken and given back by the same process, as of a pool; signals are another use. */
    static boolean isPool(Spec.Semaphore semaphore) {
        return semaphore.permits() > 1;
    }

    void took(PrimitiveId id, Spec.Semaphore semaphore, SimulatedProcess by, Reply.Granted grant) {
        permits.computeIfAbsent(id, s -> new HashMap<>()).put(grant.fence(), new Taken(by, grant.units()));
        Law.PERMITS_BOUNDED.holds(!isPool(semaphore) || withTheLiving(id) <= semaphore.permits(), "of %s, %s are out", id,
                withTheLiving(id));
    }

    void gave(PrimitiveId id, long fence) {
        permits.get(id).remove(fence);
    }

    void left(SimulatedProcess process) {
        permits.values().forEach(taken -> taken.values().removeIf(one -> one.by() == process));
    }

    private long withTheLiving(PrimitiveId id) {
        return permits.getOrDefault(id, Map.of()).values().stream().filter(taken -> taken.by().isAlive()).mapToLong(Taken::units).sum();
    }

    void happened(PrimitiveId id, Happening happening) {
        switch (happening.kind()) {
            case GRANTED -> granted.merge(id, (long) happening.units(), Long::sum);
            case RELEASED -> signalled.merge(id, (long) happening.units(), Long::sum);
            default -> { }
        }
    }

    void atRest(PrimitiveId id, Spec.Semaphore semaphore, View view) {
        long sum = view.count("value") + view.count("owed");
        Law.BOUND_KEPT.holds(!semaphore.bounded() || sum <= semaphore.permits(), "%s has %s", id, view);
        if (isPool(semaphore)) {
            Law.PERMITS_CONSERVED.holds(sum == semaphore.permits() && view.count("owed") == withTheLiving(id),
                    "%s has %s, and users hold %s", id, view, withTheLiving(id));
        } else if (semaphore.permits() == 0) {
            long left = signalled.getOrDefault(id, 0L) - granted.getOrDefault(id, 0L);
            Law.SIGNALS_COUNTED.holds(view.count("value") == left, "%s has %s, and %s signals are left", id, view, left);
        }
    }
}
