package procession.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import procession.core.Happening;

/** A barrier, played again in the simplest way. After a contradiction it knows nothing any more, and says nothing more. */
final class BarrierModel {

    private final Primitive barrier;
    private final Evidence evidence;
    private final Finding finding;
    private final Consumer<List<Call.Key>> complete;
    private final Map<Call.Key, Entry> line = new LinkedHashMap<>();
    /** Who has been let go of the round that is being let go. */
    private final List<Call.Key> going = new ArrayList<>();
    /** Who waits for the action of the last. */
    private final List<Call.Key> round = new ArrayList<>();
    private Call.Key acting;
    private boolean actionEnded;
    private boolean broken;
    private Entry lastGone;
    /** One of those who wait has ended, which must break it. */
    private long missed;
    private boolean lost;

    BarrierModel(Primitive barrier, Evidence evidence, Finding finding, Consumer<List<Call.Key>> complete) {
        this.barrier = barrier;
        this.evidence = evidence;
        this.finding = finding;
        this.complete = complete;
    }

    private void contradicts(String how, Entry... lines) {
        lost = true;
        finding.broken(barrier.title() + " " + how, lines);
    }

    void happened(Happening happening, Entry entry) {
        if (lost) {
            return;
        }
        var key = Call.Key.of(happening);
        switch (happening.kind()) {
            case ASKED -> asked(key, happening, entry);
            case PASSED -> {
                if (happening.detail().equals("acts")) {
                    acts(key, happening, entry);
                } else {
                    passed(key, happening, entry);
                }
            }
            case TIMED_OUT, REFUSED -> line.remove(key);
            case BROKEN -> breaks(true);
            case RESET -> breaks(false);
            default -> { }
        }
    }

    private void asked(Call.Key key, Happening asked, Entry entry) {
        if (asked.detail().equals("AwaitBarrier")) {
            line.put(key, entry);
        } else if (asked.detail().equals("ActionEnded") && new Call.Key(asked.owner(), asked.number()).equals(acting)) {
            actionEnded = true;
            if (round.isEmpty()) {
                acted();
            }
        }
    }

    private void acted() {
        going.add(acting);
        completed();
        acting = null;
        actionEnded = false;
    }

    private void completed() {
        complete.accept(List.copyOf(going));
        going.clear();
    }

    private void breaks(boolean forGood) {
        acting = null;
        actionEnded = false;
        round.clear();
        missed = 0;
        broken = forGood;
    }

    /** The last to come has something to do first. */
    private void acts(Call.Key key, Happening acts, Entry entry) {
        var here = new ArrayList<>(line.keySet());
        int place = here.indexOf(key);
        if (acting != null || place != barrier.size() - 1 || acts.number() != place) {
            contradicts("let " + evidence.name(key.owner()) + " act as number " + acts.number() + " of " + barrier.size() + " parties, but "
                    + (acting != null ? evidence.name(acting.owner()) + " was acting." : here.size() + " had come."), line.get(key), entry);
            return;
        }
        round.addAll(here.subList(0, place));
        here.subList(0, place + 1).forEach(line::remove);
        acting = key;
    }

    private void passed(Call.Key key, Happening passed, Entry entry) {
        boolean afterAction = actionEnded && !round.isEmpty();
        boolean isNext = afterAction ? round.getFirst().equals(key)
                : acting == null && line.containsKey(key) && line.keySet().iterator().next().equals(key);
        if (!isNext || passed.number() != going.size()) {
            contradicts("let " + evidence.name(key.owner()) + " go as number " + passed.number() + ", when it was not its turn.",
                    line.get(key), lastGone, entry);
            return;
        }
        lastGone = entry;
        going.add(key);
        if (afterAction) {
            round.removeFirst();
            if (round.isEmpty()) {
                acted();
            }
        } else {
            line.remove(key);
            if (going.size() == barrier.size()) {
                completed();
            }
        }
    }

    void departed(long owner) {
        boolean waited = line.keySet().stream().anyMatch(key -> key.owner() == owner)
                || round.stream().anyMatch(key -> key.owner() == owner) || (acting != null && acting.owner() == owner);
        if (waited && !broken) {
            missed = owner;
        }
        line.keySet().removeIf(key -> key.owner() == owner);
    }

    void stepEnded() {
        if (lost) {
            return;
        }
        if (missed != 0) {
            contradicts("was not broken by the end of " + evidence.name(missed) + ", which was waiting there.", evidence.endOf(missed));
        } else if (!going.isEmpty()) {
            contradicts("let " + going.size() + " of " + barrier.size() + " parties go.", lastGone);
        } else if (actionEnded) {
            contradicts("let " + evidence.name(acting.owner()) + " act, and then did not let the others go.", lastGone);
        } else if (acting == null && !broken && line.size() >= barrier.size()) {
            contradicts("let nobody go, though " + line.size() + " of " + barrier.size() + " parties had come.",
                    line.values().toArray(Entry[]::new));
        }
    }
}
