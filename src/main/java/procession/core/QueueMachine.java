package procession.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import procession.core.Command.ForQueue;
import procession.core.Command.Get;
import procession.core.Command.GiveBack;
import procession.core.Command.JoinQueue;
import procession.core.Command.Put;
import procession.core.Command.TaskDone;
import procession.core.Deliveries.Delivery;

/**
 * A queue. A joinable one keeps what it has handed out until that is done; what a process had and did not finish returns to its place
 * when the process is gone.
 *
 * @param spec its options
 * @param channel its items, and who waits to put or get
 * @param joiners who waits until nothing is unfinished
 */
record QueueMachine(Spec.Queue spec, Channel channel, Waiting<JoinQueue> joiners) implements Machine<QueueMachine, ForQueue> {

    static QueueMachine of(Spec.Queue spec) {
        return new QueueMachine(spec, Channel.EMPTY, Waiting.nobody());
    }

    @Override
    public Step<QueueMachine> on(Ticket ticket, ForQueue command, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        return switch (command) {
            case Put put -> with(channel.withPutter(ticket, put.payload())).pumped(notes);
            case Get get -> with(channel.withGetter(ticket)).pumped(notes);
            case GiveBack back -> gaveBack(ticket, back.request(), notes);
            case TaskDone done when spec.joinable() -> taskDone(ticket, notes);
            case JoinQueue join when spec.joinable() ->
                    new QueueMachine(spec, channel, joiners.with(ticket, join)).pumped(notes);
            case TaskDone done -> notJoinable(ticket);
            case JoinQueue join -> notJoinable(ticket);
        };
    }

    private Step<QueueMachine> notJoinable(Ticket ticket) {
        return Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.WRONG_KIND,
                "This is " + spec + ": only a joinable queue counts what is done.")));
    }

    private Step<QueueMachine> gaveBack(Ticket ticket, long request, Step.Notes notes) {
        notes.answer(ticket, new Reply.Done());
        return channel.out().oldest(out -> out.owner().equals(ticket.owner()) && out.id() == request)
                .map(delivery -> with(channel.givenBack(delivery.ticket())))
                .orElse(this)
                .pumped(notes);
    }

    private Step<QueueMachine> taskDone(Ticket ticket, Step.Notes notes) {
        var delivery = unfinishedOf(ticket);
        if (delivery.isEmpty()) {
            return Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.NOTHING_UNFINISHED,
                    "taskDone() was called more often than this process got items from the queue; nothing was counted.")));
        }
        notes.answer(ticket, new Reply.Done(), delivery.get().number());
        if (!delivery.get().confirmed()) {
            notes.adopted(ticket.owner(), delivery.get().payload());
        }
        return with(channel.done(delivery.get(), notes)).pumped(notes);
    }

    /** The calling thread's oldest item; if it has none, the oldest of its process. */
    private Optional<Delivery> unfinishedOf(Ticket ticket) {
        var out = channel.out();
        return out.oldest(got -> got.owner().equals(ticket.owner()) && got.strand() == ticket.strand())
                .or(() -> out.oldest(got -> got.owner().equals(ticket.owner())));
    }

    @Override
    public Step<QueueMachine> expired(Ticket ticket, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        if (joiners.wants(ticket) != null) {
            return Step.of(new QueueMachine(spec, channel, joiners.without(ticket)), new Answer(ticket, new Reply.TimedOut("")));
        }
        return channel.withdrawn(ticket, notes).map(rest -> {
            notes.answer(ticket, new Reply.TimedOut(""));
            return with(rest).pumped(notes);
        }).orElse(Step.same(this));
    }

    @Override
    public Step<QueueMachine> departed(Obituary obituary, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        var owner = obituary.owner();
        return new QueueMachine(spec, channel.departed(owner, notes), joiners.without(owner)).pumped(notes);
    }

    @Override
    public Step<QueueMachine> confirmed(Ticket ticket, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        return spec.joinable()
                ? notes.step(with(channel.confirmed(ticket, notes)))
                : notes.step(with(channel.confirmedAndDone(ticket, notes)));
    }

    @Override
    public Step<QueueMachine> relieved(Allowance allowance) {
        return pumped(new Step.Notes(allowance));
    }

    private Step<QueueMachine> pumped(Step.Notes notes) {
        var next = channel.pumped(bound(), notes);
        if (joiners.isEmpty() || !(next.items().isEmpty() && next.out().isEmpty())) {
            return notes.step(with(next));
        }
        joiners.tickets().forEach(joiner -> notes.answer(joiner, new Reply.Done()));
        return notes.step(new QueueMachine(spec, next, Waiting.nobody()));
    }

    private Channel.Bound bound() {
        return new Channel.Bound(spec.maxSize(), 0);
    }

    private QueueMachine with(Channel next) {
        return new QueueMachine(spec, next, joiners);
    }

    @Override
    public View view() {
        var holds = channel.out().all().stream()
                .map(delivery -> new View.Hold(delivery.ticket().owner(), delivery.ticket().strand(), 0, 1, delivery.since())).toList();
        var waiting = Stream.of(channel.getters(), channel.putters(), joiners).flatMap(line -> line.tickets().stream()).toList();
        return new View(holds, waiting, Map.of(
                "size", (long) channel.items().size(),
                "full", channel.isFull(bound()) ? 1L : 0L,
                "unfinished", (long) channel.items().size() + channel.out().size()));
    }

    @Override
    public long bytes() {
        return channel.bytes();
    }

    @Override
    public boolean hasPutters() {
        return !channel.putters().isEmpty();
    }

    @Override
    public List<Payload> custody() {
        return channel.custody();
    }

    @Override
    public Map<Ticket, Payload> underWay() {
        return channel.underWay();
    }

    @Override
    public QueueMachine self() {
        return this;
    }
}
