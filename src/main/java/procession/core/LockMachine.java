package procession.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import procession.core.Command.AcquireLock;
import procession.core.Command.AwaitCondition;
import procession.core.Command.BreakLock;
import procession.core.Command.ClaimLock;
import procession.core.Command.ForLock;
import procession.core.Command.KeepLock;
import procession.core.Command.ReleaseLock;
import procession.core.Command.ReturnLoan;
import procession.core.Command.ReturnLock;
import procession.core.Command.Signal;

/**
 * A lock with its conditions: at most one hold is out. First come, first served; the grant after a death says whose.
 *
 * <p>A hold of a re-entrant lock has a depth, and belongs to a thread: the same thread is granted once more at once, under the same
 * fence. Whoever waits for a condition gives the lock up at whatever depth, sleeps until a signal or its time-out, and then waits in the
 * line of the lock like everyone else, to get it back at that depth under a new fence. So a time-out never answers it; it only wakes it.
 *
 * <p>An asker that gave up before its re-entry was granted returns that level later. Should it wait for a condition before it does, the
 * level is gone with the hold: it gets back only what it knew that it had.
 *
 * @param reentrant whether the holding thread may acquire it again
 * @param held the hold that is out; its units are its depth
 * @param line who waits for the lock; nobody while no hold is out
 * @param sleeping who waits for a signal, by condition
 * @param predecessor who died holding it before: what the next grant says or, while one is out, what that one said
 * @param lending whether it is lent: then the hold that is out, or none, is what its borrower has told of
 */
record LockMachine(
        boolean reentrant,
        Optional<View.Hold> held,
        Waiting<Claim> line,
        HashPMap<String, Waiting<Integer>> sleeping,
        Optional<Obituary> predecessor,
        Lending lending) implements Machine<LockMachine, ForLock> {

    /** What somebody in the line gets: the lock, at a depth; and the condition that it has waited for, if it has. */
    record Claim(int depth, Reason reason, String condition) {}

    /** Why somebody is in the line. */
    enum Reason {
        /** It asked for the lock. */
        ACQUIRE,
        /** It waited for a condition, and was signalled. */
        SIGNALLED,
        /** It waited for a condition for long enough. */
        UNSIGNALLED
    }

    private static final Claim ONCE = new Claim(1, Reason.ACQUIRE, "");

    static LockMachine of(Spec.Lock spec, boolean lent) {
        return new LockMachine(spec.reentrant(), Optional.empty(), Waiting.nobody(), HashTreePMap.empty(), Optional.empty(),
                lent ? Lending.WILLING : Lending.NEVER);
    }

    @Override
    public Step<LockMachine> on(Ticket ticket, ForLock command, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        return switch (command) {
            case AcquireLock acquire when isReentry(ticket) -> deeper(ticket, notes);
            case AcquireLock acquire -> with(line.with(ticket, ONCE)).passedOn(notes);
            case ReleaseLock release -> released(ticket, release.fence(), Optional.empty(), notes);
            case ReturnLock unused -> released(ticket, unused.fence(), predecessor, notes);
            case KeepLock keep -> kept(ticket, keep.fence(), notes);
            case ClaimLock claim -> claimed(ticket, claim, notes);
            case ReturnLoan loan -> handedBack(ticket, loan.fence(), notes);
            case AwaitCondition await -> slept(ticket, await, notes);
            case Signal signal -> signalled(ticket, signal, notes);
            case BreakLock breaking -> broken(ticket, breaking, notes);
        };
    }

    // The hold.

    /** Calls without a thread have no way back into a hold: nobody could tell whose it is. */
    private boolean isReentry(Ticket ticket) {
        return reentrant && ticket.strand() != 0
                && held.filter(hold -> hold.owner().equals(ticket.owner()) && hold.strand() == ticket.strand()).isPresent();
    }

    private Step<LockMachine> deeper(Ticket ticket, Step.Notes notes) {
        var hold = held.orElseThrow();
        if (hold.units() == Integer.MAX_VALUE) {
            notes.answer(ticket, new Reply.Refused(Refusals.TOO_MANY, "The lock is held " + hold.units() + " times over already."));
            return notes.step(this);
        }
        notes.answer(ticket, new Reply.Granted(hold.fence(), 1, Optional.empty()));
        return notes.step(with(Optional.of(atDepth(hold, hold.units() + 1))));
    }

    private static View.Hold atDepth(View.Hold hold, int depth) {
        return new View.Hold(hold.owner(), hold.strand(), hold.fence(), depth, hold.since());
    }

    private boolean isHeldBy(Ticket ticket, long fence) {
        return held.filter(hold -> hold.fence() == fence && hold.owner().equals(ticket.owner())).isPresent();
    }

    private Step<LockMachine> notHeld(Ticket ticket, long fence, String what) {
        return Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.NOT_HELD,
                "The lock is not held under fence " + fence + " any more; " + what)));
    }

    private Step<LockMachine> released(Ticket ticket, long fence, Optional<Obituary> toTell, Step.Notes notes) {
        if (!isHeldBy(ticket, fence)) {
            return notHeld(ticket, fence, "nothing was released.");
        }
        notes.answer(ticket, new Reply.Done());
        var hold = held.orElseThrow();
        return hold.units() > 1
                ? notes.step(with(Optional.of(atDepth(hold, hold.units() - 1))))
                : freed(toTell).passedOn(notes);
    }

    /** Whoever held it finds its fence refused; whoever gets it next is told as after a death, as what it guards may be half changed. */
    private Step<LockMachine> broken(Ticket ticket, BreakLock breaking, Step.Notes notes) {
        var hold = held.or(this::lent).orElse(null);
        if (hold == null) {
            return Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.NOT_HELD,
                    "Nobody holds the lock; there was nothing to break.")));
        }
        callIn(notes); // Its borrower is to know that the loan is void.
        notes.note(Happening.Kind.BROKEN, ticket, hold.fence(), hold.units(), breaking.holder() + " held it, " + breaking.by() + " broke it");
        notes.answer(ticket, new Reply.Done());
        return freed(Optional.of(new Obituary(hold.owner(), breaking.holder(), "lost the lock: " + breaking.by() + " broke it", false)))
                .passedOn(notes);
    }

    /** Grants the lock to the first in line, if it is free and there is one. */
    private Step<LockMachine> passedOn(Step.Notes notes) {
        if (line.isEmpty()) {
            return notes.step(this);
        }
        if (lending.isLent()) {
            return notes.step(with(callIn(notes)));
        }
        if (held.isPresent()) {
            return notes.step(this);
        }
        var next = line.first().ticket();
        var claim = line.first().wants();
        long fence = notes.fence();
        var loan = loan(next, claim, fence, notes);
        notes.answer(next, switch (claim.reason()) {
            case ACQUIRE -> new Reply.Granted(fence, 1, predecessor, loan.map(Lending.Loan::until).orElse(0L));
            case SIGNALLED -> new Reply.Resumed(fence, claim.depth(), predecessor, true);
            case UNSIGNALLED -> new Reply.Resumed(fence, claim.depth(), predecessor, false);
        });
        var hold = new View.Hold(next.owner(), next.strand(), fence, claim.depth(), notes.now());
        return notes.step(new LockMachine(reentrant, Optional.of(hold), line.without(next), sleeping, predecessor,
                lending.granted(next.owner(), loan)));
    }

    // The loan.

    private Optional<Lending.Loan> loan(Ticket next, Claim claim, long fence, Step.Notes notes) {
        if (line.size() > 1 || claim.reason() != Reason.ACQUIRE || !lending.mayLendTo(next)) {
            return Optional.empty();
        }
        long until = notes.fencesUntil(fence + Lending.FENCES);
        notes.note(Happening.Kind.LENT, next, fence, Lending.FENCES, "");
        return Optional.of(new Lending.Loan(next.owner(), fence, until, false, notes.now()));
    }

    private Lending callIn(Step.Notes notes) {
        if (lending.loan().filter(loan -> !loan.calledIn()).isEmpty()) {
            return lending;
        }
        var loan = lending.loan().get();
        notes.note(Happening.Kind.CALLED_IN, new Ticket(loan.borrower(), 0, 0), loan.first(), 0, "");
        return lending.calledIn();
    }

    @Override
    public boolean isLent() {
        return lending.isLent();
    }

    private Optional<View.Hold> lent() {
        return lending.loan().map(Lending.Loan::shown);
    }

    /** The borrower gives the lock up and keeps the loan, unless that has been taken away. */
    private Step<LockMachine> kept(Ticket ticket, long fence, Step.Notes notes) {
        if (!isHeldBy(ticket, fence) || !lending.isLentTo(ticket.owner())) {
            return notHeld(ticket, fence, "nothing was released.");
        }
        notes.note(Happening.Kind.RELEASED, ticket, fence, held.orElseThrow().units(), "");
        notes.answer(ticket, new Reply.Done());
        return new LockMachine(reentrant, Optional.empty(), line, sleeping, Optional.empty(), lending).passedOn(notes);
    }

    private Step<LockMachine> claimed(Ticket ticket, ClaimLock claim, Step.Notes notes) {
        if (!lending.isLentTo(ticket.owner()) || !lending.loan().orElseThrow().covers(claim.fence())) {
            return notHeld(ticket, claim.fence(), "it is not lent to its claimant.");
        }
        notes.note(Happening.Kind.CLAIMED, ticket, claim.fence(), claim.depth(), claim.kept() ? "lent still" : "");
        notes.answer(ticket, new Reply.Done());
        var hold = new View.Hold(ticket.owner(), ticket.strand(), claim.fence(), claim.depth(), claim.since());
        var next = claim.kept() ? lending : lending.ended(claim.fence());
        return new LockMachine(reentrant, Optional.of(hold), line, sleeping, predecessor, next).passedOn(notes);
    }

    private Step<LockMachine> handedBack(Ticket ticket, long fence, Step.Notes notes) {
        if (!lending.isLentTo(ticket.owner()) || !lending.loan().orElseThrow().covers(fence)) {
            return notHeld(ticket, fence, "it is not lent to who gives it back.");
        }
        notes.note(Happening.Kind.HANDED_BACK, ticket, fence, 0, "");
        notes.answer(ticket, new Reply.Done());
        return new LockMachine(reentrant, Optional.empty(), line, sleeping, Optional.empty(), lending.ended(fence)).passedOn(notes);
    }

    // The conditions.

    private Step<LockMachine> slept(Ticket ticket, AwaitCondition await, Step.Notes notes) {
        if (!isHeldBy(ticket, await.fence())) {
            return notHeld(ticket, await.fence(), "a condition is waited for by who holds its lock.");
        }
        notes.note(Happening.Kind.RELEASED, ticket, await.fence(), held.orElseThrow().units(), await.condition());
        int depth = Math.clamp(await.depth(), 1, held.orElseThrow().units());
        var sleepers = sleeping.getOrDefault(await.condition(), Waiting.nobody()).with(ticket, depth);
        return freed(Optional.empty()).with(sleeping.plus(await.condition(), sleepers)).passedOn(notes);
    }

    private Step<LockMachine> signalled(Ticket ticket, Signal signal, Step.Notes notes) {
        if (!isHeldBy(ticket, signal.fence())) {
            return notHeld(ticket, signal.fence(), "a condition is signalled by who holds its lock.");
        }
        var next = this;
        for (int left = signal.waiters(); left > 0; left--) {
            var sleepers = next.sleeping.get(signal.condition());
            if (sleepers == null) {
                break;
            }
            next = next.firstWoken(signal.condition(), notes);
        }
        notes.answer(ticket, new Reply.Done());
        return notes.step(next);
    }

    private LockMachine firstWoken(String condition, Step.Notes notes) {
        var first = sleeping.get(condition).first().ticket();
        notes.note(Happening.Kind.SIGNALLED, first, 0, 0, condition);
        return woken(condition, first, Reason.SIGNALLED);
    }

    private LockMachine woken(String condition, Ticket sleeper, Reason reason) {
        int depth = sleeping.get(condition).wants(sleeper);
        return with(line.with(sleeper, new Claim(depth, reason, condition))).withoutSleeper(condition, sleeper);
    }

    private LockMachine withoutSleeper(String condition, Ticket sleeper) {
        var rest = sleeping.get(condition).without(sleeper);
        return with(rest.isEmpty() ? sleeping.minus(condition) : sleeping.plus(condition, rest));
    }

    // Time and death.

    @Override
    public Step<LockMachine> expired(Ticket ticket, Allowance allowance) {
        var claim = line.wants(ticket);
        if (claim != null && claim.reason() == Reason.ACQUIRE) {
            return Step.of(with(line.without(ticket)), new Answer(ticket, new Reply.TimedOut("")));
        }
        for (var condition : sleeping.entrySet()) {
            if (condition.getValue().wants(ticket) != null) {
                return woken(condition.getKey(), ticket, Reason.UNSIGNALLED).passedOn(new Step.Notes(allowance));
            }
        }
        return Step.same(this);
    }

    @Override
    public Step<LockMachine> departed(Obituary obituary, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        var next = without(obituary.owner()).signalledInsteadOf(obituary.owner(), line, notes);
        boolean heldByIt = held.filter(hold -> hold.owner().equals(obituary.owner())).isPresent() || lending.isLentTo(obituary.owner());
        return heldByIt ? next.freed(Optional.of(obituary)).passedOn(notes) : notes.step(next);
    }

    private LockMachine without(Owner owner) {
        var next = with(line.without(owner));
        for (var condition : sleeping.entrySet()) {
            for (var sleeper : condition.getValue().of(owner)) {
                next = next.withoutSleeper(condition.getKey(), sleeper.ticket());
            }
        }
        return next;
    }

    /** A signal that woke one which has ended before it had the lock goes to the next: the one that it was for will not act on it. */
    private LockMachine signalledInsteadOf(Owner owner, Waiting<Claim> before, Step.Notes notes) {
        var next = this;
        for (var lost : before.of(owner)) {
            var condition = lost.wants().condition();
            if (lost.wants().reason() == Reason.SIGNALLED && next.sleeping.containsKey(condition)) {
                next = next.firstWoken(condition, notes);
            }
        }
        return next;
    }

    private LockMachine with(Optional<View.Hold> hold) {
        return new LockMachine(reentrant, hold, line, sleeping, predecessor, lending);
    }

    private LockMachine with(Waiting<Claim> next) {
        return new LockMachine(reentrant, held, next, sleeping, predecessor, lending);
    }

    private LockMachine with(HashPMap<String, Waiting<Integer>> next) {
        return new LockMachine(reentrant, held, line, next, predecessor, lending);
    }

    private LockMachine with(Lending next) {
        return new LockMachine(reentrant, held, line, sleeping, predecessor, next);
    }

    /** Neither held nor lent any more. */
    private LockMachine freed(Optional<Obituary> toTell) {
        return new LockMachine(reentrant, Optional.empty(), line, sleeping, toTell, lending.withoutLoan());
    }

    @Override
    public View view() {
        var counts = new HashMap<String, Long>();
        var lines = new ArrayList<List<Ticket>>();
        sleeping.forEach((condition, waiters) -> {
            counts.put("sleeping " + condition, (long) waiters.size());
            lines.add(waiters.tickets());
        });
        var sleepers = new Joined<>(lines);
        counts.put("sleeping", (long) sleepers.size());
        if (held.isEmpty() && lending.isLent()) {
            counts.put("lent", 1L);
        }
        return new View(held.or(this::lent).map(List::of).orElse(List.of()), line.tickets(), sleepers, Map.copyOf(counts));
    }

    @Override
    public LockMachine self() {
        return this;
    }
}
