package procession.record;

import java.util.HashMap;
import java.util.Map;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * Whoever gets a lock first after its holder (or who had it on loan) died, or lost it by hand, is told of that one; and nobody else is told. One that gives the
 * lock back unused leaves it to the next to be told.
 */
final class DeathIsTold extends Law {

    /** A death that the next holder is to be told of: whose, and which line says so. */
    private record Death(long owner, Entry line) {}

    private final KeptLocks kept;
    private final Map<PrimitiveId, Death> untold = new HashMap<>();
    private final Map<PrimitiveId, Entry> telling = new HashMap<>();
    private final Map<PrimitiveId, Death> toldLast = new HashMap<>();

    DeathIsTold(Evidence evidence) {
        super("deaths are told", "Who gets a lock next after its holder died is told so, and nobody else is.", evidence);
        kept = new KeptLocks(evidence);
    }

    @Override
    boolean followsTheKeeper() {
        return true;
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.PROCESS_ENDED) {
            kept.ended(happening.owner()).forEach(lock -> untold.put(lock, new Death(happening.owner(), entry)));
        }
        happening.primitive().filter(id -> evidence.primitive(id).is(Primitive.Kind.LOCK)).ifPresent(id -> ofLock(id, happening, entry));
    }

    private void ofLock(PrimitiveId id, Happening happening, Entry entry) {
        switch (happening.kind()) {
            case LENT -> kept.lent(happening, entry);
            case CLAIMED -> kept.claimed(happening, entry);
            case HANDED_BACK -> kept.handedBack(happening);
            case ABANDONED -> telling.put(id, entry);
            case GRANTED -> {
                if (!kept.isReentry(happening)) {
                    granted(id, untold.remove(id), telling.remove(id), entry);
                }
                kept.granted(happening, entry);
            }
            case RELEASED -> kept.gaveBack(happening);
            case RETURNED -> kept.gaveBack(happening).filter(hold -> toldLast.containsKey(id))
                    .ifPresent(hold -> untold.put(id, toldLast.get(id)));
            case BROKEN -> {
                var borrower = kept.loan(id).map(KeptLocks.Loan::owner);
                kept.gaveBack(happening).map(KeptLocks.Hold::owner).or(() -> borrower)
                        .ifPresent(owner -> untold.put(id, new Death(owner, entry)));
            }
            case OVER -> kept.over(id);
            default -> { }
        }
    }

    private void granted(PrimitiveId id, Death death, Entry told, Entry entry) {
        var label = evidence.primitive(id).title();
        var next = name(entry.happening().owner());
        toldLast.remove(id);
        if (death != null) {
            toldLast.put(id, death);
        }
        if (told == null && death != null) {
            broken(label + " was granted to " + next + ", which was not told that " + name(death.owner()) + " had lost it.", death.line(),
                    entry);
        } else if (told != null && death == null) {
            broken(label + " was granted to " + next + ", which was told that " + name(told.happening().number())
                    + " had lost it, but it had not.", told, entry);
        } else if (told != null && told.happening().number() != death.owner()) {
            broken(label + " was granted to " + next + ", which was told of " + name(told.happening().number()) + " instead of "
                    + name(death.owner()) + ".", death.line(), told, entry);
        }
    }
}
