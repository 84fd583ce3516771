package procession.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import procession.core.PrimitiveId;

/** What this process holds, as far as it knows: so that {@code release()} without a grant finds one, and misuse is refused at once. */
final class Grants {

    private final Map<PrimitiveId, Deque<HeldGrant>> held = new HashMap<>();

    synchronized void add(PrimitiveId target, HeldGrant grant) {
        held.computeIfAbsent(target, t -> new ArrayDeque<>()).add(grant);
    }

    synchronized void remove(PrimitiveId target, HeldGrant grant) {
        var grants = held.get(target);
        if (grants != null && grants.remove(grant) && grants.isEmpty()) {
            held.remove(target);
        }
    }

    /** The grants on a primitive, oldest first. */
    synchronized List<HeldGrant> on(PrimitiveId target) {
        return new ArrayList<>(held.getOrDefault(target, new ArrayDeque<>()));
    }
}
