package procession.core.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import procession.core.Deadlock;
import procession.core.Happening;
import procession.core.KeeperProbe;
import procession.core.Look;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Spec;
import procession.core.Ticket;
import procession.core.View;

/**
 * Holds the {@link Law}s: seen from the users' side, as processes receive grants and items, and from the keeper's happenings; and, when
 * nothing is on its way, from what there is.
 */
final class Checks {

    private final Simulation simulation;
    final LockChecks locks;
    final SemaphoreChecks semaphores = new SemaphoreChecks();
    final EventChecks events = new EventChecks();
    final ItemChecks items;
    final BarrierChecks barriers = new BarrierChecks();
    final LatchChecks latches = new LatchChecks();
    final ReadWriteLockChecks readWriteLocks;
    final ValueChecks values = new ValueChecks();
    private long grants;
    private long deliveries;
    private long deadlocks;

    Checks(Simulation simulation) {
        this.simulation = simulation;
        this.locks = new LockChecks(simulation);
        this.items = new ItemChecks(simulation);
        this.readWriteLocks = new ReadWriteLockChecks(simulation);
    }

    long grants() {
        return grants;
    }

    long deadlocks() {
        return deadlocks;
    }

    long deliveries() {
        return deliveries;
    }

    /** A process is no longer in the run, though it lives: what it had is not its any more. */
    void left(SimulatedProcess process) {
        locks.left(process);
        readWriteLocks.left(process);
        semaphores.left(process);
    }

    void happened(Happening happening) {
        switch (happening.kind()) {
            case PROCESS_ENDED -> {
                locks.ended(happening.owner());
                events.ended(happening.owner());
                barriers.ended(happening.owner());
                latches.ended(happening.owner());
                readWriteLocks.ended(happening.owner());
                items.ended(happening.owner());
            }
            case GRANTED -> grants++;
            case DEADLOCK -> deadlocks++;
            case GOT, RECEIVED -> deliveries++;
            default -> { }
        }
        if (happening.kind() != Happening.Kind.SIGNALLED && happening.kind() != Happening.Kind.REFUSED) {
            locks.signalEnds();
        }
        happening.primitive().filter(id -> simulation.spec(id) != null).ifPresent(id -> {
            switch (simulation.spec(id)) {
                case Spec.Lock lock -> locks.happened(id, happening);
                case Spec.Semaphore semaphore -> {
                    semaphores.happened(id, happening);
                    if (happening.kind() == Happening.Kind.GRANTED) {
                        locks.fenceOf(happening);
                    }
                }
                case Spec.Event event -> events.happened(id, happening);
                case Spec.Barrier barrier -> barriers.happened(id, barrier.parties(), happening);
                case Spec.Latch latch -> latches.happened(id, latch.count(), happening);
                case Spec.ReadWriteLock lock -> {
                    readWriteLocks.happened(id, happening);
                    if (happening.kind() == Happening.Kind.GRANTED) {
                        locks.fenceOf(happening);
                    }
                }
                case Spec.Queue queue -> items.happened(id, happening);
                case Spec.Pipe pipe -> items.happened(id, happening);
                case Spec.Counter counter -> values.happened(id, counter, happening);
                case Spec.Cell cell -> values.happened(id, cell, happening);
                case Spec.SharedMap map -> values.happened(id, map, happening);
            }
        });
    }

    /** An input of the keeper's has been worked out. */
    void stepEnds() {
        locks.signalEnds();
        barriers.stepEnds();
        latches.stepEnds();
        readWriteLocks.stepEnds();
        items.stepEnds();
    }

    /** Nothing is on its way: those who wait must have a reason, and everything adds up. */
    void atRest(KeeperProbe probe, long now) {
        seen(probe, probe.look(now));
        simulation.living().forEach(process -> process.session().openCalls().forEach(call -> {
            var view = probe.view(call.target());
            Law.NO_WAIT_WITHOUT_REASON.holds(view.isPresent() && mayWait(process, call, view.get()), "%s waits, but %s", call, view);
        }));
        simulation.specs().forEach((id, spec) -> probe.view(id).ifPresent(view -> addsUp(id, spec, view)));
        simulation.living().forEach(process -> process.holdings().forEach((resource, count) ->
                Law.COPIES_AGREE.holds(probe.copies(resource, process.owner()) == count, "%s has %s of %s, its keeper says %s", process,
                        count, resource, probe.copies(resource, process.owner()))));
        deadlocks(probe);
    }

    /** What is seen of processes is what they know of themselves, and what the machines say of them. */
    private void seen(KeeperProbe probe, Look look) {
        var seen = new HashMap<Long, Look.Process>();
        look.processes().stream().filter(process -> !process.starting()).forEach(process -> seen.put(process.owner(), process));
        simulation.living().forEach(process -> {
            var known = process.session().openCalls().stream().map(call -> call.target() + " by " + call.strand).sorted().toList();
            var shown = Optional.ofNullable(seen.get(process.owner().number())).map(Look.Process::waits).orElse(List.of()).stream()
                    .map(wait -> wait.thing().id() + " by " + wait.strand()).sorted().toList();
            Law.LOOK_IS_TRUE.holds(known.equals(shown), "%s waits for %s, and is seen to wait for %s", process, known, shown);
        });
        for (var primitive : look.primitives(thing -> true, Integer.MAX_VALUE)) {
            var id = primitive.thing().id();
            var view = probe.view(id).orElseThrow();
            var held = view.holds().stream().map(hold -> hold.owner().number() + " " + hold).sorted().toList();
            var shown = seen.values().stream().flatMap(process -> process.holds().stream().filter(hold -> hold.thing().id().equals(id))
                    .map(hold -> process.owner() + " " + hold.hold())).sorted().toList();
            Law.LOOK_IS_TRUE.holds(held.equals(shown), "%s is held by %s, and seen with %s", id, held, shown);
            long waiting = seen.values().stream().flatMap(process -> process.waits().stream())
                    .filter(wait -> wait.thing().id().equals(id)).count();
            Law.LOOK_IS_TRUE.holds(view.waiting().size() + view.sleeping().size() == waiting, "%s is waited for as %s, and seen so by %s", id,
                    view, waiting);
        }
    }

    private boolean mayWait(SimulatedProcess process, SimulatedSession.Call call, View view) {
        return switch (call.kind()) {
            case "AcquireLock" -> isHeldByTheLiving(view);
            case "AwaitCondition" -> view.sleeping().contains(new Ticket(process.owner(), call.strand, call.number)) || isHeldByTheLiving(view);
            case "AcquirePermits" -> view.count("value") < 2;
            case "AwaitEvent" -> view.count("set") == 0;
            case "AwaitLatch" -> view.count("count") > 0;
            case "AcquireRead", "AcquireWrite" -> view.holds().stream().anyMatch(hold -> !simulation.isGone(hold.owner()));
            case "AwaitBarrier" -> view.count("broken") == 0 && view.count("acting") == 0
                    && view.waiting().size() < view.count("parties");
            case "Put", "PutAll" -> view.count("shut-down") == 0 && (view.count("full") == 1 || lacksRoom(call, view));
            case "Send", "SendAll" -> view.count(call.end() == 1 ? "to-second" : "to-first") > 0 || lacksRoom(call, view);
            case "Get", "GetSome", "PollQueue" -> view.count("size") == 0 && view.count("shut-down") == 0;
            case "JoinQueue" -> view.count("unfinished") > 0;
            case "Receive", "ReceiveSome", "Poll" -> call.end() == 1
                    ? view.count("to-first") == 0 && (view.count("second-open") == 1 || lacksRoom(call, view))
                    : view.count("to-second") == 0 && (view.count("first-open") == 1 || lacksRoom(call, view));
            case "AwaitCounter", "AwaitValue", "AwaitMap" -> values.mayWait(call.target(), call.command, view);
            default -> false;
        };
    }

    private boolean isHeldByTheLiving(View view) {
        return !view.holds().isEmpty() && !view.holds().getFirst().isLent() && !simulation.isGone(view.holds().getFirst().owner());
    }

    /** Whether the keeper's room is too small for it, or for one that may be before it in line, its process gone or not. */
    private boolean lacksRoom(SimulatedSession.Call call, View view) {
        return view.count("left-behind") > 0 || simulation.living().stream().flatMap(process -> process.session().openCalls().stream())
                .filter(other -> other.target().equals(call.target()))
                .anyMatch(other -> other.size() > simulation.room());
    }

    private void addsUp(PrimitiveId id, Spec spec, View view) {
        switch (spec) {
            case Spec.Lock lock -> locks.atRest(id, view);
            case Spec.Semaphore semaphore -> semaphores.atRest(id, semaphore, view);
            case Spec.Event event -> events.atRest(id, view);
            case Spec.Queue queue -> items.atRest(id, spec, view);
            case Spec.Pipe pipe -> items.atRest(id, spec, view);
            case Spec.Latch latch -> latches.atRest(id, latch.count(), view);
            case Spec.ReadWriteLock lock -> readWriteLocks.atRest(id, view);
            case Spec.Counter counter -> values.atRest(id, spec, view);
            case Spec.Cell cell -> values.atRest(id, spec, view);
            case Spec.SharedMap map -> values.atRest(id, spec, view);
            case Spec.Barrier barrier -> { } // Whether somebody waits there without a reason is asked of everyone.
        }
    }

    // Deadlocks.

    private record Strand(Owner owner, long number) {}

    /** Which thread waits for which other one, seen from outside; cycles are looked for by walking from everywhere. */
    private void deadlocks(KeeperProbe probe) {
        var waitsFor = new HashMap<Strand, Set<Strand>>();
        simulation.specs().forEach((id, spec) -> {
            if (spec instanceof Spec.Lock || spec instanceof Spec.ReadWriteLock) {
                probe.view(id).ifPresent(view -> view.holds().stream().filter(hold -> hold.strand() != 0).forEach(hold ->
                        view.waiting().stream().filter(ticket -> ticket.strand() != 0).forEach(ticket ->
                                waitsFor.computeIfAbsent(new Strand(ticket.owner(), ticket.strand()), s -> new HashSet<>())
                                        .add(new Strand(hold.owner(), hold.strand())))));
            }
        });
        boolean isOne = waitsFor.keySet().stream().anyMatch(start -> reaches(start, start, waitsFor, new HashSet<>()));
        var found = probe.deadlocks();
        Law.DEADLOCKS_ARE_FOUND.holds(isOne == !found.isEmpty(), "waits are %s, and deadlocks %s", waitsFor, words(found));
    }

    private static boolean reaches(Strand from, Strand to, Map<Strand, Set<Strand>> waitsFor, Set<Strand> seen) {
        return waitsFor.getOrDefault(from, Set.of()).stream()
                .anyMatch(next -> next.equals(to) || (seen.add(next) && reaches(next, to, waitsFor, seen)));
    }

    private static List<String> words(List<Deadlock> found) {
        return new ArrayList<>(found.stream().map(Deadlock::words).toList());
    }
}
