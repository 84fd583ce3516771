package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of everything that can happen to a machine, step by step against its {@link Model}: a hundred thousand steps each; and
 * the law that every ticket is answered exactly once, sooner or later, unless its owner departed. A sequence that fails is made as short
 * as it can be before it is told.
 */
@SideBySide
class MachinesAgainstModelsTest {

    private static final int SEEDS = 334;
    private static final int STEPS = 300;

    /** For queues only: which direction of a pipe gets the last of the keeper's room first is no rule. */
    private static final long BUDGET = 60;

    static List<Spec> specs() {
        return List.of(
                new Spec.Lock(false), new Spec.Lock(true),
                new Spec.Semaphore(0, false), new Spec.Semaphore(1, false), new Spec.Semaphore(4, false),
                new Spec.Semaphore(0, true), new Spec.Semaphore(4, true),
                new Spec.Event(),
                new Spec.Queue(0, Spec.QueueKind.SIMPLE), new Spec.Queue(0, Spec.QueueKind.PLAIN), new Spec.Queue(2, Spec.QueueKind.PLAIN),
                new Spec.Queue(0, Spec.QueueKind.JOINABLE), new Spec.Queue(2, Spec.QueueKind.JOINABLE),
                new Spec.Pipe(true, 20), new Spec.Pipe(false, 20), new Spec.Pipe(true, 0),
                new Spec.Barrier(1, Sent.FOR_EVER), new Spec.Barrier(3, Sent.FOR_EVER),
                new Spec.Latch(0), new Spec.Latch(40), new Spec.ReadWriteLock(),
                new Spec.Counter(0), new Spec.Counter(Long.MAX_VALUE - 3), new Spec.Cell(), new Spec.SharedMap());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aMachineDoesWhatItsModelDoes(Spec spec) {
        Seeds.each(SEEDS, seed -> {
            var steps = Seeds.random(seed).longs(STEPS).boxed().toList();
            Shrinking.check(steps, shorter -> new Run(spec).play(shorter));
        });
        System.out.printf("%s: %d sequences of %d steps, as its model does%n", spec, Seeds.count(SEEDS), STEPS);
    }

    /** One sequence: each step is a number from which everything about it follows, so that leaving one out leaves the others as they are. */
    private static final class Run {
        private final Spec spec;
        private final Model model;
        private final long budget;
        private Machine<?, ?> machine;
        private Random random;
        private long nextFence = 1;
        private long nextId = 1;
        private long nextOwner = 5;
        private long nextItem = 1;
        private final List<Owner> living = new ArrayList<>();
        private final Set<Owner> dead = new HashSet<>();
        private final Map<Ticket, String> answers = new LinkedHashMap<>();
        private final Set<Ticket> asked = new HashSet<>();
        private final List<Ticket> recent = new ArrayList<>();
        private final List<Ticket> items = new ArrayList<>();
        private final List<Ticket> actors = new ArrayList<>();
        private final List<Long> fences = new ArrayList<>(List.of(0L));
        private final List<String> log = new ArrayList<>();

        Run(Spec spec) {
            this.spec = spec;
            this.budget = spec instanceof Spec.Queue || spec instanceof Spec.SharedMap ? BUDGET : Long.MAX_VALUE / 2;
            this.model = Model.of(spec, budget);
            this.machine = spec.machine(new Rules(Long.MAX_VALUE, Model.REDELIVERIES, Rules.OnDeadlock.REPORT, false));
            LongStream.rangeClosed(1, 4).forEach(number -> living.add(new Owner(number)));
        }

        void play(List<Long> steps) {
            try {
                for (long step : steps) {
                    random = new Random(step);
                    step();
                }
                windUp();
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(spec + " after:\n  " + String.join("\n  ", log) + "\n" + broken.getMessage(), broken);
            }
        }

        /** Everyone who waits has waited long enough, and whoever holds gives back: now everyone has an answer. */
        private void windUp() {
            asked.stream().filter(ticket -> !answers.containsKey(ticket)).toList().forEach(this::expire);
            boolean isLock = spec instanceof Spec.Lock || spec instanceof Spec.ReadWriteLock;
            while (isLock && !machine.view().holds().isEmpty()) {
                var hold = machine.view().holds().getFirst();
                ask(new Ticket(hold.owner(), 0, nextId++),
                        spec instanceof Spec.Lock ? new Command.ReleaseLock(hold.fence()) : new Command.ReleaseReadWrite(hold.fence()));
            }
            asked.removeIf(ticket -> dead.contains(ticket.owner()));
            assertThat(answers.keySet()).as("each living ticket is answered once").containsAll(asked);
        }

        private void step() {
            int dice = random.nextInt(100);
            if (dice < 70) {
                ask(new Ticket(pick(living).orElseThrow(), random.nextInt(3), nextId++), command());
            } else if (dice < 78) {
                pick(recent).ifPresent(this::expire);
            } else if (dice < 93) {
                pick(items).filter(ticket -> !dead.contains(ticket.owner())).ifPresent(this::confirm);
            } else if (dice < 97) {
                depart();
            } else if (spec instanceof Spec.Pipe && random.nextInt(4) == 0) {
                endGone(1 + random.nextInt(2));
            }
        }

        private <T> Optional<T> pick(List<T> from) {
            int latest = Math.min(30, from.size());
            return from.isEmpty() ? Optional.empty() : Optional.of(from.get(from.size() - 1 - random.nextInt(latest)));
        }

        private void ask(Ticket ticket, Command command) {
            asked.add(ticket);
            recent.add(ticket);
            log.add(command + " by " + ticket);
            model.on(ticket, command);
            compare(on(ticket, command));
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private Step<?> on(Ticket ticket, Command command) {
            return ((Machine) machine).on(ticket, command, allowance());
        }

        private Command command() {
            long fence = fences.get(fences.size() - 1 - random.nextInt(Math.min(4, fences.size())));
            int one = random.nextInt(10);
            return switch (spec) {
                case Spec.Lock lock -> lockCommand(one, fence);
                case Spec.Semaphore semaphore -> one < 5
                        ? new Command.AcquirePermits(1 + random.nextInt(3), random.nextInt(4) > 0)
                        : new Command.ReleasePermits(1 + random.nextInt(3), random.nextBoolean() ? 0 : fence, random.nextInt(4) > 0);
                case Spec.Event event -> one < 6 ? new Command.AwaitEvent() : one < 8 ? new Command.SetEvent() : new Command.ClearEvent();
                case Spec.Queue queue -> queueCommand(random.nextInt(60));
                case Spec.Pipe pipe -> pipeCommand(random.nextInt(16));
                case Spec.Barrier barrier -> barrierCommand(random.nextInt(20));
                case Spec.Latch latch -> one < 6 ? new Command.AwaitLatch() : new Command.CountDown(1 + random.nextInt(2));
                case Spec.ReadWriteLock lock -> one < 4 ? new Command.AcquireRead() : one < 6 ? new Command.AcquireWrite()
                        : one < 9 ? new Command.ReleaseReadWrite(fence) : new Command.ReturnReadWrite(fence);
                case Spec.Counter counter -> counterCommand(one, machine.view().count("value"));
                case Spec.Cell cell -> valueCommand(random.nextInt(8), Payload.NONE);
                case Spec.SharedMap map -> one < 2 ? mapCommand(one) : valueCommand(one, Stage.item(List.of("a", "b", "c").get(random.nextInt(3))));
            };
        }

        private Command lockCommand(int one, long fence) {
            var condition = random.nextBoolean() ? "full" : "empty";
            return one < 4 ? new Command.AcquireLock()
                    : one < 6 ? new Command.ReleaseLock(fence)
                    : one < 7 ? random.nextInt(8) == 0 ? new Command.BreakLock("", "") : new Command.ReturnLock(fence)
                    : one < 9 ? new Command.AwaitCondition(condition, fence, 1 + random.nextInt(3))
                    : new Command.Signal(condition, fence, random.nextInt(4) - 1);
        }

        private Command pipeCommand(int one) {
            return one < 4 ? new Command.Send(end(), payload()) : one < 7 ? new Command.Receive(end()) : one < 9 ? new Command.Poll(end())
                    : one < 11 ? new Command.SendAll(end(), payloads()) : one < 13 ? new Command.ReceiveSome(end(), 1 + random.nextInt(4))
                    : one < 15 ? consumed() : giveBack();
        }

        private Command consumed() {
            return new Command.Consumed(pick(items).map(Ticket::id).orElse(0L), 1 + random.nextInt(4));
        }

        private List<Payload> payloads() {
            return Stream.generate(this::payload).limit(1 + random.nextInt(4)).toList();
        }

        private Command queueCommand(int one) {
            return one >= 56 ? new Command.PollQueue() : one >= 40 ? windowed(one) : one < 15 ? new Command.Put(payload()) : one < 26 ? new Command.Get() : one < 29 ? giveBack()
                    : one < 33 ? new Command.TaskDone(random.nextBoolean() ? 0 : pick(items).map(Ticket::id).orElse(1L))
                    : one < 36 ? new Command.JoinQueue()
                    : one < 37 ? new Command.ReadDeadLetter(random.nextInt((int) nextItem))
                    : one < 38 ? new Command.RemoveDeadLetter(random.nextInt((int) nextItem))
                    : one < 39 || random.nextInt(8) > 0
                            ? new Command.CloseWhenGone(List.of(), random.nextInt(20) == 0 ? List.of() : List.of(pick(living).orElseThrow()))
                    : new Command.ShutDown();
        }

        private Command windowed(int one) {
            return one < 46 ? new Command.PutAll(payloads()) : one < 51 ? new Command.GetSome(1 + random.nextInt(4)) : consumed();
        }

        private Command barrierCommand(int one) {
            return one < 14 ? new Command.AwaitBarrier(random.nextInt(3) == 0)
                    : one < 17 ? new Command.ActionEnded(pick(actors).map(Ticket::id).orElse(0L),
                            random.nextInt(4) == 0 ? Optional.of("it failed") : Optional.empty())
                    : one < 19 ? new Command.ResetBarrier("") : new Command.AbortBarrier("");
        }

        private Command counterCommand(int one, long value) {
            long near = value + random.nextInt(5) - 2;
            return one < 5 ? new Command.AddToCounter(random.nextInt(7) - 3) : one < 6 ? new Command.SetCounter(near, Optional.empty())
                    : one < 8 ? new Command.SetCounter(near, Optional.of(near)) : new Command.AwaitCounter(near);
        }

        private Command mapCommand(int one) {
            long version = machine.view().count("version");
            return one == 0 ? new Command.AwaitMap(Math.max(0, version - random.nextInt(2)))
                    : switch (random.nextInt(6)) {
                        case 0 -> new Command.ClearMap();
                        case 1 -> new Command.ReadMore(random.nextInt((int) nextId));
                        default -> new Command.ReadMap();
                    };
        }

        private Command valueCommand(int one, Payload key) {
            long version = Math.max(0, machine.view().count("version") - random.nextInt(4));
            return one < 3 ? new Command.ReadValue(key) : one < 5 ? new Command.AwaitValue(key, version)
                    : new Command.WriteValue(key, random.nextInt(4) == 0 && spec instanceof Spec.SharedMap ? Payload.NONE : payload(),
                            random.nextInt(3) - 1 < 1 ? random.nextInt(2) - 1 : version, random.nextInt(3) == 0);
        }

        private int end() {
            return 1 + random.nextInt(2);
        }

        private Payload payload() {
            var text = "#" + nextItem++ + "-".repeat(random.nextInt(12));
            return random.nextInt(3) == 0 ? Stage.carrying(text) : Stage.item(text);
        }

        private Command.GiveBack giveBack() {
            return new Command.GiveBack(pick(items).map(Ticket::id).orElse(0L));
        }

        private void expire(Ticket ticket) {
            log.add("expired " + ticket);
            model.expired(ticket);
            compare(machine.expired(ticket, allowance()));
        }

        private void confirm(Ticket ticket) {
            log.add("confirmed " + ticket);
            model.confirmed(ticket);
            compare(machine.confirmed(ticket, allowance()));
        }

        private void endGone(int end) {
            log.add("end gone " + end);
            model.endGone(end);
            compare(machine.endGone(end, allowance()));
        }

        private void depart() {
            var owner = living.remove(random.nextInt(living.size()));
            boolean orderly = random.nextBoolean();
            dead.add(owner);
            living.add(new Owner(nextOwner++));
            log.add("departed " + owner + (orderly ? ", orderly" : ""));
            model.departed(owner, orderly);
            long before = permits();
            compare(machine.departed(new Obituary(owner, "", "", orderly), allowance()));
            // Those who waited may have taken permits above the initial count, or unowned: these owe nothing.
            assertThat(permits()).as("value + owed after a death").isLessThanOrEqualTo(before);
            if (machine.view().waiting().isEmpty() && machine.view().count("value") > 0 && spec instanceof Spec.Semaphore(var initial, var b)
                    && before <= initial && nobodyWaitedUnowned) {
                assertThat(permits()).as("value + owed after a death").isEqualTo(before);
            }
            nobodyWaitedUnowned = true;
        }

        private boolean nobodyWaitedUnowned = true;

        private long permits() {
            nobodyWaitedUnowned &= !(machine instanceof SemaphoreMachine semaphore) || semaphore.waiting().tickets().stream()
                    .allMatch(ticket -> semaphore.waiting().wants(ticket).owed());
            return machine.view().count("value") + machine.view().count("owed");
        }

        private Allowance allowance() {
            return new Allowance(nextFence, budget - machine.bytes(), 0, "someone");
        }

        /** Takes the step, then what room it left, as the keeper does; and compares everything with the model. */
        private void compare(Step<?> step) {
            var said = new HashMap<Ticket, String>();
            var settled = new ArrayList<String>();
            take(step, said, settled);
            take(machine.relieved(allowance()), said, settled);
            assertThat(said).as("answers").isEqualTo(model.answers);
            assertThat(settled).as("settlements").containsExactlyInAnyOrderElementsOf(model.settlements);
            assertThat(counts()).as("state").containsAllEntriesOf(model.counts());
            model.answers.clear();
            model.settlements.clear();
        }

        private void take(Step<?> step, Map<Ticket, String> said, List<String> settled) {
            machine = (Machine<?, ?>) step.next();
            for (var answer : step.answers()) {
                assertThat(asked.contains(answer.to())).as("asked").isTrue();
                assertThat(dead.contains(answer.to().owner())).as("dead").isFalse();
                assertThat(answers.put(answer.to(), "")).as("answered before: %s", answer.to()).isNull();
                said.put(answer.to(), text(answer.reply()));
                switch (answer.reply()) {
                    case Reply.Granted granted -> granted(granted.fence());
                    case Reply.Resumed resumed -> granted(resumed.fence());
                    case Reply.Item item -> items.add(answer.to());
                    case Reply.Items some -> items.add(answer.to());
                    case Reply.Act act -> actors.add(answer.to());
                    default -> { }
                }
            }
            step.settlements().forEach(settlement -> settled.add(text(settlement)));
        }

        private void granted(long fence) {
            fences.add(fence);
            nextFence = Math.max(nextFence, fence + 1);
        }

        private Map<String, Long> counts() {
            var counts = new TreeMap<>(machine.view().counts());
            counts.put("holds", (long) machine.view().holds().size());
            if (spec instanceof Spec.Lock) {
                counts.put("depth", (long) machine.view().holds().stream().mapToInt(View.Hold::units).sum());
            }
            counts.put("waiting", (long) machine.view().waiting().size());
            counts.put("bytes", machine.bytes());
            return counts;
        }

        private static String text(Reply reply) {
            return switch (reply) {
                case Reply.Granted granted -> "granted " + granted.fence() + " x" + granted.units()
                        + granted.abandoned().map(who -> " after " + who.owner().number()).orElse("");
                case Reply.Resumed resumed -> "resumed " + resumed.fence() + " x" + resumed.depth()
                        + (resumed.signalled() ? " signalled" : "")
                        + resumed.abandoned().map(who -> " after " + who.owner().number()).orElse("");
                case Reply.Done done -> "done";
                case Reply.Item item -> "item " + text(item);
                case Reply.Items some -> "items " + some.items().stream().map(Run::text).collect(Collectors.joining(", "));
                case Reply.DeadLetter letter -> "letter " + letter.number() + " " + Stage.text(letter.payload()) + " x"
                        + letter.deliveries() + " with " + letter.last().owner().number();
                case Reply.Ready ready -> "ready";
                case Reply.EndOfStream end -> "end of stream";
                case Reply.Passed passed -> "passed " + passed.index();
                case Reply.Act act -> "act " + act.index();
                case Reply.TimedOut timedOut -> "timed out";
                case Reply.Refused refused -> refused.code();
                case Reply.Counted counted -> "counted " + counted.value() + (counted.changed() ? " changed" : "");
                case Reply.Value value -> "value " + value.version() + " " + Stage.text(value.payload());
                case Reply.Stored stored -> "stored " + stored.version();
                case Reply.Entries some -> "entries " + some.version() + " " + some.entries().stream().map(entry -> Stage.text(entry.key())
                        + "=" + Stage.text(entry.payload()) + "@" + entry.version()).collect(Collectors.joining(",")) + (some.more() ? "…" : "");
                default -> throw new AssertionError(reply);
            };
        }

        private static String text(Reply.Item item) {
            return Stage.text(item.payload()) + " again " + item.redelivered();
        }

        private static String text(Settlement settlement) {
            return switch (settlement) {
                case Settlement.Adopted adopted -> "adopted " + Stage.text(adopted.payload()) + " by " + adopted.by().number();
                case Settlement.Copied copied -> "copied " + Stage.text(copied.payload()) + " for " + copied.to().id();
                case Settlement.Discarded discarded -> "discarded " + Stage.text(discarded.payload());
            };
        }
    }
}
