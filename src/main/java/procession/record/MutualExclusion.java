package procession.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * A lock is held once at a time, by its users' own clocks. A hold lasts from when its user is about to be told of the grant to when it is
 * about to give the last level back or up (to wait for a condition), or until the lock is taken away by hand or the process has ended. Two
 * holds of one lock, of different processes or of different threads of one, have no moment in common.
 *
 * <p>Where the record has gaps, only holds are judged whose ends their users have told, of locks that nobody tried to take away. Where it
 * was cut short, only those that the keeper has told of.
 */
final class MutualExclusion extends Law {

    /** Names a hold; a lock is never granted under one fence again. */
    private record Fenced(PrimitiveId lock, long fence) {}

    /** A hold as its user knows it. */
    private static final class Held {
        final Fenced fenced;
        final Call call;
        final Entry begun;
        int depth;
        Entry ended;

        Held(Fenced fenced, Call call, Entry begun, int depth) {
            this.fenced = fenced;
            this.call = call;
            this.begun = begun;
            this.depth = depth;
        }

        long from() {
            return begun.line().nanos();
        }

        long until() {
            return ended == null ? Long.MAX_VALUE : ended.line().nanos();
        }

        long owner() {
            return call.key.owner();
        }
    }

    private final Map<Fenced, Held> holds = new HashMap<>();
    private final Map<Fenced, Entry> broken = new HashMap<>();
    private final Map<PrimitiveId, Happening> loans = new HashMap<>();
    private final Map<Happening, Entry> brokenLoans = new HashMap<>();
    private final List<Held> all = new ArrayList<>();

    MutualExclusion(Evidence evidence) {
        super("mutual exclusion", "A lock is held once at a time, by its users' own clocks.", evidence);
    }

    @Override
    boolean suffersFromGaps() {
        return true;
    }

    @Override
    void returned(Line.Returned returned, Entry entry) {
        var call = evidence.of(returned);
        if (call.invoked == null || !isOfLock(call)) {
            return;
        }
        if (returned.outcome().equals("Granted") || returned.outcome().equals("Resumed")) {
            var fenced = new Fenced(call.invoked.invoked().primitive(), returned.number());
            var known = holds.get(fenced);
            if (known == null) {
                holds.put(fenced, new Held(fenced, call, entry, returned.units()));
            } else if (known.owner() == returned.owner() && known.call.strand() == call.strand()) {
                known.depth++;
            } else {
                broken(evidence.primitive(fenced.lock()).title() + " was granted twice under fence " + returned.number() + ": to "
                        + name(known.owner()) + ", and to " + name(returned.owner()) + ".", known.begun, entry);
            }
        }
    }

    private static boolean isOfLock(Call call) {
        return call.command().equals("AcquireLock") || call.command().equals("AwaitCondition");
    }

    @Override
    void invoked(Line.Invoked invoked, Entry entry) {
        var hold = holds.get(new Fenced(invoked.primitive(), invoked.number()));
        if (hold == null || hold.ended != null || hold.owner() != invoked.owner()) {
            return;
        }
        boolean ends = switch (invoked.command()) {
            case "ReleaseLock" -> --hold.depth <= 0;
            case "AwaitCondition", "KeepLock" -> true;
            // A thread returns only re-entries that it was not told of.
            case "ReturnLock" -> hold.call.strand() == 0;
            default -> false;
        };
        if (ends) {
            hold.ended = entry;
        }
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.BROKEN && happening.number() != 0) {
            broken.put(new Fenced(happening.primitive().orElseThrow(), happening.number()), entry);
            var loan = loans.remove(happening.primitive().orElseThrow());
            if (loan != null) {
                brokenLoans.put(loan, entry);
            }
        } else if (happening.kind() == Happening.Kind.LENT) {
            loans.put(happening.primitive().orElseThrow(), happening);
        }
    }

    @Override
    void allRead() {
        var byLock = new HashMap<PrimitiveId, List<Held>>();
        for (var hold : holds.values()) {
            end(hold, broken.get(hold.fenced));
            var taken = brokenLoan(hold.fenced);
            if (taken != null && taken.line().nanos() <= hold.from()) {
                continue; // Its borrower had not heard of it; the fence tells what it does from what the next holder does.
            }
            end(hold, taken);
            end(hold, evidence.endOf(hold.owner()));
            all.add(hold);
            if (canBeJudged(hold)) {
                byLock.computeIfAbsent(hold.fenced.lock(), lock -> new ArrayList<>()).add(hold);
            }
        }
        byLock.values().forEach(this::apart);
    }

    /** All holds, in the order of their fences. */
    List<Hold> holds() {
        return all.stream().map(hold -> new Hold(hold.fenced.lock(), name(hold.owner()), hold.call.strand(),
                        hold.fenced.fence(), hold.from(), hold.until()))
                .sorted(Comparator.comparingLong(Hold::fence)).toList();
    }

    private Entry brokenLoan(Fenced fenced) {
        return brokenLoans.entrySet().stream().filter(broken -> broken.getKey().primitive().orElseThrow().equals(fenced.lock())
                && broken.getKey().number() <= fenced.fence() && fenced.fence() < broken.getKey().number() + broken.getKey().units())
                .map(Map.Entry::getValue).findFirst().orElse(null);
    }

    private static void end(Held hold, Entry by) {
        if (by != null && by.line().nanos() < hold.until()) {
            hold.ended = by;
        }
    }

    private boolean canBeJudged(Held hold) {
        if (!evidence.gaps().isEmpty() && (hold.ended == null || evidence.mayBeBroken(hold.fenced.lock()))) {
            return false;
        }
        return evidence.hasOrderlyEnd() || hold.call.answered != null;
    }

    private void apart(List<Held> ofOneLock) {
        ofOneLock.sort((one, other) -> Long.compare(one.from(), other.from()));
        Held longest = null;
        for (var hold : ofOneLock) {
            if (longest != null && hold.from() < longest.until() && hold.from() < hold.until()) {
                broken(evidence.primitive(hold.fenced.lock()).title() + " was held by two at once: by " + who(longest) + ", and by "
                        + who(hold) + ".", longest.begun, hold.begun, longest.ended);
            }
            if (longest == null || hold.until() > longest.until()) {
                longest = hold;
            }
        }
    }

    private String who(Held hold) {
        return name(hold.owner()) + (hold.call.strand() == 0 ? "" : ", thread " + hold.call.strand()) + " (fence " + hold.fenced.fence()
                + ")";
    }
}
