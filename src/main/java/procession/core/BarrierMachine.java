package procession.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;
import procession.core.Command.AbortBarrier;
import procession.core.Command.ActionEnded;
import procession.core.Command.AwaitBarrier;
import procession.core.Command.ForBarrier;
import procession.core.Command.ResetBarrier;

/**
 * A barrier: whoever comes waits until as many have come as there are parties; then all go on, and the next round begins.
 *
 * <p>If the last to come has something to do first, the round waits for that too. Those who come meanwhile are the next round.
 *
 * <p>All or none, as with {@link java.util.concurrent.CyclicBarrier}: when one who waits leaves before the round is complete, because its
 * time is over, it gave up or it died, the barrier breaks for all of them, and for all who come until it is reset. The death of one that
 * was there in the last round breaks it too, unless that process ended as it should: the others would wait for it in vain.
 *
 * @param spec its options
 * @param line who has come for the round that is not complete
 * @param round who waits for the last one's action; nobody while none is done
 * @param acting who does it
 * @param lately the processes of the last complete round
 * @param broken why it is broken; empty if it is not
 */
record BarrierMachine(
        Spec.Barrier spec,
        Waiting<AwaitBarrier> line,
        List<Ticket> round,
        Optional<Ticket> acting,
        MapPSet<Owner> lately,
        Optional<String> broken) implements Machine<BarrierMachine, ForBarrier> {

    static BarrierMachine of(Spec.Barrier spec) {
        return new BarrierMachine(spec, Waiting.nobody(), List.of(), Optional.empty(), HashTreePSet.empty(), Optional.empty());
    }

    @Override
    public Step<BarrierMachine> on(Ticket ticket, ForBarrier command, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        return switch (command) {
            case AwaitBarrier await when broken.isPresent() -> refused(ticket, broken.get(), notes);
            case AwaitBarrier await -> with(line.with(ticket, await)).passed(notes);
            case ActionEnded ended -> acted(ticket, ended, notes);
            case AbortBarrier abort -> {
                notes.answer(ticket, new Reply.Done());
                yield broken.isPresent() ? notes.step(this) : breaking(ticket, abort.by() + " aborted it", notes);
            }
            case ResetBarrier reset -> reset(ticket, reset.by() + " reset it", notes);
        };
    }

    private static Reply brokenBy(String why) {
        return new Reply.Refused(Refusals.BROKEN_BARRIER, "The barrier is broken: " + why + ".");
    }

    private Step<BarrierMachine> refused(Ticket ticket, String why, Step.Notes notes) {
        notes.answer(ticket, brokenBy(why));
        return notes.step(this);
    }

    /** Lets the round go when it is complete, and no other one is waiting for its action. */
    private Step<BarrierMachine> passed(Step.Notes notes) {
        var next = this;
        while (next.acting.isEmpty() && next.line.size() >= spec.parties()) {
            next = next.complete(notes);
        }
        return notes.step(next);
    }

    private BarrierMachine complete(Step.Notes notes) {
        var all = List.copyOf(line.tickets()).subList(0, spec.parties());
        var last = all.getLast();
        boolean acts = line.wants(last).action();
        var rest = line;
        for (var ticket : all) {
            rest = rest.without(ticket);
        }
        var owners = HashTreePSet.from(all.stream().map(Ticket::owner).toList());
        if (acts) {
            notes.answer(last, new Reply.Act(all.size() - 1));
            return new BarrierMachine(spec, rest, all.subList(0, all.size() - 1), Optional.of(last), owners, broken);
        }
        letGo(all, notes);
        return new BarrierMachine(spec, rest, List.of(), Optional.empty(), owners, broken);
    }

    private static void letGo(List<Ticket> all, Step.Notes notes) {
        for (int i = 0; i < all.size(); i++) {
            notes.answer(all.get(i), new Reply.Passed(i));
        }
    }

    private Step<BarrierMachine> acted(Ticket ticket, ActionEnded ended, Step.Notes notes) {
        if (acting.filter(last -> last.owner().equals(ticket.owner()) && last.id() == ended.request()).isEmpty()) {
            return refused(ticket, broken.orElse("it was reset before the action ended"), notes);
        }
        notes.answer(ticket, new Reply.Done());
        if (ended.error().isPresent()) {
            return breaking(ticket, "the action of the last party failed with " + ended.error().get(), notes);
        }
        letGo(round, notes);
        return new BarrierMachine(spec, line, List.of(), Optional.empty(), lately, broken).passed(notes);
    }

    // How it breaks.

    private Step<BarrierMachine> breaking(Ticket by, String why, Step.Notes notes) {
        notes.note(Happening.Kind.BROKEN, by, 0, line.size() + round.size(), why);
        everyone().forEach(waiter -> notes.answer(waiter, brokenBy(why)));
        return notes.step(new BarrierMachine(spec, Waiting.nobody(), List.of(), Optional.empty(), lately, Optional.of(why)));
    }

    private Stream<Ticket> everyone() {
        return Stream.concat(round.stream(), line.tickets().stream());
    }

    private Step<BarrierMachine> reset(Ticket ticket, String why, Step.Notes notes) {
        notes.note(Happening.Kind.RESET, ticket, 0, line.size() + round.size(), why);
        everyone().forEach(waiter -> notes.answer(waiter, brokenBy(why)));
        notes.answer(ticket, new Reply.Done());
        return notes.step(of(spec));
    }

    /** Whoever leaves early leaves the others behind: they are told, with the name that the keeper puts in. */
    @Override
    public Step<BarrierMachine> expired(Ticket ticket, Allowance allowance) {
        if (everyone().noneMatch(ticket::equals)) {
            return Step.same(this);
        }
        var notes = new Step.Notes(allowance);
        notes.answer(ticket, new Reply.TimedOut(""));
        var rest = new BarrierMachine(spec, line.without(ticket), round.stream().filter(other -> !other.equals(ticket)).toList(), acting,
                lately, broken);
        return rest.breaking(ticket, allowance.who() + " waited no longer", notes);
    }

    @Override
    public Step<BarrierMachine> departed(Obituary obituary, Allowance allowance) {
        var owner = obituary.owner();
        boolean here = everyone().anyMatch(ticket -> ticket.owner().equals(owner))
                || acting.filter(last -> last.owner().equals(owner)).isPresent();
        boolean missed = here || (lately.contains(owner) && !obituary.orderly());
        var rest = new BarrierMachine(spec, line.without(owner),
                round.stream().filter(ticket -> !ticket.owner().equals(owner)).toList(), acting, lately.minus(owner), broken);
        return missed && broken.isEmpty()
                ? rest.breaking(new Ticket(owner, 0, 0), obituary.process() + ", one of its parties, " + obituary.outcome(),
                        new Step.Notes(allowance))
                : Step.same(rest);
    }

    private BarrierMachine with(Waiting<AwaitBarrier> next) {
        return new BarrierMachine(spec, next, round, acting, lately, broken);
    }

    @Override
    public View view() {
        var counts = new HashMap<String, Long>();
        counts.put("parties", (long) spec.parties());
        counts.put("broken", broken.isPresent() ? 1L : 0L);
        counts.put("acting", acting.isPresent() ? 1L : 0L);
        return new View(List.of(), everyone().toList(), Map.copyOf(counts));
    }

    @Override
    public BarrierMachine self() {
        return this;
    }
}
