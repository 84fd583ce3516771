package procession.core.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import procession.core.Frame;
import procession.core.Hello;
import procession.core.Keeper;
import procession.core.KeeperProbe;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Seeds;
import procession.core.Sent;
import procession.core.Spec;

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
    private static final int MOST_TASKS = 400_000;

    private record Task(long at, long tie, Runnable body) {}

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::tie));
    private final Map<Owner, SimulatedProcess> byOwner = new HashMap<>();
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final Map<PrimitiveId, Spec> specs = new LinkedHashMap<>();
    private final boolean traced = Boolean.getBoolean("procession.test.trace");

    final Random random;
    final LossyTransport transport;
    final Checks checks = new Checks(this);
    private final Keeper keeper;
    private final KeeperProbe probe;
    private final boolean tight;
    private final long budget;
    private final boolean deadly;
    private final long start;
    private long now;
    private long tie;
    private long tickAt = Long.MAX_VALUE;
    private long nextItem = 1;
    private boolean watching;
    private boolean closing;
    private int deaths;

    Simulation(long seed) {
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
        budget = tight ? 200 : 64L << 20;
        keeper = new Keeper(procession.core.Rules.usual(budget), happening -> {
            trace("      %s", happening);
            checks.happened(happening);
        });
        probe = new KeeperProbe(keeper);
    }

    /** What there was in a run. */
    record Played(int processes, int deaths, long grants, long deliveries, long lostFrames, long tasks) {}

    Played play() {
        var main = new SimulatedProcess(this, null, 0, "MainProcess");
        processes.add(main);
        main.start();
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
        Checks.that(allIsOver(main), "Still busy: %s", living());
        main.drain();
        runToRest();
        main.dropEverything();
        runToRest();
        checks.inOrder();
        nothingIsLeft();
        return new Played(processes.size(), deaths, checks.grants(), checks.deliveries(), transport.lost(), tie);
    }

    private boolean allIsOver(SimulatedProcess main) {
        return living().equals(List.of(main)) && main.isIdle();
    }

    private void nothingIsLeft() {
        var load = keeper.load();
        long named = specs.keySet().stream().filter(id -> id.maker() == 0).count();
        Checks.that(load.processes() == 1 && load.open() == 0 && load.inFlight() == 0 && load.deadlines() == 0 && load.held() == 0
                && load.payloadBytes() == 0 && load.primitives() == named, "Something is left: %s", load);
        Checks.that(keeper.nextTick() == Long.MAX_VALUE, "Something is under way still");
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
        Checks.that(tie < MOST_TASKS, "It never comes to rest");
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

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    void trace(String text, Object... arguments) {
        if (traced) {
            System.out.printf("%10.3f  %s%n", (now - start) / 1e6, text.formatted(arguments));
        }
    }

    // What is known to everyone here.

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
            var verdict = keeper.hello(hello, now);
            var owner = keeper.find(hello).map(member -> member.owner()).orElse(null);
            transport.send(process.name() + " down", () -> process.deliver(() -> process.helloed(verdict, owner)));
            attend();
        });
    }

    void frame(SimulatedProcess process, Frame<Sent> frame) {
        var owner = process.owner();
        transport.send(process.name() + " up", () -> {
            keeper.receive(owner, frame, now);
            attend();
        });
    }

    /** What a keeper's actor does after each input. */
    private void attend() {
        keeper.transmit((to, frame) -> {
            var process = byOwner.get(to);
            if (process != null) {
                transport.send(process.name() + " down", () -> process.deliver(() -> process.received(frame)));
            }
        }, now);
        keeper.takeDeparted();
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

    /** A process has ended: its parent sees it, if it lives; or the keeper's watch does; or both, in any order. */
    void died(SimulatedProcess process) {
        deaths++;
        if (process.owner() != null && chance(25)) {
            after(millis(200), () -> gone(process));
        }
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
        for (var orphan : keeper.orphans()) {
            if (!byOwner.containsKey(orphan.owner()) || !byOwner.get(orphan.owner()).isAlive()) {
                var dead = processes.stream().filter(process -> process.isSaid(orphan.hello())).findFirst().orElseThrow();
                if (!dead.isAlive()) {
                    keeper.gone(orphan.owner(), "gone with its parent", now);
                    attend();
                }
            }
        }
        watching = keeper.members().stream().anyMatch(member ->
                processes.stream().noneMatch(process -> process.isAlive() && process.isSaid(member.hello())));
        if (watching) {
            after(100 * MILLI, this::watch);
        }
    }
}
