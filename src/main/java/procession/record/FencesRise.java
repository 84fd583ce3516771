package procession.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * Every new hold of a lock and every grant of permits has a higher fence than all before it, in the keeper's order; one level more of a
 * re-entrant hold repeats its fence. And so have the holds of each lock in the order in which their users were told of them, but for one
 * that was taken away before its user heard of it.
 */
final class FencesRise extends Law {

    private final Map<PrimitiveId, Happening> lastOfLock = new HashMap<>();
    private final Map<PrimitiveId, List<Entry>> told = new HashMap<>();
    private final Set<Long> takenAway = new HashSet<>();
    private final Map<PrimitiveId, Happening> loans = new HashMap<>();
    private final List<Happening> loansTakenAway = new ArrayList<>();
    private Entry highest;
    private boolean gap;

    FencesRise(Evidence evidence) {
        super("fences rise", "Every grant has a higher fence than all before it.", evidence);
    }

    @Override
    void happened(Happening happening, Entry entry) {
        gap |= evidence.keeperGap() != null;
        switch (happening.kind()) {
            case CLAIMED -> lastOfLock.put(happening.primitive().orElseThrow(), happening);
            case LENT -> loans.put(happening.primitive().orElseThrow(), happening);
            case BROKEN -> {
                takenAway.add(happening.number());
                var loan = loans.remove(happening.primitive().orElseThrow());
                if (loan != null) {
                    loansTakenAway.add(loan);
                }
            }
            case GRANTED -> granted(happening, entry);
            default -> { }
        }
    }

    private void granted(Happening granted, Entry entry) {
        var id = granted.primitive().orElseThrow();
        var before = lastOfLock.put(id, granted);
        if (highest == null || granted.number() > highest.happening().number()) {
            highest = entry;
        } else if (!isReentry(evidence.primitive(id), before, granted)) {
            broken(evidence.primitive(id).title() + " was granted to " + name(granted.owner()) + " under fence " + granted.number()
                    + ", and fence " + highest.happening().number() + " had been given before.", highest, entry);
        }
    }

    private boolean isReentry(Primitive primitive, Happening before, Happening granted) {
        if (before == null || primitive.is(Primitive.Kind.UNKNOWN)) {
            return gap;
        }
        return primitive.isReentrant() && granted.strand() != 0 && before.owner() == granted.owner()
                && before.strand() == granted.strand() && before.number() == granted.number() || gap && primitive.isReentrant();
    }

    @Override
    void returned(Line.Returned returned, Entry entry) {
        var call = evidence.of(returned);
        boolean holds = returned.outcome().equals("Resumed")
                || (returned.outcome().equals("Granted") && call.command().equals("AcquireLock"));
        if (holds && call.invoked != null) {
            told.computeIfAbsent(call.invoked.invoked().primitive(), lock -> new ArrayList<>()).add(entry);
        }
    }

    @Override
    void allRead() {
        told.forEach((lock, entries) -> {
            entries.sort((one, other) -> Long.compare(one.line().nanos(), other.line().nanos()));
            Entry before = null;
            for (var entry : entries) {
                if (canBeJudged(lock, entry.returned())) {
                    if (before != null && entry.returned().number() < before.returned().number()) {
                        broken(evidence.primitive(lock).title() + " was given to " + name(entry.returned().owner()) + " under fence "
                                + entry.returned().number() + " after " + name(before.returned().owner()) + " had it under fence "
                                + before.returned().number() + ".", before, entry);
                    }
                    before = entry;
                }
            }
        });
    }

    /** One that has left may hear late of what it lost with that. */
    private boolean canBeJudged(PrimitiveId lock, Line.Returned returned) {
        return !takenAway.contains(returned.number()) && loansTakenAway.stream().noneMatch(loan -> loan.number() <= returned.number()
                && returned.number() < loan.number() + loan.units()) && !evidence.hasLeft(returned.owner())
                && (evidence.gaps().isEmpty() || !evidence.mayBeBroken(lock))
                && (evidence.hasOrderlyEnd() || evidence.of(returned).answered != null);
    }
}
