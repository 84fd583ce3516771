package procession.core;

import java.util.List;
import java.util.Map;
import procession.core.Command.AwaitLatch;
import procession.core.Command.CountDown;
import procession.core.Command.ForLatch;

/**
 * A latch: whoever comes waits until the count is zero, and then it is for good.
 *
 * @param count how many are missing
 * @param waiting who waits; nobody while the count is zero
 */
record LatchMachine(int count, Waiting<AwaitLatch> waiting) implements Machine<LatchMachine, ForLatch> {

    static LatchMachine of(Spec.Latch spec) {
        return new LatchMachine(spec.count(), Waiting.nobody());
    }

    @Override
    public Step<LatchMachine> on(Ticket ticket, ForLatch command, Allowance allowance) {
        return switch (command) {
            case CountDown down -> countedDown(ticket, Math.max(0, count - down.by()), allowance);
            case AwaitLatch await when count == 0 -> Step.of(this, new Answer(ticket, new Reply.Done()));
            case AwaitLatch await -> Step.same(new LatchMachine(count, waiting.with(ticket, await)));
        };
    }

    private Step<LatchMachine> countedDown(Ticket ticket, int left, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        notes.answer(ticket, new Reply.Done());
        if (left > 0) {
            return notes.step(new LatchMachine(left, waiting));
        }
        waiting.tickets().forEach(waiter -> notes.answer(waiter, new Reply.Done()));
        return notes.step(new LatchMachine(0, Waiting.nobody()));
    }

    @Override
    public Step<LatchMachine> expired(Ticket ticket, Allowance allowance) {
        return waiting.wants(ticket) == null
                ? Step.same(this)
                : Step.of(new LatchMachine(count, waiting.without(ticket)), new Answer(ticket, new Reply.TimedOut("")));
    }

    @Override
    public Step<LatchMachine> departed(Obituary obituary, Allowance allowance) {
        return Step.same(new LatchMachine(count, waiting.without(obituary.owner())));
    }

    @Override
    public View view() {
        return new View(List.of(), waiting.tickets(), Map.of("count", (long) count));
    }

    @Override
    public LatchMachine self() {
        return this;
    }
}
