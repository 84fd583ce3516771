package procession.core.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import procession.core.Happening;
import procession.core.Obituary;
import procession.core.PrimitiveId;
import procession.core.View;

/** Read-write locks: what their users know, and what the keeper says has happened. */
final class ReadWriteLockChecks {

    /** A grant as its user knows it. */
    private record Held(SimulatedProcess by, boolean writes) {}

    /** A grant as the keeper knows it. */
    private record Kept(long owner, boolean writes) {}

    private record Asked(long owner, long request) {}

    /** A lock as the keeper tells of it. */
    private static final class Seen {
        /** Who waits, and whether to write. */
        final Map<Asked, Boolean> line = new LinkedHashMap<>();
        final Map<Long, Kept> holds = new TreeMap<>();
        /** The writer that died with it, until another one has released it; or null. */
        Long dead;
        Long telling;

        boolean isWritten() {
            return holds.values().stream().anyMatch(Kept::writes);
        }

        boolean letsIn(boolean writes) {
            return holds.isEmpty() || (!writes && !isWritten());
        }
    }

    private final Simulation simulation;
    private final Map<PrimitiveId, Map<Long, Held>> users = new HashMap<>();
    private final Map<PrimitiveId, Seen> seen = new HashMap<>();

    ReadWriteLockChecks(Simulation simulation) {
        this.simulation = simulation;
    }

    // As users see them.

    void granted(PrimitiveId lock, SimulatedProcess by, long fence, boolean writes, Optional<Obituary> abandoned) {
        var held = users.computeIfAbsent(lock, id -> new TreeMap<>());
        held.values().removeIf(other -> !other.by().isAlive());
        Law.READERS_OR_ONE_WRITER.holds(held.values().stream().noneMatch(other -> writes || other.writes()),
                "%s is given to %s to %s beside %s", lock, by, writes ? "write" : "read", held);
        abandoned.ifPresent(who -> Law.DEATH_IS_TOLD.holds(simulation.isGone(who.owner()), "%s is said to be dead, and lives (%s)", who,
                lock));
        held.put(fence, new Held(by, writes));
    }

    void released(PrimitiveId lock, long fence) {
        users.get(lock).remove(fence);
    }

    void left(SimulatedProcess process) {
        users.values().forEach(held -> held.values().removeIf(hold -> hold.by() == process));
    }

    // As the keeper saw it.

    void happened(PrimitiveId id, Happening happening) {
        var lock = seen.computeIfAbsent(id, one -> new Seen());
        var asked = new Asked(happening.owner(), happening.request());
        switch (happening.kind()) {
            case ASKED -> {
                switch (happening.detail()) {
                    case "AcquireRead" -> lock.line.put(asked, false);
                    case "AcquireWrite" -> lock.line.put(asked, true);
                    default -> { }
                }
            }
            case TIMED_OUT, REFUSED -> lock.line.remove(asked);
            case ABANDONED -> lock.telling = happening.number();
            case GRANTED -> granted(id, lock, asked, happening);
            case RELEASED -> {
                if (lock.holds.remove(happening.number()).writes()) {
                    lock.dead = null;
                }
            }
            case RETURNED -> lock.holds.remove(happening.number());
            case OVER -> seen.remove(id);
            default -> { }
        }
    }

    private static void granted(PrimitiveId id, Seen lock, Asked asked, Happening happening) {
        boolean writes = happening.detail().equals("write");
        Law.READERS_OR_ONE_WRITER.holds(lock.letsIn(writes), "%s beside %s", happening, lock.holds);
        Law.FIRST_COME_FIRST_SERVED.holds(!lock.line.isEmpty() && lock.line.keySet().iterator().next().equals(asked),
                "%s before others of %s: %s", happening, id, lock.line);
        Law.DEATH_IS_TOLD.holds(Objects.equals(lock.dead, lock.telling), "%s died and %s is told: %s", lock.dead, lock.telling, happening);
        lock.line.remove(asked);
        lock.holds.put(happening.number(), new Kept(happening.owner(), writes));
        lock.telling = null;
    }

    void ended(long owner) {
        seen.values().forEach(lock -> {
            lock.line.keySet().removeIf(asked -> asked.owner() == owner);
            if (lock.holds.values().stream().anyMatch(kept -> kept.owner() == owner && kept.writes())) {
                lock.dead = owner;
            }
            lock.holds.values().removeIf(kept -> kept.owner() == owner);
        });
    }

    /** A step of the keeper is over. */
    void stepEnds() {
        seen.forEach((id, lock) -> Law.FIRST_COME_FIRST_SERVED.holds(
                lock.line.isEmpty() || !lock.letsIn(lock.line.values().iterator().next()),
                "the first in line of %s waits, but it is held by %s: %s", id, lock.holds, lock.line));
    }

    void atRest(PrimitiveId id, View view) {
        var held = users.getOrDefault(id, Map.of()).entrySet().stream().filter(hold -> hold.getValue().by().isAlive())
                .map(Map.Entry::getKey).collect(Collectors.toCollection(HashSet::new));
        Law.LOCK_IS_HELD_AS_KNOWN.holds(view.holds().stream().map(View.Hold::fence).collect(Collectors.toSet()).equals(held),
                "%s is held as its keeper says by %s, but as users know under %s", id, view, held);
    }
}
