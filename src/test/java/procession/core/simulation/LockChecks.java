package procession.core.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import procession.core.Happening;
import procession.core.Obituary;
import procession.core.PrimitiveId;
import procession.core.Spec;
import procession.core.View;

/** Locks and their conditions: what their users know, and what the keeper says has happened. */
final class LockChecks {

    /** A hold as its user knows it. */
    private record Held(SimulatedProcess by, long strand, long fence, int depth) {}

    /** A hold as the keeper knows it. */
    private record Kept(long owner, long fence, int depth) {}

    /** What is set aside for the own grants of one process. */
    private record Loan(long owner, long first, long until) {
        boolean covers(long fence) {
            return first <= fence && fence < until;
        }
    }

    private record Asked(long owner, long request) {}

    /** A signal that is being carried out. */
    private static final class Signal {
        final Happening asked;
        final long toWake;
        long woken;

        Signal(Happening asked, long toWake) {
            this.asked = asked;
            this.toWake = toWake;
        }
    }

    private final Simulation simulation;
    private final Map<PrimitiveId, Held> users = new HashMap<>();
    private final Map<PrimitiveId, Held> lastHeld = new HashMap<>();
    private final Set<Long> brokenFences = new HashSet<>();
    private final Map<PrimitiveId, Loan> loans = new HashMap<>();
    private final List<Loan> brokenLoans = new ArrayList<>();
    private final Set<Long> goneFences = new HashSet<>();

    private final Map<PrimitiveId, Kept> keepers = new HashMap<>();
    private final Map<PrimitiveId, Long> lastDead = new HashMap<>();
    private final Map<PrimitiveId, Long> lastTold = new HashMap<>();
    private final Map<PrimitiveId, Long> told = new HashMap<>();
    private final Map<Asked, String> sent = new HashMap<>();
    private Signal signal;
    private long lastFenceOfAll;

    LockChecks(Simulation simulation) {
        this.simulation = simulation;
    }

    // As users see them.

    void granted(PrimitiveId lock, SimulatedProcess by, long strand, long fence, Optional<Obituary> abandoned) {
        var held = users.get(lock);
        boolean again = held != null && isReentrant(lock) && held.by() == by && held.strand() == strand && held.fence() == fence;
        if (again) {
            users.put(lock, new Held(by, strand, fence, held.depth() + 1));
        } else {
            gets(lock, by, strand, fence, 1, abandoned);
        }
    }

    void resumed(PrimitiveId lock, SimulatedProcess by, long strand, long fence, int depth, Optional<Obituary> abandoned) {
        gets(lock, by, strand, fence, depth, abandoned);
    }

    private void gets(PrimitiveId lock, SimulatedProcess by, long strand, long fence, int depth, Optional<Obituary> abandoned) {
        if (wasBroken(fence)) {
            return; // It was taken away before it arrived.
        }
        var held = users.get(lock);
        Law.ONE_HOLDER.holds(held == null || !held.by().isAlive(), "%s is held by %s and %s", lock, held == null ? "" : held.by(), by);
        var last = lastHeld.get(lock);
        // One that gave up a re-entry before it was granted gives it back late; until then, its hold goes on.
        boolean goesOn = last != null && isReentrant(lock) && last.by() == by && last.strand() == strand && last.fence() == fence;
        Law.FENCES_RISE.holds(last == null || fence > last.fence() || goesOn, "%s is granted to %s under %s again", lock, by, fence);
        abandoned.filter(who -> !who.outcome().startsWith("lost the lock")).ifPresent(who -> Law.DEATH_IS_TOLD.holds(
                simulation.isGone(who.owner()), "%s is said to be dead, and lives (%s)", who, lock));
        users.put(lock, new Held(by, strand, fence, depth));
        lastHeld.put(lock, users.get(lock));
    }

    /** One level is given back. */
    void released(PrimitiveId lock, long fence) {
        users.computeIfPresent(lock, (id, held) -> held.fence() != fence ? held : held.depth() == 1 ? null
                : new Held(held.by(), held.strand(), held.fence(), held.depth() - 1));
    }

    /** All levels are given up: to wait for a condition. */
    void gaveUp(PrimitiveId lock, long fence) {
        goneFences.add(fence);
        users.computeIfPresent(lock, (id, held) -> held.fence() == fence ? null : held);
    }

    /** Whether a hold is gone as a whole, so that a level of it that comes late cannot be returned. */
    boolean isGone(long fence) {
        return goneFences.contains(fence);
    }

    /** Whether a hold may have been taken away by hand. */
    boolean wasBroken(long fence) {
        return brokenFences.contains(fence) || brokenLoans.stream().anyMatch(loan -> loan.covers(fence));
    }

    void left(SimulatedProcess process) {
        users.values().removeIf(held -> held.by() == process);
    }

    // As the keeper saw it.

    void happened(PrimitiveId id, Happening happening) {
        switch (happening.kind()) {
            case ASKED -> {
                if (happening.detail().equals("Signal")) {
                    signalAsked(id, happening);
                }
            }
            case REFUSED -> signal = null;
            case SIGNALLED -> {
                if (signal != null) {
                    signal.woken++; // Otherwise it is passed on from one that has died.
                }
            }
            case ABANDONED -> {
                Law.DEATH_IS_TOLD.holds(Long.valueOf(happening.number()).equals(lastDead.get(id)), "%s, but it was held last by %s",
                        happening, lastDead.get(id));
                told.put(id, happening.number());
            }
            case GRANTED -> granted(id, happening);
            case RELEASED -> {
                boolean whole = happening.units() > 0; // It is given up to wait for a condition, or kept as a loan.
                if (gaveBack(id, whole) && !(whole && happening.detail().isEmpty())) {
                    loanEnds(id, happening.number());
                }
            }
            case RETURNED -> {
                if (gaveBack(id, false)) {
                    loanEnds(id, happening.number());
                    if (lastTold.containsKey(id)) {
                        lastDead.put(id, lastTold.get(id));
                    }
                }
            }
            case LENT -> loans.put(id, new Loan(happening.owner(), happening.number(), happening.number() + happening.units()));
            case CLAIMED -> {
                isLentTo(id, happening);
                keepers.put(id, new Kept(happening.owner(), happening.number(), happening.units()));
                if (happening.detail().isEmpty()) {
                    loans.remove(id);
                }
            }
            case HANDED_BACK -> {
                isLentTo(id, happening);
                loans.remove(id);
            }
            case BROKEN -> {
                brokenFences.add(happening.number());
                var kept = keepers.remove(id);
                var loan = loans.remove(id);
                lastDead.put(id, kept != null ? kept.owner() : loan.owner());
                gaveUp(id, happening.number());
                if (loan != null) {
                    brokenLoans.add(loan);
                    users.computeIfPresent(id, (lock, held) -> loan.covers(held.fence()) ? null : held);
                }
            }
            default -> { }
        }
    }

    void signalSent(SimulatedProcess by, long request, String condition) {
        sent.put(new Asked(by.owner().number(), request), condition);
    }

    private void signalAsked(PrimitiveId id, Happening happening) {
        var condition = sent.get(new Asked(happening.owner(), happening.request()));
        if (condition == null) {
            return; // A session passes a signal on that came too late for its user.
        }
        long sleeping = simulation.probe().view(id).orElseThrow().count("sleeping " + condition);
        signal = new Signal(happening, Math.min(happening.units(), sleeping));
    }

    /** Whatever a signal wakes is told at once: when something else happens, or nothing, all of it has been. */
    void signalEnds() {
        if (signal != null) {
            Law.SIGNAL_WAKES.holds(signal.woken == signal.toWake, "%s woke %s instead of %s", signal.asked, signal.woken, signal.toWake);
            signal = null;
        }
    }

    /** With the hold under this fence; the next loan, of the grant that follows, may have been told of before. */
    private void loanEnds(PrimitiveId id, long fence) {
        loans.computeIfPresent(id, (lock, loan) -> loan.covers(fence) ? null : loan);
    }

    private void isLentTo(PrimitiveId id, Happening happening) {
        var loan = loans.get(id);
        Law.ONE_HOLDER.holds(loan != null && loan.owner() == happening.owner() && loan.covers(happening.number())
                && !(keepers.containsKey(id) && keepers.get(id).fence() != happening.number()), "%s is lent by %s", happening, loan);
    }

    private boolean isReentrant(PrimitiveId id) {
        return simulation.spec(id) instanceof Spec.Lock lock && lock.reentrant();
    }

    /** Whether it is free with that. */
    private boolean gaveBack(PrimitiveId id, boolean all) {
        var kept = keepers.get(id);
        if (kept == null) {
            return false;
        }
        if (all || kept.depth() == 1) {
            keepers.remove(id);
            return true;
        }
        keepers.put(id, new Kept(kept.owner(), kept.fence(), kept.depth() - 1));
        return false;
    }

    private void granted(PrimitiveId id, Happening happening) {
        var kept = keepers.get(id);
        if (kept != null && isReentrant(id) && kept.owner() == happening.owner() && kept.fence() == happening.number()) {
            keepers.put(id, new Kept(kept.owner(), kept.fence(), kept.depth() + 1));
            return;
        }
        var loan = loans.get(id);
        Law.ONE_HOLDER.holds(kept == null && (loan == null || loan.first() == happening.number()), "%s, but it is held by %s and lent by %s",
                happening, kept, loan);
        fenceOf(happening);
        if (loan != null) {
            lastFenceOfAll = loan.until() - 1;
        }
        lastTold.remove(id);
        if (told.containsKey(id)) {
            lastTold.put(id, told.get(id));
        }
        Law.DEATH_IS_TOLD.holds(Objects.equals(lastDead.remove(id), told.remove(id)), "its last holder died, but that was not told: %s",
                happening);
        keepers.put(id, new Kept(happening.owner(), happening.number(), happening.units()));
    }

    /** Of a lock or of permits: they come from one counter. */
    void fenceOf(Happening granted) {
        Law.FENCES_RISE.holds(granted.number() > lastFenceOfAll, "%s", granted);
        lastFenceOfAll = granted.number();
    }

    void ended(long owner) {
        keepers.forEach((lock, kept) -> {
            if (kept.owner() == owner) {
                lastDead.put(lock, owner);
            }
        });
        keepers.values().removeIf(kept -> kept.owner() == owner);
        loans.forEach((lock, loan) -> {
            if (loan.owner() == owner) {
                lastDead.put(lock, owner);
            }
        });
        loans.values().removeIf(loan -> loan.owner() == owner);
    }

    // At rest.

    void atRest(PrimitiveId id, View view) {
        var held = Optional.ofNullable(users.get(id)).filter(hold -> hold.by().isAlive());
        Law.LOCK_IS_HELD_AS_KNOWN.holds(view.holds().stream().filter(hold -> !hold.isLent()).map(hold -> List.of(hold.owner(), hold.fence(), (long) hold.units())).toList()
                        .equals(held.map(hold -> List.of(List.of(hold.by().owner(), hold.fence(), (long) hold.depth()))).orElse(List.of())),
                "%s is held as its keeper says by %s, but as users know by %s", id, view, held);
    }
}
