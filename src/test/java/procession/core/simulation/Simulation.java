package procession.core.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import procession.core.Bug;
import procession.core.Frame;
import procession.core.Happening;
import procession.core.Hello;
import procession.core.Keeper;
import procession.core.KeeperProbe;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Rules;
import procession.core.Seeds;
import procession.core.Sent;
import procession.core.Spec;
import procession.record.CallLog;
import procession.record.RecordInMemory;

/**
 * A run of many processes around one real keeper, in one thread and virtual time: whatever a seed decides is lost, late, stopped or
 * killed. The same seed is the same run.
 *
 * <p>It has three acts. In the first, programs run, frames go astray and processes die. In the second, everything heals and comes to
 * rest: who still waits must have a reason, and everything must add up. In the third, everyone stops waiting, ends and lets go: nothing
 * may be left.
 */
final class Simulation {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1000 * MILLI;
    private static final long FIRST_ACT = 20 * SECOND;
    private static final int MOST_PROCESSES = 7;
    private static final int MOST_TASKS = 40_000;

    private record Task(long at, long tie, Runnable body) {}

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::tie));
    private final Map<Owner, SimulatedProcess> byOwner = new HashMap<>();
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final Map<PrimitiveId, Spec> specs = new LinkedHashMap<>();
    private final Set<PrimitiveId> named = new HashSet<>();
    private final boolean traced = Boolean.getBoolean("test.trace");

    final Random random;
    final LossyTransport transport;
    final Checks checks = new Checks(this);
    private final Keeper keeper;
    private final KeeperProbe probe;
    private final int[] kinds;
    private final Bug bug;
    private final boolean tight;
    private final boolean reckless;
    private final boolean reentrant;
    private final boolean lends;
    private final long budget;
    private final int redeliveries;
    private final boolean deadly;
    private final long start;
    private long now;
    private long tie;
    private long tickAt = Long.MAX_VALUE;
    private long nextItem = 1;
    private boolean watching;
    private boolean closing;
    private int deaths;
    private RecordInMemory record;
    private Watcher watcher;

    Simulation(long seed) {
        this(seed, null);
    }

    /** So many kinds there are for {@link SimulatedProcess#make}, some of them several times. */
    private static final int KINDS = 20;

    /** With a bug; null for none. */
    Simulation(long seed, Bug bug) {
        this.bug = bug;
        random = Seeds.random(seed);
        // A monotonic clock may begin anywhere, below zero too.
        start = random.nextInt(3) == 0 ? -5 * SECOND : random.nextLong(1000 * SECOND);
        now = start;
        transport = new LossyTransport(this, random, switch (random.nextInt(5)) {
            case 0 -> LossyTransport.Mood.FINE;
            case 1, 2 -> LossyTransport.Mood.ORDERLY;
            default -> LossyTransport.Mood.WILD;
        });
        tight = random.nextInt(4) == 0;
        deadly = random.nextInt(4) > 0;
        reckless = random.nextInt(3) == 0;
        kinds = kinds(random);
        reentrant = random.nextBoolean();
        redeliveries = random.nextInt(3);
        budget = tight ? 200 : 64L << 20;
        lends = random.nextBoolean();
        var onDeadlock = random.nextInt(3) == 0 ? Rules.OnDeadlock.REFUSE : Rules.OnDeadlock.REPORT;
        keeper = KeeperProbe.keeper(new Rules(budget, redeliveries, onDeadlock, lends), this::happened, bug);
        probe = new KeeperProbe(keeper);
    }

    /** Writes down what happens, as a run does that is recorded. */
    RecordInMemory recorded(long seed) {
        record = new RecordInMemory(new Random(seed), () -> now, redeliveries);
        return record;
    }

    /** Looks on. */
    @FunctionalInterface
    interface Watcher {
        /** Something happened. */
        void happened(Happening happening);

        /** An input of the keeper's has been worked out. */
        default void stepEnds() {}
    }

    void watched(Watcher by) {
        watcher = by;
    }

    /** Where a process writes down its calls; null if the run is not recorded. */
    CallLog calls(String process) {
        return record == null ? null : record.calls(process);
    }

    private void happened(Happening happening) {
        trace("      %s", happening);
        if (record != null) {
            record.happened(happening);
        }
        if (watcher != null) {
            watcher.happened(happening);
        }
        if (happening.kind() == Happening.Kind.MADE) {
            happening.primitive().filter(id -> happening.name().isPresent()).ifPresent(named::add);
        }
        checks.happened(happening);
    }

    /** What there was in a run. */
    record Played(int processes, int deaths, long grants, long deliveries, long deadlocks, long lostFrames, long tasks) {}

    Played play() {
        var main = new SimulatedProcess(this, null, 0, "MainProcess");
        processes.add(main);
        main.start();
        for (int joining = random.nextInt(3); joining > 0; joining--) {
            var process = new SimulatedProcess(this, null, 1 + random.nextLong(1L << 40), "Joined-" + joining);
            processes.add(process);
            after(millis(12_000), process::start);
        }
        while (!tasks.isEmpty() && now < start + FIRST_ACT) {
            runOne();
        }
        heal();
        runToRest();
        checks.atRest(probe);
        closing = true;
        for (int round = 0; round < 40 && !allIsOver(main); round++) {
            living().forEach(SimulatedProcess::close);
            runToRest();
        }
        Law.COMES_TO_REST.holds(allIsOver(main), "still busy: %s", living());
        // What those who have ended left in line enters as others make room.
        for (int round = 0; round == 0 || (round < 40 && hasItems()); round++) {
            main.drain();
            runToRest();
            main.readLetters();
            runToRest();
        }
        main.clearMaps();
        runToRest();
        main.dropEverything();
        main.session().flush();
        runToRest();
        checks.items.inOrder();
        nothingIsLeft();
        return new Played(processes.size(), deaths, checks.grants(), checks.deliveries(), checks.deadlocks(), transport.lost(), tie);
    }

    private boolean allIsOver(SimulatedProcess main) {
        return living().equals(List.of(main)) && main.isIdle();
    }

    private void nothingIsLeft() {
        var load = keeper.load();
        long named = specs.keySet().stream().filter(id -> id.maker() == 0).count();
        Law.NOTHING_IS_LEFT.holds(load.processes() == 1 && load.open() == 0 && load.inFlight() == 0 && load.deadlines() == 0
                && load.held() == 0 && load.payloadBytes() == 0 && load.primitives() == named, "%s", load);
        Law.NOTHING_IS_LEFT.holds(keeper.nextTick() == Long.MAX_VALUE && keeper.unattended().isEmpty(), "something is under way still");
    }

    private boolean hasItems() {
        return specs().entrySet().stream().filter(one -> one.getValue() instanceof Spec.Queue).map(one -> probe.view(one.getKey()))
                .flatMap(Optional::stream).anyMatch(view -> view.count("size") > 0 || view.count("left-behind") > 0);
    }

    private void heal() {
        trace("--- healed");
        transport.heal();
        List.copyOf(processes).forEach(SimulatedProcess::wake);
    }

    // The scheduler.

    private void runToRest() {
        while (!tasks.isEmpty()) {
            runOne();
        }
    }

    private void runOne() {
        var task = tasks.poll();
        now = Math.max(now, task.at());
        task.body().run();
        Law.COMES_TO_REST.holds(tie < MOST_TASKS, "%s steps have been taken", tie);
    }

    long now() {
        return now;
    }

    void at(long time, Runnable body) {
        tasks.add(new Task(time, tie++, body));
    }

    void after(long delay, Runnable body) {
        at(now + delay, body);
    }

    long millis(int most) {
        return random.nextInt(most) * MILLI + random.nextInt(1000);
    }

    /**
     * Most runs have a few kinds of primitives only: so more happens to each, and what needs several things to come together does come
     * (Groce et al., Swarm Testing, ISSTA 2012).
     */
    private static int[] kinds(Random random) {
        var all = random.ints(0, KINDS).distinct().limit(KINDS).toArray();
        return Arrays.copyOf(all, random.nextInt(4) == 0 ? KINDS : 2 + random.nextInt(6));
    }

    /** The kind of a new primitive, of those of this run. */
    int kind() {
        return kinds[random.nextInt(kinds.length)];
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    void trace(String text, Object... arguments) {
        if (traced) {
            System.out.printf("%10.3f  %s%n", (now - start) / 1e6, text.formatted(arguments));
        }
    }

    // What is known to everyone here.

    /** Whether this run has that bug. */
    boolean has(Bug one) {
        return bug == one;
    }

    /** Whether threads that hold locks wait for others for ever. */
    boolean isReckless() {
        return reckless;
    }

    /** Whether the lock that all know is re-entrant. */
    boolean isReentrant() {
        return reentrant;
    }

    /** How often an item may come back. */
    int redeliveries() {
        return redeliveries;
    }

    /** Whether all know it, and it lives as long as the run. */
    boolean isNamed(PrimitiveId id) {
        return named.contains(id);
    }

    boolean isClosing() {
        return closing;
    }

    /** Whether the keeper has so little room that puts wait for it. */
    boolean isTight() {
        return tight;
    }

    /** How many bytes of payload the keeper can take in still. */
    long room() {
        return budget - keeper.load().payloadBytes();
    }

    boolean mayDie() {
        return deadly && !closing && now < start + FIRST_ACT;
    }

    boolean mayStart() {
        return processes.size() < MOST_PROCESSES && !closing;
    }

    void register(SimulatedProcess process) {
        processes.add(process);
    }

    void admitted(SimulatedProcess process) {
        byOwner.put(process.owner(), process);
    }

    SimulatedProcess process(Owner owner) {
        return byOwner.get(owner);
    }

    /** Whether a process has ended or left, or never came. */
    boolean isGone(Owner owner) {
        return !byOwner.containsKey(owner) || !byOwner.get(owner).isAlive();
    }

    List<SimulatedProcess> living() {
        return processes.stream().filter(SimulatedProcess::isAlive).toList();
    }

    void made(PrimitiveId id, Spec spec) {
        specs.put(id, spec);
    }

    Spec spec(PrimitiveId id) {
        return specs.get(id);
    }

    Map<PrimitiveId, Spec> specs() {
        return specs;
    }

    /** Primitives in the order in which they were made: a payload carries only younger ones, so that none holds itself. */
    int age(PrimitiveId id) {
        return List.copyOf(specs.keySet()).indexOf(id);
    }

    long newItem() {
        return nextItem++;
    }

    KeeperProbe probe() {
        return probe;
    }

    // The keeper and its surroundings.

    void hello(SimulatedProcess process, Hello hello) {
        transport.send(process.name() + " up", () -> {
            boolean again = has(Bug.HELLO_TURNED_AWAY) && keeper.find(hello).isPresent() && process.owner() != null;
            var verdict = again ? Hello.Verdict.GONE : keeper.hello(hello, now);
            var owner = keeper.find(hello).map(member -> member.owner()).orElse(null);
            transport.send(process.name() + " down", () -> process.deliver(() -> process.helloed(verdict, owner)));
            attend();
            if (!process.isRunning()) {
                watchOn(); // It said hello, and died before that arrived.
            }
        });
    }

    void frame(SimulatedProcess process, Frame<Sent> frame) {
        var owner = process.owner();
        transport.send(process.name() + " up", () -> {
            keeper.receive(owner, tampered(frame), now);
            attend();
        });
    }

    private <M> Frame<M> tampered(Frame<M> frame) {
        return has(Bug.LINK_FORGETS) && chance(3)
                ? new Frame<>(frame.acknowledged() + 1, frame.sentBefore(), frame.first(), frame.elements())
                : frame;
    }

    /** What a keeper's actor does after each input. */
    private void attend() {
        keeper.transmit((to, frame) -> {
            var process = byOwner.get(to);
            if (process != null) {
                transport.send(process.name() + " down", () -> process.deliver(() -> process.received(tampered(frame))));
            }
        }, now);
        checks.stepEnds();
        if (watcher != null) {
            watcher.stepEnds();
        }
        keeper.takeDeparted();
        keeper.takeAlarms();
        long next = keeper.nextTick();
        if (next < tickAt) {
            tickAt = next;
            at(next, () -> tick(next));
        }
    }

    private void tick(long scheduled) {
        if (tickAt == scheduled) {
            tickAt = Long.MAX_VALUE;
            keeper.tick(now);
            attend();
        }
    }

    /** A process stands still; nobody may take that for its death. */
    void stopped(SimulatedProcess process) {
        if (has(Bug.DEATH_BELIEVED_ON_SUSPICION) && process.owner() != null && chance(50)) {
            after(millis(1000), () -> gone(process));
        }
    }

    /** A process has left the run; its children have nobody to see their end. */
    void left(SimulatedProcess process) {
        watchOn();
    }

    /** A process has ended: its parent sees it, if it lives; or the keeper's watch does; or both, in any order. */
    void died(SimulatedProcess process) {
        deaths++;
        if (process.owner() != null && chance(25)) {
            after(millis(200), () -> gone(process));
        }
        watchOn();
    }

    private void watchOn() {
        if (!watching) {
            watching = true;
            after(100 * MILLI, this::watch);
        }
    }

    private void gone(SimulatedProcess process) {
        keeper.gone(process.owner(), "gone", now);
        attend();
    }

    /** As the keeper's host looks after orphans. */
    private void watch() {
        for (var member : keeper.unattended()) {
            var process = processes.stream().filter(one -> one.isSaid(member.hello())).findFirst().orElseThrow();
            if (!process.isRunning()) {
                keeper.gone(member.owner(), "ended unseen", now);
                attend();
            }
        }
        watching = keeper.members().stream().anyMatch(member ->
                processes.stream().noneMatch(process -> process.isRunning() && process.isSaid(member.hello())));
        if (watching) {
            after(100 * MILLI, this::watch);
        }
    }
}
