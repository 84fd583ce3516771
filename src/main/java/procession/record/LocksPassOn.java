package procession.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * By the keeper's order: a lock is granted only when nobody holds it (or once more to the thread that does, if it is re-entrant), to the
 * first of those who asked for it; it is given back by who holds it, and by nobody else; and when a step of the keeper is over, no lock is
 * free for which somebody is in line. A lock that is lent is not free: its borrower is asked for it, and claims it or gives it back.
 *
 * <p>Those who have waited for a condition are in that line too, but from when on the keeper does not say, so their place in it is not
 * judged.
 */
final class LocksPassOn extends Law {

    private final KeptLocks kept;
    private final Map<PrimitiveId, Map<Call.Key, Entry>> lines = new HashMap<>();
    private final Set<PrimitiveId> touched = new HashSet<>();
    private final Map<PrimitiveId, Entry> freed = new HashMap<>();

    LocksPassOn(Evidence evidence) {
        super("locks pass on", "A lock is granted when it is free, first come, first served.", evidence);
        kept = new KeptLocks(evidence);
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
        happening.primitive().filter(id -> evidence.primitive(id).is(Primitive.Kind.LOCK)).ifPresent(id -> ofLock(id, happening, entry));
    }

    private void ofLock(PrimitiveId id, Happening happening, Entry entry) {
        var line = lines.computeIfAbsent(id, lock -> new LinkedHashMap<>());
        touched.add(id);
        switch (happening.kind()) {
            case ASKED -> {
                if (happening.detail().equals("AcquireLock")) {
                    line.put(Call.Key.of(happening), entry);
                }
            }
            case TIMED_OUT -> line.remove(Call.Key.of(happening));
            case REFUSED -> {
                line.remove(Call.Key.of(happening));
                refused(id, happening, entry);
            }
            case GRANTED -> granted(id, line, happening, entry);
            case LENT -> kept.lent(happening, entry);
            case CLAIMED -> {
                isTheBorrowers(id, happening, entry);
                kept.claimed(happening, entry);
            }
            case HANDED_BACK -> {
                isTheBorrowers(id, happening, entry);
                kept.handedBack(happening);
                freed.put(id, entry);
            }
            case RELEASED, RETURNED, BROKEN -> gaveBack(id, happening, entry);
            case OVER -> {
                lines.remove(id);
                touched.remove(id);
                kept.over(id);
            }
            default -> { }
        }
    }

    private void granted(PrimitiveId id, Map<Call.Key, Entry> line, Happening granted, Entry entry) {
        var label = evidence.primitive(id).title();
        kept.of(id).filter(hold -> !kept.isReentry(granted)).ifPresent(hold -> broken(label + " was granted to " + name(granted.owner())
                + " while " + name(hold.owner()) + " held it.", hold.granted(), entry));
        kept.loan(id).filter(loan -> loan.first() != granted.number() && !kept.isReentry(granted)).ifPresent(loan -> broken(label
                + " was granted to " + name(granted.owner()) + " while it was lent to " + name(loan.owner()) + ".", loan.lent(), entry));
        var key = Call.Key.of(granted);
        if (line.containsKey(key) && !kept.isReentry(granted)) {
            var first = line.entrySet().iterator().next();
            if (!first.getKey().equals(key)) {
                broken(label + " was granted to " + name(granted.owner()) + " before " + name(first.getKey().owner())
                        + ", which had asked for it earlier.", first.getValue(), line.get(key), entry);
            }
        }
        line.remove(key);
        kept.granted(granted, entry);
    }

    private void isTheBorrowers(PrimitiveId id, Happening said, Entry entry) {
        if (!kept.isLentTo(said)) {
            broken(name(said.owner()) + " spoke of " + evidence.primitive(id).label() + " under fence " + said.number()
                    + " as of one that is lent to it, and it was not.", kept.loan(id).map(KeptLocks.Loan::lent).orElse(freed.get(id)), entry);
        }
    }

    private void gaveBack(PrimitiveId id, Happening back, Entry entry) {
        var hold = kept.of(id).filter(held -> held.fence() == back.number());
        boolean mayBeAnothers = back.kind() == Happening.Kind.BROKEN;
        if (mayBeAnothers && hold.isEmpty() && kept.loan(id).filter(loan -> loan.covers(back.number())).isPresent()) {
            kept.gaveBack(back);
            freed.put(id, entry);
            return;
        }
        if (hold.filter(held -> mayBeAnothers || held.owner() == back.owner()).isEmpty()) {
            broken(evidence.primitive(id).title() + " was given back by " + name(back.owner()) + " under fence " + back.number()
                    + ", under which it did not hold it.", kept.of(id).map(KeptLocks.Hold::granted).orElse(freed.get(id)), entry);
        }
        kept.gaveBack(back).ifPresent(ended -> freed.put(id, entry));
    }

    /** Who holds a lock may give it back, wait for its conditions and signal them. */
    private void refused(PrimitiveId id, Happening refused, Entry entry) {
        var call = evidence.of(refused);
        if (call.asked != null && refused.detail().startsWith("not-held")) {
            long fence = call.asked.happening().number();
            kept.of(id).filter(hold -> fence != 0 && hold.fence() == fence && hold.owner() == refused.owner()).ifPresent(hold ->
                    broken(evidence.primitive(id).title() + " was held by " + name(hold.owner()) + " under fence " + fence + ", but its "
                            + call.command() + " was refused, as if it were not.", hold.granted(), entry));
        }
    }

    private void ended(long owner, Entry entry) {
        kept.ended(owner).forEach(id -> {
            freed.put(id, entry);
            touched.add(id);
        });
        lines.values().forEach(line -> line.keySet().removeIf(key -> key.owner() == owner));
    }

    @Override
    void stepEnded() {
        for (var id : touched) {
            var line = lines.getOrDefault(id, Map.of());
            if (kept.of(id).isEmpty() && kept.loan(id).isEmpty() && !line.isEmpty()) {
                var first = line.entrySet().iterator().next();
                broken(evidence.primitive(id).title() + " was free, but not granted to " + name(first.getKey().owner())
                        + ", which was first in line for it.", first.getValue(), freed.get(id));
                line.remove(first.getKey());
            }
        }
        touched.clear();
    }
}
