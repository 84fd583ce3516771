package procession.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.TreePMap;
import procession.core.Command.AcquireReadWrite;
import procession.core.Command.ForReadWriteLock;
import procession.core.Command.ReleaseReadWrite;
import procession.core.Command.ReturnReadWrite;

/**
 * A read-write lock: many readers hold it, or one writer. First come, first served: nobody overtakes, so a reader behind a waiting writer
 * waits as well, and no writer starves.
 *
 * <p>The death of a writer is told with every grant until a writer gives the lock back: that one could see to what was half done, and those
 * who read before it could not.
 *
 * @param holds the grants that are out, by fence, so oldest first
 * @param written whether there is one, and a writer has it
 * @param line who waits
 * @param predecessor the writer that died with it, as long as that is told
 */
record ReadWriteLockMachine(
        TreePMap<Long, View.Hold> holds,
        boolean written,
        Waiting<AcquireReadWrite> line,
        Optional<Obituary> predecessor) implements Machine<ReadWriteLockMachine, ForReadWriteLock> {

    static final ReadWriteLockMachine FREE =
            new ReadWriteLockMachine(TreePMap.empty(), false, Waiting.nobody(), Optional.empty());

    @Override
    public Step<ReadWriteLockMachine> on(Ticket ticket, ForReadWriteLock command, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        return switch (command) {
            case AcquireReadWrite acquire -> with(line.with(ticket, acquire)).passedOn(notes);
            case ReleaseReadWrite release when isHeldBy(ticket, release.fence()) -> {
                notes.answer(ticket, new Reply.Done());
                yield without(release.fence(), written ? Optional.empty() : predecessor).passedOn(notes);
            }
            case ReturnReadWrite unused when isHeldBy(ticket, unused.fence()) -> {
                notes.answer(ticket, new Reply.Done());
                yield without(unused.fence(), predecessor).passedOn(notes);
            }
            case ReleaseReadWrite release -> notHeld(ticket, release.fence());
            case ReturnReadWrite unused -> notHeld(ticket, unused.fence());
        };
    }

    private boolean isHeldBy(Ticket ticket, long fence) {
        var hold = holds.get(fence);
        return hold != null && hold.owner().equals(ticket.owner());
    }

    private Step<ReadWriteLockMachine> notHeld(Ticket ticket, long fence) {
        return Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.NOT_HELD,
                "The lock is not held under fence " + fence + " any more; nothing was released.")));
    }

    private ReadWriteLockMachine without(long fence, Optional<Obituary> toTell) {
        return new ReadWriteLockMachine(holds.minus(fence), false, line, toTell);
    }

    /** Grants to the first in line as long as those who hold let it in. */
    private Step<ReadWriteLockMachine> passedOn(Step.Notes notes) {
        var next = this;
        while (!next.line.isEmpty() && next.letsIn(next.line.first().wants())) {
            next = next.granted(next.line.first().ticket(), next.line.first().wants().writes(), notes);
        }
        return notes.step(next);
    }

    private boolean letsIn(AcquireReadWrite first) {
        return holds.isEmpty() || (!written && !first.writes());
    }

    private ReadWriteLockMachine granted(Ticket ticket, boolean writes, Step.Notes notes) {
        long fence = notes.fence();
        notes.answer(ticket, new Reply.Granted(fence, 1, predecessor));
        var hold = new View.Hold(ticket.owner(), ticket.strand(), fence, 1, notes.now());
        return new ReadWriteLockMachine(holds.plus(fence, hold), writes, line.without(ticket), predecessor);
    }

    @Override
    public Step<ReadWriteLockMachine> expired(Ticket ticket, Allowance allowance) {
        if (line.wants(ticket) == null) {
            return Step.same(this);
        }
        var notes = new Step.Notes(allowance);
        notes.answer(ticket, new Reply.TimedOut(""));
        return with(line.without(ticket)).passedOn(notes); // Those behind a writer that gave up may read.
    }

    @Override
    public Step<ReadWriteLockMachine> departed(Obituary obituary, Allowance allowance) {
        var next = with(line.without(obituary.owner()));
        for (var hold : holds.values()) {
            if (hold.owner().equals(obituary.owner())) {
                next = next.without(hold.fence(), written ? Optional.of(obituary) : predecessor);
            }
        }
        return next.passedOn(new Step.Notes(allowance));
    }

    private ReadWriteLockMachine with(Waiting<AcquireReadWrite> next) {
        return new ReadWriteLockMachine(holds, written, next, predecessor);
    }

    @Override
    public List<View.Hold> holders() {
        return List.copyOf(holds.values());
    }

    @Override
    public View view() {
        return new View(new InOrder<>(holds.values(), hold -> hold), line.tickets(),
                Map.of("readers", written ? 0L : holds.size(), "writers", written ? 1L : 0L));
    }

    @Override
    public ReadWriteLockMachine self() {
        return this;
    }
}
