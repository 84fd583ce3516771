package procession.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who holds how many copies of what: processes, and payloads in transit. A resource that nobody holds is over.
 *
 * <p>A process may let go of a copy before the acknowledgement that makes it the copy's holder has settled: both come in one frame, and
 * requests are applied first. Its count is then below zero for a moment, and the payload in transit keeps the resource.
 *
 * <p>Mutable, one user, like {@link Link}.
 */
final class Holders {

    /** Payloads in transit hold as nobody in particular. */
    private static final Owner TRANSIT = new Owner(0);

    private final Map<Resource, Map<Owner, Integer>> copies = new HashMap<>();
    private final Map<Owner, Set<Resource>> byOwner = new LinkedHashMap<>();

    void hold(Resource resource, Owner owner, int count) {
        var holders = copies.computeIfAbsent(resource, r -> new HashMap<>(2));
        int held = holders.merge(owner, count, Integer::sum);
        if (held == 0) {
            holders.remove(owner);
        }
        if (!owner.equals(TRANSIT)) {
            var resources = byOwner.computeIfAbsent(owner, o -> new LinkedHashSet<>());
            if (held == 0) {
                resources.remove(resource);
            } else {
                resources.add(resource);
            }
        }
    }

    void holdInTransit(Payload payload) {
        payload.carried().forEach(carried -> hold(carried.resource(), TRANSIT, 1));
    }

    void adopt(Owner owner, Payload payload) {
        payload.carried().forEach(carried -> hold(carried.resource(), owner, 1));
    }

    /** Drops copies; the resources that are over with that. */
    List<Resource> dropInTransit(Payload payload) {
        var over = new ArrayList<Resource>();
        payload.carried().forEach(carried -> {
            if (drop(carried.resource(), TRANSIT, 1)) {
                over.add(carried.resource());
            }
        });
        return over;
    }

    /** Drops copies; whether the resource is over with that. A drop of what is over already is nothing. */
    boolean drop(Resource resource, Owner owner, int count) {
        if (!copies.containsKey(resource)) {
            return false;
        }
        hold(resource, owner, -count);
        return isOver(resource);
    }

    private boolean isOver(Resource resource) {
        if (isHeld(resource)) {
            return false;
        }
        copies.remove(resource);
        return true;
    }

    /** Drops everything of a process; the resources that are over with that. */
    List<Resource> dropAll(Owner owner) {
        var over = new ArrayList<Resource>();
        for (var resource : byOwner.getOrDefault(owner, Set.of())) {
            var holders = copies.get(resource);
            if (holders != null) {
                holders.remove(owner);
                if (isOver(resource)) {
                    over.add(resource);
                }
            }
        }
        byOwner.remove(owner);
        return over;
    }

    boolean isHeld(Resource resource) {
        return copies.getOrDefault(resource, Map.of()).values().stream().anyMatch(count -> count > 0);
    }

    int copies(Resource resource, Owner owner) {
        return copies.getOrDefault(resource, Map.of()).getOrDefault(owner, 0);
    }

    int inTransit(Resource resource) {
        return copies(resource, TRANSIT);
    }

    int size() {
        return copies.size();
    }
}
