package procession.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import procession.core.Channel.Demand;
import procession.core.Channel.Offer;
import procession.core.Command.Consumed;
import procession.core.Command.ForPipe;
import procession.core.Command.GiveBack;
import procession.core.Command.Poll;
import procession.core.Command.Receive;
import procession.core.Command.ReceiveSome;
import procession.core.Command.Send;
import procession.core.Command.SendAll;

/**
 * A pipe: two directions, each with the end it leads to. An end is open while any process or payload holds a copy of it. What leads to
 * an end that is gone is dropped and refused; what comes from one is delivered first, then the stream ends.
 *
 * @param spec its options
 * @param first the direction that leads to end 1
 * @param second the direction that leads to end 2
 */
record PipeMachine(Spec.Pipe spec, Direction first, Direction second) implements Machine<PipeMachine, ForPipe> {

    private static final Reply.Refused BROKEN = new Reply.Refused(Refusals.BROKEN_PIPE,
            "No process and no message in transit holds the other end of the pipe any more; nothing was sent.");

    private static final Reply.Refused CLOSED = new Reply.Refused(Refusals.NOT_FOUND,
            "No process and no message in transit holds this end of the pipe any more.");

    /**
     * One direction.
     *
     * @param channel the messages on their way, and who waits
     * @param pollers who waits to see something
     * @param open whether the end it leads to is held
     */
    record Direction(Channel channel, Waiting<Boolean> pollers, boolean open) {

        static final Direction NEW = new Direction(Channel.EMPTY, Waiting.nobody(), true);

        Direction with(Channel next) {
            return new Direction(next, pollers, open);
        }

        Direction with(Waiting<Boolean> next) {
            return new Direction(channel, next, open);
        }

        Direction gone() {
            return new Direction(channel, pollers, false);
        }

        /** Does all that can be done, given whether the end it comes from is held. */
        Direction pumped(boolean sourceOpen, Channel.Bound bound, Step.Notes notes) {
            if (!open) {
                return shut(notes);
            }
            var next = with(channel.pumped(bound, notes));
            if (!sourceOpen && next.channel.isDrained()) {
                next = next.with(next.channel.withoutGetters(new Reply.EndOfStream(), notes));
            }
            return next.ready(sourceOpen) ? next.polled(notes) : next;
        }

        /** Nobody can receive here any more: neither those who send nor those who still wait at this end wait on. */
        private Direction shut(Step.Notes notes) {
            pollers.tickets().forEach(poller -> notes.answer(poller, CLOSED));
            return new Direction(channel.withoutGetters(CLOSED, notes).abandoned(BROKEN, notes), Waiting.nobody(), false);
        }

        private boolean ready(boolean sourceOpen) {
            return !channel.items().isEmpty() || (!sourceOpen && channel.isDrained());
        }

        private Direction polled(Step.Notes notes) {
            pollers.tickets().forEach(poller -> notes.answer(poller, new Reply.Ready()));
            return with(Waiting.<Boolean>nobody());
        }
    }

    static PipeMachine of(Spec.Pipe spec) {
        return new PipeMachine(spec, Direction.NEW, Direction.NEW);
    }

    @Override
    public Step<PipeMachine> on(Ticket ticket, ForPipe command, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        return switch (command) {
            case Send send when !spec.duplex() && send.end() == 1 -> wrongWay(ticket, "receives", send, notes);
            case SendAll send when !spec.duplex() && send.end() == 1 -> wrongWay(ticket, "receives", send, notes);
            case Receive receive when !spec.duplex() && receive.end() == 2 -> wrongWay(ticket, "sends", receive, notes);
            case ReceiveSome receive when !spec.duplex() && receive.end() == 2 -> wrongWay(ticket, "sends", receive, notes);
            case Poll poll when !spec.duplex() && poll.end() == 2 -> wrongWay(ticket, "sends", poll, notes);
            case Send send when !to(send.end()).open -> refused(ticket, CLOSED, send, notes);
            case SendAll send when !to(send.end()).open -> refused(ticket, CLOSED, send, notes);
            case Send send -> putting(other(send.end()), ticket, Offer.one(send.payload()), notes);
            case SendAll send -> putting(other(send.end()), ticket, Offer.batch(send.payloads(), command.manner()), notes);
            case Receive receive -> getting(receive.end(), ticket, Demand.ONE, notes);
            case ReceiveSome receive -> getting(receive.end(), ticket, new Demand(receive.most(), true, command.manner()), notes);
            case Poll poll -> {
                var to = to(poll.end());
                yield with(poll.end(), to.with(to.pollers.with(ticket, true))).pumped(notes);
            }
            case GiveBack back -> ofBoth(ticket, channel -> channel.givenBack(ticket.owner(), back.request(), notes), notes);
            case Consumed consumed -> ofBoth(ticket,
                    channel -> channel.consumed(ticket.owner(), consumed.request(), consumed.count(), true, notes), notes);
        };
    }

    private Step<PipeMachine> putting(int end, Ticket ticket, Offer offer, Step.Notes notes) {
        return with(end, to(end).with(to(end).channel.withPutter(ticket, offer))).pumped(notes);
    }

    private Step<PipeMachine> getting(int end, Ticket ticket, Demand demand, Step.Notes notes) {
        return with(end, to(end).with(to(end).channel.withGetter(ticket, demand))).pumped(notes);
    }

    private Step<PipeMachine> wrongWay(Ticket ticket, String does, Command command, Step.Notes notes) {
        return refused(ticket, new Reply.Refused(Refusals.WRONG_WAY, "This end of a one-way pipe only " + does + "."), command, notes);
    }

    private Step<PipeMachine> refused(Ticket ticket, Reply refusal, Command command, Step.Notes notes) {
        command.payloads().forEach(notes::discarded);
        notes.answer(ticket, refusal);
        return notes.step(this);
    }

    /** Names a request, which one direction knows. */
    private Step<PipeMachine> ofBoth(Ticket ticket, UnaryOperator<Channel> change, Step.Notes notes) {
        notes.answer(ticket, new Reply.Done());
        return new PipeMachine(spec, first.with(change.apply(first.channel)), second.with(change.apply(second.channel))).pumped(notes);
    }

    @Override
    public Step<PipeMachine> expired(Ticket ticket, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        for (int end = 1; end <= 2; end++) {
            var to = to(end);
            if (to.pollers.wants(ticket) != null) {
                return Step.of(with(end, to.with(to.pollers.without(ticket))), new Answer(ticket, new Reply.TimedOut("")));
            }
            var rest = to.channel.withdrawn(ticket, notes);
            if (rest.isPresent()) {
                notes.answer(ticket, new Reply.TimedOut(""));
                return with(end, to.with(rest.get())).pumped(notes);
            }
        }
        return Step.same(this);
    }

    @Override
    public Step<PipeMachine> departed(Obituary obituary, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        var owner = obituary.owner();
        return new PipeMachine(spec, without(first, owner, notes), without(second, owner, notes)).pumped(notes);
    }

    private static Direction without(Direction direction, Owner owner, Step.Notes notes) {
        return new Direction(direction.channel.departed(owner, notes), direction.pollers.without(owner), direction.open);
    }

    @Override
    public Step<PipeMachine> confirmed(Ticket ticket, Allowance allowance) {
        var notes = new Step.Notes(allowance);
        return new PipeMachine(spec,
                first.with(first.channel.confirmedAndDone(ticket, notes)),
                second.with(second.channel.confirmedAndDone(ticket, notes))).pumped(notes);
    }

    @Override
    public Step<PipeMachine> relieved(Allowance allowance) {
        return pumped(new Step.Notes(allowance));
    }

    @Override
    public Step<PipeMachine> endGone(int end, Allowance allowance) {
        return with(end, to(end).gone()).pumped(new Step.Notes(allowance));
    }

    private Step<PipeMachine> pumped(Step.Notes notes) {
        var bound = new Channel.Bound(0, spec.buffer());
        return notes.step(new PipeMachine(spec, first.pumped(second.open, bound, notes), second.pumped(first.open, bound, notes)));
    }

    private static int other(int end) {
        return 3 - end;
    }

    private Direction to(int end) {
        return end == 1 ? first : second;
    }

    private PipeMachine with(int end, Direction direction) {
        return end == 1 ? new PipeMachine(spec, direction, second) : new PipeMachine(spec, first, direction);
    }

    @Override
    public View view() {
        var waiting = new Joined<>(Stream.of(first, second).flatMap(direction -> Stream.of(
                direction.channel.getters().tickets(), direction.pollers.tickets(), direction.channel.waitingPutters())).toList());
        var counts = new HashMap<>(Map.of(
                "to-first", (long) first.channel.items().size(),
                "to-second", (long) second.channel.items().size(),
                "first-open", first.open ? 1L : 0L,
                "second-open", second.open ? 1L : 0L));
        long leftBehind = (long) first.channel.leftBehind() + second.channel.leftBehind();
        if (leftBehind > 0) {
            counts.put("left-behind", leftBehind);
        }
        return new View(List.of(), waiting, Map.copyOf(counts));
    }

    @Override
    public long bytes() {
        return first.channel.bytes() + second.channel.bytes();
    }

    @Override
    public boolean hasPutters() {
        return !first.channel.putters().isEmpty() || !second.channel.putters().isEmpty();
    }

    @Override
    public List<Payload> custody() {
        return Stream.of(first, second).flatMap(direction -> direction.channel.custody().stream()).toList();
    }

    @Override
    public Map<Ticket, Payload> underWay() {
        var both = new HashMap<>(first.channel.underWay());
        both.putAll(second.channel.underWay());
        return both;
    }

    @Override
    public PipeMachine self() {
        return this;
    }
}
