package procession.core.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.core.View;

/** Latches, as the keeper sees them. */
final class LatchChecks {

    private record Asked(long owner, long request) {}

    private final Map<PrimitiveId, Integer> counts = new HashMap<>();
    private final Map<PrimitiveId, Set<Asked>> awaiting = new HashMap<>();

    void happened(PrimitiveId id, int initial, Happening happening) {
        var waiters = awaiting.computeIfAbsent(id, latch -> new HashSet<>());
        var asked = new Asked(happening.owner(), happening.request());
        int count = counts.getOrDefault(id, initial);
        switch (happening.kind()) {
            case ASKED -> {
                if (happening.detail().equals("AwaitLatch")) {
                    waiters.add(asked);
                }
            }
            case COUNTED_DOWN -> counts.put(id, Math.max(0, count - happening.units()));
            case WOKEN -> {
                Law.LATCH_OPENS_AT_ZERO.holds(count == 0, "%s, but %s are missing", happening, count);
                waiters.remove(asked);
            }
            case TIMED_OUT, REFUSED -> waiters.remove(asked);
            case OVER -> awaiting.remove(id);
            default -> { }
        }
    }

    void ended(long owner) {
        awaiting.values().forEach(waiters -> waiters.removeIf(waiter -> waiter.owner() == owner));
    }

    /** A step of the keeper is over. */
    void stepEnds() {
        awaiting.forEach((id, waiters) -> Law.LATCH_OPENS_AT_ZERO.holds(waiters.isEmpty() || counts.getOrDefault(id, 1) > 0,
                "%s is at zero, but not for %s", id, waiters));
    }

    void atRest(PrimitiveId id, int initial, View view) {
        Law.LATCH_OPENS_AT_ZERO.holds(view.count("count") == counts.getOrDefault(id, initial), "%s is %s, but should be at %s", id, view,
                counts.getOrDefault(id, initial));
    }
}
