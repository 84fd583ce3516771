package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.TreePMap;
import procession.core.Deliveries.Delivery;

/** A machine with a {@link Bug}: the real one, whose state or steps are bent where the bug is. */
final class BuggyMachine implements Machine<BuggyMachine, Command> {

    private final Machine<?, ?> real;
    private final Bug bug;

    private BuggyMachine(Machine<?, ?> real, Bug bug) {
        this.real = real;
        this.bug = bug;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Machine<?, Command> cast(Machine<?, ?> machine) {
        return (Machine<?, Command>) (Machine) machine;
    }

    static Machine<?, ?> of(Spec spec, Rules rules, Bug bug) {
        return new BuggyMachine(bent(spec, bug).machine(rules), bug);
    }

    private static Spec bent(Spec spec, Bug bug) {
        return switch (spec) {
            case Spec.Semaphore semaphore when bug == Bug.BOUND_IGNORED -> new Spec.Semaphore(semaphore.permits(), false);
            case Spec.Barrier barrier when bug == Bug.BARRIER_TOO_EARLY -> new Spec.Barrier(Math.max(1, barrier.parties() - 1), barrier.timeout());
            case Spec.Latch latch when bug == Bug.LATCH_TOO_EARLY -> new Spec.Latch(Math.max(0, latch.count() - 1));
            default -> spec;
        };
    }

    @Override
    public Step<BuggyMachine> on(Ticket ticket, Command command, Allowance allowance) {
        return switch (bug) {
            case FENCE_NOT_RAISED -> wrapped(cast(real).on(ticket, command,
                    new Allowance(Math.max(1, allowance.nextFence() - 1), allowance.room(), allowance.now(), allowance.who())));
            case DEATH_UNTOLD -> silent(cast(real).on(ticket, command, allowance));
            case LOAN_NOT_CALLED_IN -> uncalled(cast(real).on(ticket, command, allowance));
            case Bug b when b == Bug.GRANT_FORGOTTEN && command instanceof Command.ReleaseLock && real instanceof LockMachine lock -> {
                var step = with(lock, Waiting.nobody()).on(ticket, (Command.ForLock) command, allowance);
                yield wrapped(step, with(step.next(), lock.line()));
            }
            case Bug b when b == Bug.RELEASE_REFUSED && command instanceof Command.ReleaseLock(var fence) && fence % 5 == 0 ->
                    wrapped(Step.of(real, new Answer(ticket, new Reply.Refused(Refusals.NOT_HELD, "a bug"))));
            case Bug b when b == Bug.RELEASE_BY_ANYONE && command instanceof Command.ReleaseLock(var fence) && real instanceof LockMachine lock ->
                    wrapped(heldBy(lock, ticket, fence).on(ticket, new Command.ReleaseLock(fence), allowance));
            case Bug b when b == Bug.SIGNAL_LOST && command instanceof Command.Signal(var condition, var fence, var waiters) ->
                    wrapped(cast(real).on(ticket, new Command.Signal(condition, fence, waiters - 1), allowance));
            case Bug b when b == Bug.SIGNAL_COUNTED_TWICE && command instanceof Command.ReleasePermits(var permits, var fence, var owed) ->
                    wrapped(cast(real).on(ticket, new Command.ReleasePermits(permits + 1, fence, owed), allowance));
            case Bug b when b == Bug.SET_FORGETS_ONE && command instanceof Command.SetEvent && real instanceof EventMachine event
                    && !event.waiting().isEmpty() -> {
                var last = event.waiting().tickets().getLast();
                var step = new EventMachine(event.isSet(), event.waiting().without(last)).on(ticket, (Command.ForEvent) command, allowance);
                yield wrapped(step, new EventMachine(true, Waiting.<Command.AwaitEvent>nobody().with(last, new Command.AwaitEvent())));
            }
            case Bug b when b == Bug.CLEAR_IGNORED && command instanceof Command.ClearEvent ->
                    wrapped(Step.of(real, new Answer(ticket, new Reply.Done())));
            case Bug b when b == Bug.ORDER_BROKEN && command instanceof Command.Get get && real instanceof QueueMachine queue
                    && queue.channel().items().size() > 1 -> {
                var taken = queue.channel().items().first(1, Integer.MAX_VALUE);
                var step = with(queue, items(queue.channel(), taken.rest())).on(ticket, get, allowance);
                yield wrapped(step, with(step.next(), items(step.next().channel(),
                        step.next().channel().items().withReturned(taken.items().getFirst()))));
            }
            case Bug b when b == Bug.JOIN_TOO_EARLY && command instanceof Command.JoinQueue && real.view().count("size") == 0 ->
                    wrapped(Step.of(real, new Answer(ticket, new Reply.Done())));
            case Bug b when b == Bug.END_TOO_EARLY && command instanceof Command.Receive(var end) && isSourceGone(end) ->
                    wrapped(Step.of(real, new Answer(ticket, new Reply.EndOfStream())));
            case Bug b when b == Bug.BROKEN_TOO_EARLY && command instanceof Command.Send(var end, var payload) && payload.carried().isEmpty()
                    && ticket.id() % 7 == 0 ->
                    wrapped(Step.of(real, new Answer(ticket, new Reply.Refused(Refusals.BROKEN_PIPE, "a bug"))));
            case Bug b when b == Bug.SHUT_BUT_OPEN && command instanceof Command.Put put && real instanceof QueueMachine queue && queue.isShut() -> {
                var step = shut(queue, false).on(ticket, put, allowance);
                yield wrapped(step, shut(step.next(), true));
            }
            case Bug b when b == Bug.CONSUMED_UNHEARD && command instanceof Command.Consumed ->
                    wrapped(Step.of(real, new Answer(ticket, new Reply.Done())));
            case Bug b when b == Bug.BATCH_CUT && command instanceof Command.PutAll(var payloads) && payloads.size() > 1
                    && payloads.getLast().carried().isEmpty() ->
                    wrapped(cast(real).on(ticket, new Command.PutAll(payloads.subList(0, payloads.size() - 1)), allowance));
            case Bug b when b == Bug.BATCH_REVERSED && command instanceof Command.SendAll(var end, var payloads) ->
                    wrapped(cast(real).on(ticket, new Command.SendAll(end, payloads.reversed()), allowance));
            case Bug b when b == Bug.LATCH_FORGETS_ONE && command instanceof Command.CountDown(int by) && real instanceof LatchMachine latch
                    && by >= latch.count() && !latch.waiting().isEmpty() -> {
                var last = latch.waiting().tickets().getLast();
                var step = new LatchMachine(latch.count(), latch.waiting().without(last)).on(ticket, new Command.CountDown(by), allowance);
                yield wrapped(step, new LatchMachine(0, Waiting.<Command.AwaitLatch>nobody().with(last, new Command.AwaitLatch())));
            }
            case Bug b when b == Bug.READER_OVERTAKES && command instanceof Command.AcquireRead read && real instanceof ReadWriteLockMachine lock
                    && !lock.written() -> {
                var step = with(lock, lock.holds(), false, Waiting.nobody()).on(ticket, read, allowance);
                yield wrapped(step, with(step.next(), step.next().holds(), false, lock.line()));
            }
            case Bug b when b == Bug.DEATH_TOLD_ONCE && real instanceof ReadWriteLockMachine lock && !lock.holds().isEmpty() && !lock.written() ->
                    wrapped(new ReadWriteLockMachine(lock.holds(), false, lock.line(), Optional.empty()).on(ticket,
                            (Command.ForReadWriteLock) command, allowance));
            case Bug b when b == Bug.WRITER_BESIDE_READERS && command instanceof Command.AcquireWrite write
                    && real instanceof ReadWriteLockMachine lock && !lock.written() && lock.line().isEmpty() -> {
                var step = with(lock, TreePMap.empty(), false, Waiting.nobody()).on(ticket, write, allowance);
                yield wrapped(step, with(step.next(), lock.holds().plusAll(step.next().holds()), true, lock.line()));
            }
            case Bug b when b == Bug.POLLER_TOLD_OF_ANOTHERS && command instanceof Command.Put put && real instanceof QueueMachine queue
                    && !queue.channel().getters().isEmpty() -> {
                var step = queue.on(ticket, put, allowance);
                var answers = new ArrayList<>(step.answers());
                step.next().pollers().tickets().forEach(poller -> answers.add(new Answer(poller, new Reply.Ready())));
                yield wrapped(new Step<>(polledBy(step.next(), Waiting.nobody()), answers, step.settlements(), step.notes()));
            }
            case Bug b when b == Bug.POLLER_NOT_TOLD_OF_END && command instanceof Command.ShutDown shut && real instanceof QueueMachine queue -> {
                var step = polledBy(queue, Waiting.nobody()).on(ticket, shut, allowance);
                yield wrapped(step, polledBy(step.next(), queue.pollers()));
            }
            case Bug b when b == Bug.SECOND_POLLER_FORGOTTEN && command instanceof Command.Put put && real instanceof QueueMachine queue
                    && queue.pollers().size() > 1 -> {
                var first = queue.pollers().first();
                var step = polledBy(queue, Waiting.<Command.PollQueue>nobody().with(first.ticket(), first.wants())).on(ticket, put, allowance);
                yield wrapped(step, step.next().pollers().isEmpty() ? polledBy(step.next(), queue.pollers().without(first.ticket()))
                        : polledBy(step.next(), queue.pollers()));
            }
            case Bug b when command instanceof Command.ForCounter asked && real instanceof CounterMachine counter ->
                    wrapped(BuggyValues.on(counter, b, ticket, asked, allowance));
            case Bug b when command instanceof Command.ForMap asked && real instanceof MapMachine map ->
                    wrapped(BuggyValues.on(map, b, ticket, asked, allowance));
            case CONFIRMED_EARLY -> confirmedEarly(cast(real).on(ticket, command, allowance), allowance);
            default -> wrapped(cast(real).on(ticket, command, allowance));
        };
    }

    @Override
    public Step<BuggyMachine> expired(Ticket ticket, Allowance allowance) {
        return switch (bug) {
            case EXPIRY_UNANSWERED -> wrapped(Step.same(real));
            case Bug b when b == Bug.LATE_PUT_KEPT && real instanceof QueueMachine queue && queue.channel().putters().wants(ticket) != null -> {
                var channel = queue.channel();
                var kept = put(channel, channel.putters().wants(ticket).rest());
                yield wrapped(Step.of(real, new Answer(ticket, new Reply.TimedOut(""))), with(queue, new Channel(kept.items(), kept.bytes(),
                        channel.putters().without(ticket), channel.leftBehind(), channel.getters(), channel.out())));
            }
            default -> wrapped(real.expired(ticket, allowance));
        };
    }

    @Override
    public Step<BuggyMachine> departed(Obituary obituary, Allowance allowance) {
        var owner = obituary.owner();
        return switch (bug) {
            case DEATH_UNTOLD -> silent(real.departed(obituary, allowance));
            case Bug b when b == Bug.LOAN_OUTLIVES_DEATH && real instanceof LockMachine lock && lock.lending().isLentTo(owner)
                    && lock.held().isEmpty() -> wrapped(Step.same(real));
            case Bug b when b == Bug.WAITER_KEPT_ON_DEPARTURE && real instanceof LockMachine lock && !lock.line().of(owner).isEmpty()
                    && lock.held().filter(hold -> hold.owner().equals(owner)).isEmpty() -> wrapped(Step.same(real));
            case Bug b when b == Bug.PERMIT_LEAKED && real instanceof SemaphoreMachine semaphore -> {
                var step = semaphore.departed(obituary, allowance);
                yield wrapped(step, new SemaphoreMachine(step.next().spec(), semaphore.value(), step.next().debts(),
                        step.next().byOwner(), step.next().owed(),
                        step.next().waiting()));
            }
            case Bug b when b == Bug.PERMIT_FORGED && real instanceof SemaphoreMachine semaphore -> {
                int owed = semaphore.debts().values().stream().filter(debt -> debt.owner().equals(owner)).mapToInt(View.Hold::units).sum();
                yield wrapped(new SemaphoreMachine(semaphore.spec(), semaphore.value() + owed, semaphore.debts(),
                        semaphore.byOwner(), semaphore.owed(),
                        semaphore.waiting()).departed(obituary, allowance));
            }
            case Bug b when b == Bug.REQUEUE_FORGOTTEN && real instanceof QueueMachine queue -> {
                var channel = queue.channel();
                for (var delivery : channel.out().of(owner)) {
                    channel = channel.without(delivery).lighter(delivery.unfinished().stream().mapToInt(Backlog.Item::size).sum());
                }
                yield wrapped(with(queue, channel).departed(obituary, allowance));
            }
            case Bug b when b == Bug.REQUEUED_TWICE && real instanceof QueueMachine queue -> {
                var lost = queue.channel().out().of(owner);
                var step = queue.departed(obituary, allowance);
                yield wrapped(step, with(step.next(), again(step.next().channel(), lost)));
            }
            case Bug b when b == Bug.REDELIVERY_UNMARKED && real instanceof QueueMachine queue -> {
                var plain = new QueueMachine(new Spec.Queue(queue.spec().maxSize(), Spec.QueueKind.PLAIN), queue.redeliveries(), queue.channel(),
                        queue.pollers(), queue.joiners(), queue.letters(), queue.isShut(), queue.producers());
                var step = plain.departed(obituary, allowance);
                yield wrapped(step, new QueueMachine(queue.spec(), queue.redeliveries(), step.next().channel(), step.next().pollers(), step.next().joiners(),
                        step.next().letters(), step.next().isShut(), step.next().producers()));
            }
            case Bug b when b == Bug.LETTER_FORGOTTEN && real instanceof QueueMachine queue -> {
                var step = queue.departed(obituary, allowance);
                yield wrapped(step, new QueueMachine(queue.spec(), queue.redeliveries(), step.next().channel(), step.next().pollers(), step.next().joiners(),
                        queue.letters(), step.next().isShut(), step.next().producers()));
            }
            case Bug b when b == Bug.POLLER_NOT_TOLD_OF_RETURN && real instanceof QueueMachine queue -> {
                var step = polledBy(queue, Waiting.nobody()).departed(obituary, allowance);
                yield wrapped(step, polledBy(step.next(), queue.pollers().without(owner)));
            }
            case Bug b when b == Bug.BARRIER_IGNORES_DEATH && real instanceof BarrierMachine barrier -> wrapped(Step.same(new BarrierMachine(barrier.spec(),
                    barrier.line().without(owner), barrier.round(), barrier.acting(), barrier.lately(), barrier.broken())));
            case Bug b when b == Bug.SHARE_KEPT && real instanceof ReadWriteLockMachine lock && !lock.written() ->
                    wrapped(Step.same(with(lock, lock.holds(), false, lock.line().without(owner))));
            default -> wrapped(real.departed(obituary, allowance));
        };
    }

    // What bends.

    private Step<BuggyMachine> wrapped(Step<?> step) {
        return wrapped(step, (Machine<?, ?>) step.next());
    }

    private Step<BuggyMachine> wrapped(Step<?> step, Machine<?, ?> next) {
        return new Step<>(new BuggyMachine(next, bug), step.answers(), bug == Bug.PAYLOAD_LEAKED ? List.of() : step.settlements(), step.notes());
    }

    private Step<BuggyMachine> silent(Step<?> step) {
        var answers = step.answers().stream().map(answer -> answer.reply() instanceof Reply.Granted(var fence, var units, var abandoned, var lent)
                ? new Answer(answer.to(), new Reply.Granted(fence, units, Optional.empty(), lent)) : answer).toList();
        return wrapped(new Step<>((Machine<?, ?>) step.next(), answers, step.settlements(), step.notes()));
    }

    private Step<BuggyMachine> uncalled(Step<?> step) {
        return wrapped(new Step<>((Machine<?, ?>) step.next(), step.answers(), step.settlements(),
                step.notes().stream().filter(note -> note.kind() != Happening.Kind.CALLED_IN).toList()));
    }

    private static LockMachine with(LockMachine lock, Waiting<LockMachine.Claim> line) {
        return new LockMachine(lock.reentrant(), lock.held(), line, lock.sleeping(), lock.predecessor(), lock.lending());
    }

    private static LockMachine heldBy(LockMachine lock, Ticket ticket, long fence) {
        return new LockMachine(lock.reentrant(),
                lock.held().map(hold -> new View.Hold(ticket.owner(), ticket.strand(), fence, hold.units(), hold.since())),
                lock.line(), lock.sleeping(), lock.predecessor(), lock.lending());
    }

    private static ReadWriteLockMachine with(ReadWriteLockMachine lock, TreePMap<Long, View.Hold> holds, boolean written,
            Waiting<Command.AcquireReadWrite> line) {
        return new ReadWriteLockMachine(holds, written, line, lock.predecessor());
    }

    private boolean isSourceGone(int end) {
        return real instanceof PipeMachine pipe && !(end == 1 ? pipe.second() : pipe.first()).open();
    }

    private static QueueMachine with(QueueMachine queue, Channel channel) {
        return new QueueMachine(queue.spec(), queue.redeliveries(), channel, queue.pollers(), queue.joiners(), queue.letters(), queue.isShut(),
                queue.producers());
    }

    private static QueueMachine shut(QueueMachine queue, boolean shut) {
        return new QueueMachine(queue.spec(), queue.redeliveries(), queue.channel(), queue.pollers(), queue.joiners(), queue.letters(), shut,
                queue.producers());
    }

    private static QueueMachine polledBy(QueueMachine queue, Waiting<Command.PollQueue> pollers) {
        return new QueueMachine(queue.spec(), queue.redeliveries(), queue.channel(), pollers, queue.joiners(), queue.letters(),
                queue.isShut(), queue.producers());
    }

    private static Channel items(Channel channel, Backlog items) {
        return new Channel(items, channel.bytes(), channel.putters(), channel.leftBehind(), channel.getters(), channel.out());
    }

    private static Channel put(Channel channel, List<Payload> payloads) {
        return new Channel(channel.items().plus(payloads, 0, payloads.size()),
                channel.bytes() + payloads.stream().mapToInt(Payload::size).sum(), channel.putters(), channel.leftBehind(),
                channel.getters(), channel.out());
    }

    /** As if the same had been put once more; the keeper's records do not know of it. */
    private static Channel again(Channel channel, List<Delivery> lost) {
        var next = channel;
        for (var delivery : lost) {
            next = put(next, delivery.unfinished().stream().map(Backlog.Item::payload).toList());
        }
        return next;
    }

    private Step<BuggyMachine> confirmedEarly(Step<?> step, Allowance allowance) {
        var next = cast((Machine<?, ?>) step.next());
        var settlements = new ArrayList<>(step.settlements());
        var notes = new ArrayList<>(step.notes());
        var answers = new ArrayList<>(step.answers());
        for (var answer : step.answers()) {
            if (answer.reply() instanceof Reply.Item) {
                var confirmed = next.confirmed(answer.to(), allowance);
                next = cast((Machine<?, ?>) confirmed.next());
                settlements.addAll(confirmed.settlements());
                notes.addAll(confirmed.notes());
                answers.addAll(confirmed.answers());
            }
        }
        return new Step<>(new BuggyMachine(next, bug), answers, settlements, notes);
    }

    // The rest is as it should be.

    @Override
    public Step<BuggyMachine> confirmed(Ticket ticket, Allowance allowance) {
        return wrapped(real.confirmed(ticket, allowance));
    }

    @Override
    public Step<BuggyMachine> relieved(Allowance allowance) {
        return wrapped(real.relieved(allowance));
    }

    @Override
    public Step<BuggyMachine> endGone(int end, Allowance allowance) {
        return wrapped(real.endGone(end, allowance));
    }

    @Override
    public View view() {
        return real.view();
    }

    @Override
    public Optional<View.Hold> held() {
        return bug == Bug.DEADLOCK_OVERLOOKED ? Optional.empty() : real.held();
    }

    @Override
    public List<View.Hold> holders() {
        return bug == Bug.DEADLOCK_OVERLOOKED ? List.of() : real.holders();
    }

    @Override
    public long bytes() {
        return real.bytes();
    }

    @Override
    public boolean hasPutters() {
        return real.hasPutters();
    }

    @Override
    public List<Payload> custody() {
        return real.custody();
    }

    @Override
    public Map<Ticket, Payload> underWay() {
        return real.underWay();
    }

    @Override
    public BuggyMachine self() {
        return this;
    }
}
