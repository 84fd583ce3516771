package procession.core;

import java.util.List;
import java.util.Map;
import procession.core.Command.AddToCounter;
import procession.core.Command.AwaitCounter;
import procession.core.Command.ForCounter;
import procession.core.Command.SetCounter;

/**
 * A counter. Whoever waits is answered as soon as it is so high: what happens to it later does not reach them.
 *
 * @param value what it is
 * @param waiting who waits for more
 */
record CounterMachine(long value, Waiting<AwaitCounter> waiting) implements Machine<CounterMachine, ForCounter> {

    static CounterMachine of(Spec.Counter spec) {
        return new CounterMachine(spec.initial(), Waiting.nobody());
    }

    @Override
    public Step<CounterMachine> on(Ticket ticket, ForCounter command, Allowance allowance) {
        return switch (command) {
            case AddToCounter add when overflows(add.delta()) -> Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.OVERFLOW,
                    "It is " + value + "; with " + add.delta() + " added it would be beyond the range of a long. Nothing was added.")));
            case AddToCounter add -> {
                var notes = new Step.Notes(allowance);
                notes.answer(ticket, new Reply.Counted(value + add.delta(), true));
                yield changed(ticket, value + add.delta(), "add " + add.delta(), notes);
            }
            case SetCounter set when set.expected().isPresent() && set.expected().get() != value ->
                    Step.of(this, new Answer(ticket, new Reply.Counted(value, false)));
            case SetCounter set -> {
                var notes = new Step.Notes(allowance);
                notes.answer(ticket, new Reply.Counted(value, true));
                yield changed(ticket, set.value(), set.expected().map(expected -> "set if " + expected).orElse("set"), notes);
            }
            case AwaitCounter await when value >= await.atLeast() ->
                    Step.of(this, new Answer(ticket, new Reply.Counted(value, false)));
            case AwaitCounter await -> Step.same(new CounterMachine(value, waiting.with(ticket, await)));
        };
    }

    private boolean overflows(long delta) {
        long sum = value + delta;
        return ((value ^ sum) & (delta ^ sum)) < 0;
    }

    private Step<CounterMachine> changed(Ticket ticket, long next, String how, Step.Notes notes) {
        notes.note(Happening.Kind.COUNTED, ticket, next, 0, how);
        var rest = waiting;
        for (var waiter : waiting.tickets()) {
            if (next >= waiting.wants(waiter).atLeast()) {
                notes.answer(waiter, new Reply.Counted(next, false));
                rest = rest.without(waiter);
            }
        }
        return notes.step(new CounterMachine(next, rest));
    }

    @Override
    public Step<CounterMachine> expired(Ticket ticket, Allowance allowance) {
        return waiting.wants(ticket) == null
                ? Step.same(this)
                : Step.of(new CounterMachine(value, waiting.without(ticket)), new Answer(ticket, new Reply.TimedOut("")));
    }

    @Override
    public Step<CounterMachine> departed(Obituary obituary, Allowance allowance) {
        return Step.same(new CounterMachine(value, waiting.without(obituary.owner())));
    }

    @Override
    public View view() {
        return new View(List.of(), waiting.tickets(), Map.of("value", value));
    }

    @Override
    public CounterMachine self() {
        return this;
    }
}
