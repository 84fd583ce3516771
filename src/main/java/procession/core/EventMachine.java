package procession.core;

import java.util.List;
import java.util.Map;
import procession.core.Command.AwaitEvent;
import procession.core.Command.ClearEvent;
import procession.core.Command.ForEvent;
import procession.core.Command.SetEvent;

/**
 * An event. Setting it answers everyone who waits, there and then: what happens to the flag later does not reach them.
 *
 * @param isSet the flag
 * @param waiting who waits; nobody while it is set
 */
record EventMachine(boolean isSet, Waiting<AwaitEvent> waiting) implements Machine<EventMachine, ForEvent> {

    static final EventMachine DOWN = new EventMachine(false, Waiting.nobody());

    @Override
    public Step<EventMachine> on(Ticket ticket, ForEvent command, Allowance allowance) {
        return switch (command) {
            case SetEvent set -> set(ticket, allowance);
            case ClearEvent clear -> Step.of(new EventMachine(false, waiting), new Answer(ticket, new Reply.Done()));
            case AwaitEvent await when isSet -> Step.of(this, new Answer(ticket, new Reply.Done()));
            case AwaitEvent await -> Step.same(new EventMachine(false, waiting.with(ticket, await)));
        };
    }

    private Step<EventMachine> set(Ticket ticket, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        waiting.tickets().forEach(waiter -> notes.answer(waiter, new Reply.Done()));
        notes.answer(ticket, new Reply.Done());
        return notes.step(new EventMachine(true, Waiting.nobody()));
    }

    @Override
    public Step<EventMachine> expired(Ticket ticket, Allowance allowance) {
        return waiting.wants(ticket) == null
                ? Step.same(this)
                : Step.of(new EventMachine(isSet, waiting.without(ticket)), new Answer(ticket, new Reply.TimedOut("")));
    }

    @Override
    public Step<EventMachine> departed(Obituary obituary, Allowance allowance) {
        return Step.same(new EventMachine(isSet, waiting.without(obituary.owner())));
    }

    @Override
    public View view() {
        return new View(List.of(), waiting.tickets(), Map.of("set", isSet ? 1L : 0L));
    }

    @Override
    public EventMachine self() {
        return this;
    }
}
