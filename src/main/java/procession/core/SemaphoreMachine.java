package procession.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;
import procession.core.Command.AcquirePermits;
import procession.core.Command.ForSemaphore;
import procession.core.Command.ReleasePermits;

/**
 * A semaphore that knows who owes it permits.
 *
 * <p>A permit is owed by the process that took it, at most the initial count in all; a process's death returns what it owes. A release
 * by a process that owes nothing is a signal: it adds a permit and writes off the longest-owed one. So a death never changes
 * {@code value + owed}. Who wants no such memory takes and releases permits unowned: then they are only counted.
 *
 * <p>The bound is one for {@code value + owed}, not for the value alone: otherwise the death of one who owes could lift the value above
 * it later.
 *
 * <p>First come, first served: a big request is not overtaken by smaller ones behind it (as in Go's weighted semaphore,
 * golang.org/x/sync).
 *
 * @param spec how many permits it began with, which is also the most that can be owed; and whether it is bounded by that
 * @param value how many permits are there to take
 * @param debts what is owed, by fence, so oldest first
 * @param byOwner the fences of each owner's debts
 * @param owed the sum of the debts
 * @param waiting who waits
 */
record SemaphoreMachine(Spec.Semaphore spec, int value, TreePMap<Long, View.Hold> debts, HashPMap<Owner, TreePSet<Long>> byOwner,
        int owed, Waiting<AcquirePermits> waiting) implements Machine<SemaphoreMachine, ForSemaphore> {

    static SemaphoreMachine of(Spec.Semaphore spec) {
        return new SemaphoreMachine(spec, spec.permits(), TreePMap.empty(), HashTreePMap.empty(), 0, Waiting.nobody());
    }

    @Override
    public Step<SemaphoreMachine> on(Ticket ticket, ForSemaphore command, Allowance allowance) {
        return switch (command) {
            case AcquirePermits acquire -> with(waiting.with(ticket, acquire)).passedOn(new Step.Notes(allowance));
            case ReleasePermits release -> released(ticket, release, allowance);
        };
    }

    private Step<SemaphoreMachine> released(Ticket ticket, ReleasePermits release, Allowance allowance) {
        var next = release.owed() ? paidBy(ticket.owner(), release) : this;
        int most = spec.bounded() ? spec.permits() : Integer.MAX_VALUE;
        if ((long) value + next.owed + release.permits() > most) {
            return Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.TOO_MANY,
                    (spec.bounded() ? "The semaphore is bounded by " : "A semaphore counts to ") + most + " permits; it has " + value
                    + (owed == 0 ? "" : " and is owed " + owed) + ", so " + release.permits() + " more were not added.")));
        }
        var notes = new Step.Notes(allowance);
        notes.answer(ticket, new Reply.Done());
        return next.withValue(value + release.permits()).passedOn(notes);
    }

    private SemaphoreMachine paidBy(Owner owner, ReleasePermits release) {
        var next = this;
        for (int left = release.permits(); left > 0; ) {
            var debt = next.debtToPay(owner, release.fence());
            if (debt.isEmpty()) {
                break;
            }
            int paid = Math.min(left, debt.get().units());
            next = next.paid(debt.get(), paid);
            left -= paid;
        }
        return next;
    }

    /** The debt a release pays: the named one, else the releaser's oldest, else the oldest of all, which is thereby written off. */
    private Optional<View.Hold> debtToPay(Owner owner, long fence) {
        var named = debts.get(fence);
        if (named != null && named.owner().equals(owner)) {
            return Optional.of(named);
        }
        var own = byOwner.get(owner);
        if (own != null) {
            return Optional.of(debts.get(own.first()));
        }
        return debts.isEmpty() ? Optional.empty() : Optional.of(debts.firstEntry().getValue());
    }

    private SemaphoreMachine paid(View.Hold debt, int units) {
        if (debt.units() > units) {
            var less = new View.Hold(debt.owner(), debt.strand(), debt.fence(), debt.units() - units, debt.since());
            return new SemaphoreMachine(spec, value, debts.plus(debt.fence(), less), byOwner, owed - units, waiting);
        }
        var left = byOwner.get(debt.owner()).minus(debt.fence());
        return new SemaphoreMachine(spec, value, debts.minus(debt.fence()),
                left.isEmpty() ? byOwner.minus(debt.owner()) : byOwner.plus(debt.owner(), left), owed - units, waiting);
    }

    @Override
    public Step<SemaphoreMachine> expired(Ticket ticket, Allowance allowance) {
        if (waiting.wants(ticket) == null) {
            return Step.same(this);
        }
        var notes = new Step.Notes(allowance);
        notes.answer(ticket, new Reply.TimedOut(""));
        return with(waiting.without(ticket)).passedOn(notes);
    }

    @Override
    public Step<SemaphoreMachine> departed(Obituary obituary, Allowance allowance) {
        var next = with(waiting.without(obituary.owner()));
        int returned = 0;
        for (long fence : byOwner.getOrDefault(obituary.owner(), TreePSet.empty())) {
            var debt = debts.get(fence);
            next = next.paid(debt, debt.units());
            returned += debt.units();
        }
        return next.withValue(value + returned).passedOn(new Step.Notes(allowance));
    }

    /** Grants to the first in line as long as there is enough for it. */
    private Step<SemaphoreMachine> passedOn(Step.Notes notes) {
        var next = this;
        while (!next.waiting.isEmpty() && next.waiting.first().wants().permits() <= next.value) {
            var first = next.waiting.first();
            long fence = notes.fence();
            notes.answer(first.ticket(), new Reply.Granted(fence, first.wants().permits(), Optional.empty()));
            next = next.granted(first.ticket(), first.wants(), fence, notes.now());
        }
        return notes.step(next);
    }

    private SemaphoreMachine granted(Ticket ticket, AcquirePermits wanted, long fence, long now) {
        int owes = wanted.owed() ? Math.min(wanted.permits(), spec.permits() - owed) : 0;
        int left = value - wanted.permits();
        if (owes == 0) {
            return new SemaphoreMachine(spec, left, debts, byOwner, owed, waiting.without(ticket));
        }
        var debt = new View.Hold(ticket.owner(), ticket.strand(), fence, owes, now);
        var own = byOwner.getOrDefault(ticket.owner(), TreePSet.empty()).plus(fence);
        return new SemaphoreMachine(spec, left, debts.plus(fence, debt), byOwner.plus(ticket.owner(), own), owed + owes,
                waiting.without(ticket));
    }

    private SemaphoreMachine with(Waiting<AcquirePermits> line) {
        return new SemaphoreMachine(spec, value, debts, byOwner, owed, line);
    }

    private SemaphoreMachine withValue(int permits) {
        return new SemaphoreMachine(spec, permits, debts, byOwner, owed, waiting);
    }

    @Override
    public View view() {
        return new View(new InOrder<>(debts.values(), debt -> debt), waiting.tickets(), Map.of("value", (long) value, "owed", (long) owed));
    }

    @Override
    public SemaphoreMachine self() {
        return this;
    }
}
