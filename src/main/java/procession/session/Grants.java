package procession.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import procession.core.PrimitiveId;

/** What this process holds, as far as it knows: so that {@code release()} without a grant finds one, and misuse is refused at once. */
final class Grants {

    /** Of what a grant is: of a primitive, or of an aspect of one. */
    record Key(PrimitiveId target, Optional<String> aspect) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.target.equals(target) && key.aspect.equals(aspect);
        }

        @Override
        public int hashCode() {
            return target.hashCode(); // Aspects are few, and this is on every lock's way.
        }
    }

    private final Map<Key, Deque<HeldGrant>> held = new HashMap<>();

    synchronized void add(Key of, HeldGrant grant) {
        held.computeIfAbsent(of, t -> new ArrayDeque<>(2)).add(grant);
    }

    synchronized void remove(Key of, HeldGrant grant) {
        var grants = held.get(of);
        if (grants != null && grants.remove(grant) && grants.isEmpty()) {
            held.remove(of);
        }
    }

    /** The grants of something, oldest first. */
    synchronized List<HeldGrant> on(Key of) {
        var grants = held.get(of);
        return grants == null ? List.of() : new ArrayList<>(grants);
    }
}
