package procession.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import procession.core.Command.AcquireLock;
import procession.core.Command.ForLock;
import procession.core.Command.ReleaseLock;
import procession.core.Command.ReturnLock;

/**
 * A lock: at most one grant is out. First come, first served; the grant after a death says whose.
 *
 * @param held the grant that is out
 * @param waiting who waits; nobody while no grant is out
 * @param predecessor who died holding it before: what the next grant says or, while one is out, what that one said
 */
record LockMachine(Optional<View.Hold> held, Waiting<AcquireLock> waiting, Optional<Obituary> predecessor)
        implements Machine<LockMachine, ForLock> {

    static final LockMachine FREE = new LockMachine(Optional.empty(), Waiting.nobody(), Optional.empty());

    @Override
    public Step<LockMachine> on(Ticket ticket, ForLock command, Allowance allowance) {
        return switch (command) {
            case AcquireLock acquire -> new LockMachine(held, waiting.with(ticket, acquire), predecessor)
                    .passedOn(new Step.Notes(allowance));
            case ReleaseLock release -> released(ticket, release.fence(), Optional.empty(), allowance);
            case ReturnLock unused -> released(ticket, unused.fence(), predecessor, allowance);
        };
    }

    private Step<LockMachine> released(Ticket ticket, long fence, Optional<Obituary> toTell, Allowance allowance) {
        if (held.isEmpty() || held.get().fence() != fence || !held.get().owner().equals(ticket.owner())) {
            return Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.NOT_HELD,
                    "The lock is not held under fence " + fence + " any more; nothing was released.")));
        }
        var notes = new Step.Notes(allowance);
        notes.answer(ticket, new Reply.Done());
        return new LockMachine(Optional.empty(), waiting, toTell).passedOn(notes);
    }

    @Override
    public Step<LockMachine> expired(Ticket ticket, Allowance allowance) {
        return waiting.wants(ticket) == null
                ? Step.same(this)
                : Step.of(new LockMachine(held, waiting.without(ticket), predecessor), new Answer(ticket, new Reply.TimedOut("")));
    }

    @Override
    public Step<LockMachine> departed(Obituary obituary, Allowance allowance) {
        var rest = waiting.without(obituary.owner());
        boolean heldByIt = held.isPresent() && held.get().owner().equals(obituary.owner());
        return heldByIt
                ? new LockMachine(Optional.empty(), rest, Optional.of(obituary)).passedOn(new Step.Notes(allowance))
                : Step.same(new LockMachine(held, rest, predecessor));
    }

    /** Grants the lock to the first in line, if it is free and there is one. */
    private Step<LockMachine> passedOn(Step.Notes notes) {
        if (held.isPresent() || waiting.isEmpty()) {
            return notes.step(this);
        }
        var next = waiting.first().ticket();
        long fence = notes.fence();
        notes.answer(next, new Reply.Granted(fence, 1, predecessor));
        var hold = new View.Hold(next.owner(), next.strand(), fence, 1, notes.now());
        return notes.step(new LockMachine(Optional.of(hold), waiting.without(next), predecessor));
    }

    @Override
    public View view() {
        return new View(held.map(List::of).orElse(List.of()), waiting.tickets(), Map.of());
    }

    @Override
    public LockMachine self() {
        return this;
    }
}
