package procession.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import procession.core.Happening;
import procession.core.PrimitiveId;

/** Who holds which lock, as the keeper's happenings tell it one after another. */
final class KeptLocks {

    /**
     * A hold that is out.
     *
     * @param owner whose
     * @param strand of which of its threads
     * @param fence under which fence
     * @param depth how often over
     * @param granted the line that says so
     */
    record Hold(long owner, long strand, long fence, int depth, Entry granted) {}

    private final Evidence evidence;
    private final Map<PrimitiveId, Hold> holds = new HashMap<>();

    KeptLocks(Evidence evidence) {
        this.evidence = evidence;
    }

    Optional<Hold> of(PrimitiveId lock) {
        return Optional.ofNullable(holds.get(lock));
    }

    /** Whether this grant is one level more of a hold that is out. */
    boolean isReentry(Happening granted) {
        var id = granted.primitive().orElseThrow();
        var hold = holds.get(id);
        return hold != null && evidence.primitive(id).isReentrant() && hold.owner() == granted.owner()
                && hold.strand() == granted.strand() && granted.strand() != 0 && hold.fence() == granted.number();
    }

    void granted(Happening granted, Entry entry) {
        var id = granted.primitive().orElseThrow();
        boolean again = isReentry(granted);
        holds.put(id, new Hold(granted.owner(), granted.strand(), granted.number(), again ? holds.get(id).depth() + 1 : granted.units(),
                again ? holds.get(id).granted() : entry));
    }

    /** Something was given back; the hold that has ended with that, if one has. */
    Optional<Hold> gaveBack(Happening happening) {
        var id = happening.primitive().orElseThrow();
        var hold = holds.get(id);
        if (hold == null || hold.fence() != happening.number()) {
            return Optional.empty();
        }
        if (hold.depth() > 1 && !evidence.isFallingAsleep(happening) && happening.kind() != Happening.Kind.BROKEN) {
            holds.put(id, new Hold(hold.owner(), hold.strand(), hold.fence(), hold.depth() - 1, hold.granted()));
            return Optional.empty();
        }
        return Optional.of(holds.remove(id));
    }

    /** A process has ended; the locks it held. */
    List<PrimitiveId> ended(long owner) {
        var held = new ArrayList<PrimitiveId>();
        holds.forEach((id, hold) -> {
            if (hold.owner() == owner) {
                held.add(id);
            }
        });
        held.forEach(holds::remove);
        return held;
    }

    void over(PrimitiveId lock) {
        holds.remove(lock);
    }
}
