package procession.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;
import org.pcollections.TreePMap;
import procession.core.Backlog.Item;
import procession.core.Channel.Demand;
import procession.core.Channel.Offer;
import procession.core.Command.CloseWhenGone;
import procession.core.Command.Consumed;
import procession.core.Command.ForQueue;
import procession.core.Command.Get;
import procession.core.Command.GetSome;
import procession.core.Command.GiveBack;
import procession.core.Command.JoinQueue;
import procession.core.Command.PollQueue;
import procession.core.Command.Put;
import procession.core.Command.PutAll;
import procession.core.Command.ReadDeadLetter;
import procession.core.Command.RemoveDeadLetter;
import procession.core.Command.ShutDown;
import procession.core.Command.TaskDone;
import procession.core.Deliveries.Delivery;

/**
 * A queue. A joinable one keeps what it has handed out until that is done; what a process had and did not finish returns to its place
 * when the process is gone. What returns once too often becomes a dead letter: it is set aside, and counts as done.
 *
 * <p>One that is shut down takes nothing more. Getters get what is there; when nothing is there and nothing on its way can come back, they
 * are told of the end.
 *
 * @param spec its options
 * @param redeliveries how often an item may return
 * @param channel its items, and who waits to put or get
 * @param pollers who waits to see something, or the end
 * @param joiners who waits until nothing is unfinished
 * @param letters the dead letters
 * @param isShut whether it takes nothing more
 * @param producers with the end of the last of these it shuts down; nobody if nobody was named
 */
record QueueMachine(
        Spec.Queue spec,
        int redeliveries,
        Channel channel,
        Waiting<PollQueue> pollers,
        Waiting<JoinQueue> joiners,
        Letters letters,
        boolean isShut,
        MapPSet<Owner> producers) implements Machine<QueueMachine, ForQueue> {

    private static final Reply.Refused SHUT_DOWN = new Reply.Refused(Refusals.SHUT_DOWN, "The queue has been shut down; nothing was put.");

    /** A dead letter: its item, how often it was given to somebody, and who had it last. */
    record Letter(Payload payload, int deliveries, Obituary last) {}

    /**
     * The dead letters.
     *
     * @param byNumber by number, which is that of the item
     * @param bytes size of all of them
     */
    record Letters(TreePMap<Long, Letter> byNumber, long bytes) {

        static final Letters NONE = new Letters(TreePMap.empty(), 0);

        Letters with(long number, Letter letter) {
            return new Letters(byNumber.plus(number, letter), bytes + letter.payload().size());
        }

        Letters without(long number) {
            return new Letters(byNumber.minus(number), bytes - byNumber.get(number).payload().size());
        }
    }

    static QueueMachine of(Spec.Queue spec, int redeliveries) {
        return new QueueMachine(spec, redeliveries, Channel.EMPTY, Waiting.nobody(), Waiting.nobody(), Letters.NONE, false, HashTreePSet.empty());
    }

    @Override
    public Step<QueueMachine> on(Ticket ticket, ForQueue command, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        return switch (command) {
            case Put put when isShut -> {
                notes.discarded(put.payload());
                notes.answer(ticket, SHUT_DOWN);
                yield notes.step(this);
            }
            case Put put -> with(channel.withPutter(ticket, Offer.one(put.payload()))).pumped(notes);
            case PutAll put when isShut -> {
                put.payloads().forEach(notes::discarded);
                notes.answer(ticket, Channel.refused(SHUT_DOWN, Offer.batch(put.payloads(), "")));
                yield notes.step(this);
            }
            case PutAll put -> with(channel.withPutter(ticket, Offer.batch(put.payloads(), ""))).pumped(notes);
            case Get get -> with(channel.withGetter(ticket, Demand.ONE)).pumped(notes);
            case GetSome get -> with(channel.withGetter(ticket, new Demand(get.most(), true, ""))).pumped(notes);
            case PollQueue poll -> withPollers(pollers.with(ticket, poll)).pumped(notes);
            case Consumed consumed -> {
                notes.answer(ticket, new Reply.Done());
                yield with(channel.consumed(ticket.owner(), consumed.request(), consumed.count(), !spec.joinable(), notes)).pumped(notes);
            }
            case GiveBack back -> {
                notes.answer(ticket, new Reply.Done());
                yield with(channel.givenBack(ticket.owner(), back.request(), notes)).pumped(notes);
            }
            case ShutDown shutDown -> {
                notes.answer(ticket, new Reply.Done());
                yield shut(ticket, notes).pumped(notes);
            }
            case CloseWhenGone close -> {
                notes.answer(ticket, new Reply.Done());
                yield awaiting(close.producers()).shutIfAllAreGone(ticket, notes).pumped(notes);
            }
            case TaskDone done when spec.joinable() -> taskDone(ticket, done.request(), notes);
            case JoinQueue join when spec.joinable() -> with(joiners.with(ticket, join)).pumped(notes);
            case ReadDeadLetter read when spec.joinable() -> letterRead(ticket, read.from(), notes);
            case RemoveDeadLetter remove when spec.joinable() -> letterRemoved(ticket, remove.number(), notes);
            case TaskDone done -> notJoinable(ticket);
            case JoinQueue join -> notJoinable(ticket);
            case ReadDeadLetter read -> notJoinable(ticket);
            case RemoveDeadLetter remove -> notJoinable(ticket);
        };
    }

    private Step<QueueMachine> notJoinable(Ticket ticket) {
        return Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.WRONG_KIND,
                "This is " + spec + ": only a joinable queue counts what is done.")));
    }

    // What is done.

    private Step<QueueMachine> taskDone(Ticket ticket, long request, Step.Notes notes) {
        var delivery = request == 0
                ? channel.out().oldest(ticket.owner(), ticket.strand())
                : channel.out().of(ticket.owner(), request).filter(Delivery::canBeDone);
        if (delivery.isEmpty()) {
            return Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.NOTHING_UNFINISHED, request == 0
                    ? "taskDone() was called more often than this process got items from the queue; nothing was counted."
                    : "That item is not this process's to finish: it is done already; nothing was counted.")));
        }
        var item = delivery.get().unfinished().getFirst();
        notes.answer(ticket, new Reply.Done(), item.number());
        if (delivery.get().got() == delivery.get().done()) {
            notes.adopted(ticket.owner(), item.payload());
        }
        return with(channel.oneDone(delivery.get(), notes)).pumped(notes);
    }

    // The dead letters.

    private Step<QueueMachine> letterRead(Ticket ticket, long from, Step.Notes notes) {
        Long number = letters.byNumber().ceilingKey(from);
        if (number == null) {
            notes.answer(ticket, new Reply.Done());
        } else {
            var letter = letters.byNumber().get(number);
            notes.answer(ticket, new Reply.DeadLetter(number, letter.deliveries(), letter.last(), letter.payload()));
            notes.copied(ticket, letter.payload());
        }
        return notes.step(this);
    }

    private Step<QueueMachine> letterRemoved(Ticket ticket, long number, Step.Notes notes) {
        if (!letters.byNumber().containsKey(number)) {
            return Step.of(this, new Answer(ticket, new Reply.Refused(Refusals.NOT_FOUND, "There is no such dead letter any more.")));
        }
        notes.discarded(letters.byNumber().get(number).payload());
        notes.answer(ticket, new Reply.Done());
        return notes.step(with(channel, letters.without(number)));
    }

    /** What one that is gone did not finish returns to its place or, if it did so too often, to the dead letters. */
    private QueueMachine unfinished(Obituary obituary, Step.Notes notes) {
        var next = channel.withoutWaiting(obituary.owner(), notes);
        var dead = letters;
        for (var delivery : channel.out().of(obituary.owner())) {
            for (var item : delivery.unfinished()) {
                if (item.redelivered() < redeliveries) {
                    next = next.returned(delivery.ticket(), new Item(item.number(), item.payload(), item.redelivered() + 1), notes);
                } else {
                    next = next.lighter(item.size());
                    dead = dead.with(item.number(), new Letter(item.payload(), item.redelivered() + 1, obituary));
                    notes.note(Happening.Kind.DEAD_LETTER, delivery.ticket(), item.number(), item.redelivered() + 1,
                            obituary.process() + " " + obituary.outcome());
                }
            }
            next = next.without(delivery);
        }
        return with(next, dead);
    }

    // The end.

    private QueueMachine shut(Ticket by, Step.Notes notes) {
        if (isShut) {
            return this;
        }
        notes.note(Happening.Kind.SHUT_DOWN, by, 0, channel.putters().size(), "");
        return new QueueMachine(spec, redeliveries, channel.withoutPutters(SHUT_DOWN, true, notes), pollers, joiners, letters, true, HashTreePSet.empty());
    }

    private QueueMachine awaiting(List<Owner> more) {
        return new QueueMachine(spec, redeliveries, channel, pollers, joiners, letters, isShut, producers.plusAll(more));
    }

    private QueueMachine shutIfAllAreGone(Ticket ticket, Step.Notes notes) {
        return producers.isEmpty() ? shut(ticket, notes) : this;
    }

    @Override
    public Step<QueueMachine> expired(Ticket ticket, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        if (joiners.wants(ticket) != null) {
            return Step.of(with(joiners.without(ticket)), new Answer(ticket, new Reply.TimedOut("")));
        }
        if (pollers.wants(ticket) != null) {
            return Step.of(withPollers(pollers.without(ticket)), new Answer(ticket, new Reply.TimedOut("")));
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
        var next = spec.joinable() ? unfinished(obituary, notes) : with(channel.departed(owner, notes));
        next = next.with(joiners.without(owner)).withPollers(pollers.without(owner));
        if (producers.contains(owner)) {
            next = next.withProducers(producers.minus(owner)).shutIfAllAreGone(new Ticket(owner, 0, 0), notes);
        }
        return next.pumped(notes);
    }

    @Override
    public Step<QueueMachine> confirmed(Ticket ticket, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        return with(spec.joinable() ? channel.confirmed(ticket, notes) : channel.confirmedAndDone(ticket, notes)).pumped(notes);
    }

    @Override
    public Step<QueueMachine> relieved(Allowance allowance) {
        return pumped(new Step.Notes(allowance));
    }

    private Step<QueueMachine> pumped(Step.Notes notes) {
        var next = channel.pumped(bound(), notes);
        boolean isOver = isShut && next.isDrained();
        if (isOver && !next.getters().isEmpty()) {
            next = next.withoutGetters(new Reply.EndOfStream(), notes);
        }
        var machine = with(next);
        if (!pollers.isEmpty() && (isOver || !next.items().isEmpty())) {
            pollers.tickets().forEach(poller -> notes.answer(poller, new Reply.Ready()));
            machine = machine.withPollers(Waiting.nobody());
        }
        if (joiners.isEmpty() || !(next.items().isEmpty() && next.out().isEmpty())) {
            return notes.step(machine);
        }
        joiners.tickets().forEach(joiner -> notes.answer(joiner, new Reply.Done()));
        return notes.step(machine.with(Waiting.nobody()));
    }

    private Channel.Bound bound() {
        return new Channel.Bound(spec.maxSize(), 0);
    }

    private QueueMachine with(Channel next) {
        return with(next, letters);
    }

    private QueueMachine with(Channel next, Letters dead) {
        return new QueueMachine(spec, redeliveries, next, pollers, joiners, dead, isShut, producers);
    }

    private QueueMachine with(Waiting<JoinQueue> line) {
        return new QueueMachine(spec, redeliveries, channel, pollers, line, letters, isShut, producers);
    }

    private QueueMachine withPollers(Waiting<PollQueue> line) {
        return new QueueMachine(spec, redeliveries, channel, line, joiners, letters, isShut, producers);
    }

    private QueueMachine withProducers(MapPSet<Owner> left) {
        return new QueueMachine(spec, redeliveries, channel, pollers, joiners, letters, isShut, left);
    }

    @Override
    public View view() {
        var holds = new WhenRead<>(() -> channel.out().all().stream()
                .map(delivery -> new View.Hold(delivery.ticket().owner(), delivery.ticket().strand(), 0, delivery.left(), delivery.since()))
                .toList());
        var waiting = new Joined<>(List.of(channel.getters().tickets(), pollers.tickets(), channel.waitingPutters(), joiners.tickets()));
        var counts = counts();
        if (channel.leftBehind() > 0) {
            counts.put("left-behind", (long) channel.leftBehind());
        }
        return new View(holds, waiting, Map.copyOf(counts));
    }

    @Override
    public Map<String, Long> counts() {
        var counts = new HashMap<>(Map.of(
                "size", (long) channel.items().size(),
                "full", channel.isFull(bound()) ? 1L : 0L,
                "unfinished", (long) channel.items().size() + channel.out().size(),
                "shut-down", isShut ? 1L : 0L));
        if (spec.joinable()) {
            counts.put("dead-letters", (long) letters.byNumber().size());
        }
        return counts;
    }

    @Override
    public long bytes() {
        return channel.bytes() + letters.bytes();
    }

    @Override
    public boolean hasPutters() {
        return !channel.putters().isEmpty();
    }

    @Override
    public List<Payload> custody() {
        var dead = letters.byNumber().values().stream().map(Letter::payload).filter(payload -> !payload.carried().isEmpty());
        return Stream.concat(channel.custody().stream(), dead).toList();
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
