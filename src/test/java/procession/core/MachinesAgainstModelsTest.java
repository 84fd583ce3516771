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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of everything that can happen to a machine, step by step against its {@link Model}; and the law that every ticket is
 * answered exactly once, sooner or later, unless its owner departed.
 */
class MachinesAgainstModelsTest {

    private static final int SEEDS = 60;
    private static final int STEPS = 300;

    /** For queues only: which direction of a pipe gets the last of the keeper's room first is no rule. */
    private static final long BUDGET = 60;

    static List<Spec> specs() {
        return List.of(
                new Spec.Lock(false), new Spec.Lock(true),
                new Spec.Semaphore(0), new Spec.Semaphore(1), new Spec.Semaphore(4),
                new Spec.Event(),
                new Spec.Queue(0, false), new Spec.Queue(2, false),
                new Spec.Queue(0, true), new Spec.Queue(2, true),
                new Spec.Pipe(true, 20), new Spec.Pipe(false, 20), new Spec.Pipe(true, 0));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aMachineDoesWhatItsModelDoes(Spec spec) {
        Seeds.each(SEEDS, seed -> new Run(spec, seed).play());
    }

    private static final class Run {
        private final Spec spec;
        private final Random random;
        private final Model model;
        private final long budget;
        private Machine<?, ?> machine;
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
        private final List<Long> fences = new ArrayList<>(List.of(0L));

        Run(Spec spec, long seed) {
            this.spec = spec;
            this.random = Seeds.random(seed);
            this.budget = spec instanceof Spec.Queue ? BUDGET : Long.MAX_VALUE / 2;
            this.model = Model.of(spec, budget);
            this.machine = spec.machine(Rules.usual(Long.MAX_VALUE));
            for (long number = 1; number <= 4; number++) {
                living.add(new Owner(number));
            }
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            asked.stream().filter(ticket -> !answers.containsKey(ticket)).toList().forEach(this::expire);
            while (spec instanceof Spec.Lock && !machine.view().holds().isEmpty()) {
                var hold = machine.view().holds().getFirst();
                ask(new Ticket(hold.owner(), 0, nextId++), new Command.ReleaseLock(hold.fence()));
            }
            asked.removeIf(ticket -> dead.contains(ticket.owner()));
            assertThat(answers.keySet()).as("each living ticket is answered once").containsAll(asked);
        }

        private void step() {
            int dice = random.nextInt(100);
            if (dice < 70) {
                ask();
            } else if (dice < 80) {
                pick(recent).ifPresent(this::expire);
            } else if (dice < 95) {
                pick(items).filter(ticket -> !dead.contains(ticket.owner())).ifPresent(this::confirm);
            } else if (dice < 98) {
                depart();
            } else if (spec instanceof Spec.Pipe && random.nextInt(4) == 0) {
                endGone(1 + random.nextInt(2));
            }
        }

        private <T> Optional<T> pick(List<T> from) {
            int latest = Math.min(30, from.size());
            return from.isEmpty() ? Optional.empty() : Optional.of(from.get(from.size() - 1 - random.nextInt(latest)));
        }

        private void ask() {
            ask(new Ticket(pick(living).orElseThrow(), random.nextInt(3), nextId++), command());
        }

        private void ask(Ticket ticket, Command command) {
            asked.add(ticket);
            recent.add(ticket);
            model.on(ticket, command);
            compare(command + " by " + ticket, on(ticket, command));
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
                        ? new Command.AcquirePermits(1 + random.nextInt(3))
                        : new Command.ReleasePermits(1 + random.nextInt(3), random.nextBoolean() ? 0 : fence);
                case Spec.Event event -> one < 6 ? new Command.AwaitEvent() : one < 8 ? new Command.SetEvent() : new Command.ClearEvent();
                case Spec.Queue queue -> one < 4 ? new Command.Put(payload()) : one < 7 ? new Command.Get() : one < 8 ? giveBack()
                        : one < 9 ? new Command.TaskDone() : new Command.JoinQueue();
                case Spec.Pipe pipe -> one < 4 ? new Command.Send(end(), payload()) : one < 7 ? new Command.Receive(end())
                        : one < 9 ? new Command.Poll(end()) : giveBack();
            };
        }

        private Command lockCommand(int one, long fence) {
            var condition = random.nextBoolean() ? "full" : "empty";
            return one < 4 ? new Command.AcquireLock()
                    : one < 6 ? new Command.ReleaseLock(fence)
                    : one < 7 ? random.nextInt(8) == 0 ? new Command.BreakLock("", "") : new Command.ReturnLock(fence)
                    : one < 9 ? new Command.AwaitCondition(condition, fence)
                    : new Command.Signal(condition, fence, random.nextInt(4) - 1);
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
            model.expired(ticket);
            compare("expired " + ticket, machine.expired(ticket, allowance()));
        }

        private void confirm(Ticket ticket) {
            model.confirmed(ticket);
            compare("confirmed " + ticket, machine.confirmed(ticket, allowance()));
        }

        private void endGone(int end) {
            model.endGone(end);
            compare("end gone " + end, machine.endGone(end, allowance()));
        }

        private void depart() {
            var owner = living.remove(random.nextInt(living.size()));
            dead.add(owner);
            living.add(new Owner(nextOwner++));
            model.departed(owner);
            long before = permits();
            compare("departed " + owner, machine.departed(new Obituary(owner, "", ""), allowance()));
            // Those who waited may have taken permits above the initial count, which owe nothing.
            assertThat(permits()).as("value + owed after a death").isLessThanOrEqualTo(before);
            if (machine.view().count("value") > 0 && machine.view().waiting().isEmpty() && spec instanceof Spec.Semaphore(var initial)
                    && before <= initial) {
                assertThat(permits()).as("value + owed after a death").isEqualTo(before);
            }
        }

        private long permits() {
            return machine.view().count("value") + machine.view().count("owed");
        }

        private Allowance allowance() {
            return new Allowance(nextFence, budget - machine.bytes(), 0);
        }

        /** Takes the step, then what room it left, as the keeper does; and compares everything with the model. */
        private void compare(String what, Step<?> step) {
            var said = new HashMap<Ticket, String>();
            var settled = new ArrayList<String>();
            take(step, said, settled);
            take(machine.relieved(allowance()), said, settled);
            assertThat(said).as("answers to %s", what).isEqualTo(model.answers);
            assertThat(settled).as("settlements of %s", what).containsExactlyInAnyOrderElementsOf(model.settlements);
            assertThat(counts()).as("state after %s", what).containsAllEntriesOf(model.counts());
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
                if (fence(answer.reply()) > 0) {
                    fences.add(fence(answer.reply()));
                    nextFence = Math.max(nextFence, fences.getLast() + 1);
                } else if (answer.reply() instanceof Reply.Item) {
                    items.add(answer.to());
                }
            }
            step.settlements().forEach(settlement -> settled.add(text(settlement)));
        }

        private static long fence(Reply reply) {
            return reply instanceof Reply.Granted granted ? granted.fence() : reply instanceof Reply.Resumed resumed ? resumed.fence() : 0;
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
                case Reply.Item item -> "item " + Stage.text(item.payload());
                case Reply.Ready ready -> "ready";
                case Reply.EndOfStream end -> "end of stream";
                case Reply.TimedOut timedOut -> "timed out";
                case Reply.Refused refused -> refused.code();
                default -> throw new AssertionError(reply);
            };
        }

        private static String text(Settlement settlement) {
            return switch (settlement) {
                case Settlement.Adopted adopted -> "adopted " + Stage.text(adopted.payload()) + " by " + adopted.by().number();
                case Settlement.Discarded discarded -> "discarded " + Stage.text(discarded.payload());
            };
        }
    }
}
