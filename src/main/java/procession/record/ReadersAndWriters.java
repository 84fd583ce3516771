package procession.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * By the keeper's order: many read, or one writes; whoever asked first is served first, and as soon as those who hold the lock let it in;
 * it is given back by who holds it; and the death of a writer is told with every grant until a writer has released the lock, and no other
 * death is.
 */
final class ReadersAndWriters extends Law {

    /** A death that a grant is to tell: whose, and which line says so; nobody's if there is none. */
    private record Death(long owner, Entry line) {
        static final Death NONE = new Death(0, null);
    }

    /** A grant that is out. */
    private record Hold(long owner, boolean writes, Entry granted) {}

    /** A lock as the keeper tells of it. */
    private static final class Lock {
        final Map<Call.Key, Entry> line = new LinkedHashMap<>();
        final Map<Long, Hold> holds = new TreeMap<>();
        Death toTell = Death.NONE;
        Entry telling;
        Entry freed;

        boolean letsIn(boolean writes) {
            return holds.isEmpty() || (!writes && holds.values().stream().noneMatch(Hold::writes));
        }

        boolean letsInFirst() {
            return !line.isEmpty() && letsIn(line.values().iterator().next().happening().detail().equals("AcquireWrite"));
        }
    }

    private final Map<PrimitiveId, Lock> locks = new HashMap<>();
    private final Set<PrimitiveId> touched = new HashSet<>();

    ReadersAndWriters(Evidence evidence) {
        super("readers and writers", "Many read or one writes, first come, first served; and a writer's death is told.", evidence);
    }

    @Override
    boolean followsTheKeeper() {
        return true;
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.PROCESS_ENDED) {
            ended(happening.owner(), entry);
        }
        happening.primitive().filter(id -> evidence.primitive(id).is(Primitive.Kind.READ_WRITE_LOCK))
                .ifPresent(id -> ofLock(id, happening, entry));
    }

    private void ended(long owner, Entry entry) {
        locks.forEach((id, lock) -> {
            lock.line.keySet().removeIf(key -> key.owner() == owner);
            if (lock.holds.values().stream().anyMatch(hold -> hold.owner() == owner && hold.writes())) {
                lock.toTell = new Death(owner, entry);
            }
            if (lock.holds.values().removeIf(hold -> hold.owner() == owner)) {
                lock.freed = entry;
            }
            touched.add(id);
        });
    }

    private void ofLock(PrimitiveId id, Happening happening, Entry entry) {
        var lock = locks.computeIfAbsent(id, made -> new Lock());
        touched.add(id);
        switch (happening.kind()) {
            case ASKED -> {
                if (happening.detail().equals("AcquireRead") || happening.detail().equals("AcquireWrite")) {
                    lock.line.put(Call.Key.of(happening), entry);
                }
            }
            case TIMED_OUT, REFUSED -> lock.line.remove(Call.Key.of(happening));
            case ABANDONED -> lock.telling = entry;
            case GRANTED -> {
                isAlone(id, lock, happening, entry);
                isFirst(id, lock, happening, entry);
                tells(id, lock, happening, entry);
                lock.line.remove(Call.Key.of(happening));
                lock.holds.put(happening.number(), new Hold(happening.owner(), happening.detail().equals("write"), entry));
                lock.telling = null;
            }
            case RELEASED, RETURNED -> gaveBack(id, lock, happening, entry);
            case OVER -> {
                locks.remove(id);
                touched.remove(id);
            }
            default -> { }
        }
    }

    private void isAlone(PrimitiveId id, Lock lock, Happening granted, Entry entry) {
        boolean writes = granted.detail().equals("write");
        if (!lock.letsIn(writes)) {
            var other = lock.holds.values().stream().filter(hold -> writes || hold.writes()).findFirst().orElseThrow();
            broken(evidence.primitive(id).title() + " was granted to " + name(granted.owner()) + " to " + granted.detail() + " while "
                    + name(other.owner()) + (other.writes() ? " wrote." : " read."), other.granted(), entry);
        }
    }

    private void isFirst(PrimitiveId id, Lock lock, Happening granted, Entry entry) {
        var key = Call.Key.of(granted);
        if (lock.line.containsKey(key) && !lock.line.keySet().iterator().next().equals(key)) {
            var first = lock.line.entrySet().iterator().next();
            broken(evidence.primitive(id).title() + " was granted to " + name(granted.owner()) + " before " + name(first.getKey().owner())
                    + ", which had asked for it earlier.", first.getValue(), lock.line.get(key), entry);
        }
    }

    private void tells(PrimitiveId id, Lock lock, Happening granted, Entry entry) {
        long told = lock.telling == null ? 0 : lock.telling.happening().number();
        if (told != lock.toTell.owner()) {
            broken(evidence.primitive(id).title() + " was granted to " + name(granted.owner()) + ", which was told "
                    + (told == 0 ? "of no death" : "of the death of " + name(told)) + ", but "
                    + (lock.toTell == Death.NONE ? "no writer had died." : name(lock.toTell.owner()) + " had died writing."),
                    lock.toTell.line(), lock.telling, entry);
        }
    }

    private void gaveBack(PrimitiveId id, Lock lock, Happening back, Entry entry) {
        var hold = lock.holds.get(back.number());
        if (hold == null || hold.owner() != back.owner()) {
            broken(evidence.primitive(id).title() + " was given back by " + name(back.owner()) + " under fence " + back.number()
                    + ", under which it did not hold it.", hold == null ? lock.freed : hold.granted(), entry);
            return;
        }
        lock.holds.remove(back.number());
        lock.freed = entry;
        if (hold.writes() && back.kind() == Happening.Kind.RELEASED) {
            lock.toTell = Death.NONE;
        }
    }

    @Override
    void stepEnded() {
        for (var id : touched) {
            var lock = locks.get(id);
            if (lock.letsInFirst()) {
                var first = lock.line.entrySet().iterator().next();
                broken(evidence.primitive(id).title() + " was not granted to " + name(first.getKey().owner())
                        + ", which was first in line for it, and let in by those who held it.", first.getValue(), lock.freed);
                lock.line.remove(first.getKey());
            }
        }
        touched.clear();
    }
}
