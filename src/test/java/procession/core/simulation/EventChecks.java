package procession.core.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.core.View;

/** Events, as the keeper sees them. */
final class EventChecks {

    private record Asked(long owner, long request) {}

    private final Map<PrimitiveId, Boolean> flags = new HashMap<>();
    private final Map<PrimitiveId, Set<Asked>> awaiting = new HashMap<>();

    void happened(PrimitiveId id, Happening happening) {
        var asked = new Asked(happening.owner(), happening.request());
        switch (happening.kind()) {
            case ASKED -> {
                if (happening.detail().equals("AwaitEvent")) {
                    awaiting.computeIfAbsent(id, e -> new HashSet<>()).add(asked);
                }
            }
            case SET -> {
                flags.put(id, true);
                Law.SET_WAKES_ALL.holds(awaiting.getOrDefault(id, Set.of()).isEmpty(), "%s was set, but not for %s", id, awaiting.get(id));
            }
            case CLEARED -> flags.put(id, false);
            case WOKEN, TIMED_OUT, REFUSED -> awaiting.getOrDefault(id, new HashSet<>()).remove(asked);
            default -> { }
        }
    }

    void ended(long owner) {
        awaiting.values().forEach(waiters -> waiters.removeIf(waiter -> waiter.owner() == owner));
    }

    void atRest(PrimitiveId id, View view) {
        Law.LEVEL_KEPT.holds(view.count("set") == (flags.getOrDefault(id, false) ? 1 : 0), "%s is %s, but was set %s", id, view,
                flags.get(id));
    }
}
