package procession.core.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import procession.core.Happening;
import procession.core.KeeperProbe;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Resource;
import procession.core.Spec;
import procession.core.View;

/**
 * What must be true, whatever is lost and whoever dies: seen from the users' side, as processes receive grants and items, and from the
 * keeper's happenings.
 */
final class Checks {

    /** One message that was put into a queue or sent through a pipe, and what is known of it. */
    static final class Item {
        final long id;
        /** The queue, or the end of a pipe that the message goes to. */
        final Resource line;
        final String producer;
        boolean confirmed;
        boolean refused;
        boolean doneSent;
        boolean doneConfirmed;
        final List<SimulatedProcess> receivers = new ArrayList<>();

        Item(long id, Resource line, String producer) {
            this.id = id;
            this.line = line;
            this.producer = producer;
        }

        @Override
        public String toString() {
            return "item " + id + " of " + producer + " for " + line;
        }
    }

    private record Held(SimulatedProcess by, long fence) {}

    private record Asked(long owner, long request) {}

    /** A line that says who was handed something, in the keeper's order; which item it was is known once that was received. */
    private static final class HandedOut {
        final long owner;
        final long request;
        Item item;
        /** How many were handed out when this one came back. */
        int cameBackAt = Integer.MAX_VALUE;

        HandedOut(long owner, long request) {
            this.owner = owner;
            this.request = request;
        }
    }

    private final Simulation simulation;
    private final Map<Long, Item> items = new LinkedHashMap<>();
    private final Map<PrimitiveId, Held> locks = new HashMap<>();
    private final Map<PrimitiveId, Long> lastFence = new HashMap<>();
    private final Map<PrimitiveId, Map<Long, Integer>> permits = new HashMap<>();
    private final Map<Long, SimulatedProcess> permitHolders = new HashMap<>();
    private final Set<Resource> ended = new HashSet<>();

    // As the keeper saw it.
    private final Map<PrimitiveId, List<HandedOut>> handedOut = new HashMap<>();
    private final Map<PrimitiveId, Map<Long, ArrayDeque<Long>>> givingBack = new HashMap<>();
    private final Map<PrimitiveId, Long> lockHolder = new HashMap<>();
    private final Map<PrimitiveId, Long> lastDead = new HashMap<>();
    private final Map<PrimitiveId, Long> lastTold = new HashMap<>();
    private final Map<PrimitiveId, Long> told = new HashMap<>();
    private final Map<PrimitiveId, Boolean> flags = new HashMap<>();
    private final Map<PrimitiveId, Set<Asked>> awaiting = new HashMap<>();
    private final Map<PrimitiveId, Long> signals = new HashMap<>();
    private final Map<PrimitiveId, Long> taken = new HashMap<>();
    private long lastFenceOfAll;
    private long grants;
    private long deliveries;

    Checks(Simulation simulation) {
        this.simulation = simulation;
    }

    static void that(boolean holds, String law, Object... arguments) {
        if (!holds) {
            throw new AssertionError(law.formatted(arguments));
        }
    }

    long grants() {
        return grants;
    }

    long deliveries() {
        return deliveries;
    }

    // Locks and semaphores, as users see them.

    void locked(PrimitiveId lock, SimulatedProcess by, Reply.Granted granted) {
        grants++;
        var held = locks.get(lock);
        that(held == null || !held.by().isAlive(), "Two hold lock %s: %s and %s", lock, held == null ? "" : held.by(), by);
        that(granted.fence() > lastFence.getOrDefault(lock, 0L), "The fence of lock %s does not rise: %s", lock, granted);
        granted.abandoned().ifPresent(who -> that(!simulation.process(who.owner()).isAlive(), "%s is alive: %s", who, lock));
        locks.put(lock, new Held(by, granted.fence()));
        lastFence.put(lock, granted.fence());
    }

    void unlocked(PrimitiveId lock) {
        locks.remove(lock);
    }

    void took(PrimitiveId semaphore, int initial, SimulatedProcess by, Reply.Granted granted) {
        grants++;
        permits.computeIfAbsent(semaphore, s -> new HashMap<>()).put(granted.fence(), granted.units());
        permitHolders.put(granted.fence(), by);
        that(initial == 0 || heldByTheLiving(semaphore) <= initial, "More than %s permits of %s are out", initial, semaphore);
    }

    void gave(PrimitiveId semaphore, long fence) {
        permits.get(semaphore).remove(fence);
    }

    private long heldByTheLiving(PrimitiveId semaphore) {
        return permits.getOrDefault(semaphore, Map.of()).entrySet().stream()
                .filter(entry -> permitHolders.get(entry.getKey()).isAlive()).mapToLong(Map.Entry::getValue).sum();
    }

    // Queues and pipes, as users see them.

    Item put(long id, Resource line, String producer) {
        var item = new Item(id, line, producer);
        items.put(id, item);
        return item;
    }

    void putEnded(Item item, Reply reply) {
        switch (reply) {
            case Reply.Done done -> item.confirmed = true;
            case Reply.TimedOut timedOut -> notPut(item);
            case Reply.Refused refused -> notPut(item);
            default -> throw new AssertionError("A put is answered by " + reply);
        }
    }

    private void notPut(Item item) {
        item.refused = true;
        that(item.receivers.isEmpty(), "Its put failed, but it was received: %s", item);
    }

    Item received(long id, Resource line, SimulatedProcess by, long request) {
        deliveries++;
        var item = seen(id, line, by, request);
        that(item.receivers.stream().noneMatch(SimulatedProcess::isAlive), "Given twice, to %s and %s: %s", item.receivers, by, item);
        that(!item.doneConfirmed, "Done, and given again to %s: %s", by, item);
        that(!ended.contains(line), "After the end of the stream: %s", item);
        item.receivers.add(by);
        return item;
    }

    /** An item has reached a process; whether the process keeps it is another matter. */
    Item seen(long id, Resource line, SimulatedProcess by, long request) {
        var item = items.get(id);
        that(item != null && item.line.equals(line), "Never put into %s: item %s", line, id);
        that(!item.refused, "Its put failed, but it was given to %s: %s", by, item);
        handedOut.getOrDefault(line.primitive(), List.of()).stream()
                .filter(entry -> entry.owner == by.owner().number() && entry.request == request).forEach(entry -> entry.item = item);
        return item;
    }

    /** Nothing is left in a queue: whatever was put has been received by someone. */
    void drained(Resource line) {
        items.values().stream().filter(item -> item.line.equals(line) && item.confirmed)
                .forEach(item -> that(!item.receivers.isEmpty(), "Lost: %s", item));
    }

    /** A process is about to give back what a request of its got. */
    void givesBack(PrimitiveId line, SimulatedProcess by, long request) {
        givingBack.computeIfAbsent(line, l -> new HashMap<>())
                .computeIfAbsent(by.owner().number(), owner -> new ArrayDeque<>()).add(request);
    }

    private void cameBack(PrimitiveId line, long owner, long request) {
        var entries = handedOut.getOrDefault(line, List.of());
        entries.stream().filter(entry -> entry.owner == owner && (request == 0 || entry.request == request))
                .forEach(entry -> entry.cameBackAt = Math.min(entry.cameBackAt, entries.size()));
    }

    /** Every item whose put was confirmed before someone began to join. */
    List<Item> confirmedIn(PrimitiveId queue) {
        return items.values().stream().filter(item -> item.line.primitive().equals(queue) && item.confirmed).toList();
    }

    void joined(List<Item> before) {
        before.forEach(item -> that(item.doneSent, "Joined, but this is not done: %s", item));
    }

    /** The stream to an end is over. */
    void endOfStream(Resource line, SimulatedProcess seenBy) {
        var source = new Resource(line.primitive(), 3 - line.end());
        simulation.living().forEach(process ->
                that(process.copies(source) == 0, "End of stream at %s for %s, but %s holds the other end", line, seenBy, process));
        items.values().stream().filter(item -> item.line.equals(line) && item.confirmed).forEach(item ->
                that(!item.receivers.isEmpty(), "End of stream at %s for %s, but this was never received: %s", line, seenBy, item));
        ended.add(line);
    }

    void broken(Resource line, SimulatedProcess seenBy) {
        simulation.living().forEach(process ->
                that(process.copies(line) == 0, "Broken pipe at %s for %s, but %s holds it", line, seenBy, process));
    }

    // As the keeper saw it.

    void happened(Happening happening) {
        var id = happening.primitive().orElse(null);
        var asked = new Asked(happening.owner(), happening.request());
        switch (happening.kind()) {
            case ASKED -> {
                if (happening.detail().equals("GiveBack")) {
                    cameBack(id, happening.owner(), givingBack.get(id).get(happening.owner()).poll());
                }
                if (happening.detail().equals("AwaitEvent")) {
                    awaiting.computeIfAbsent(id, e -> new HashSet<>()).add(asked);
                }
            }
            case ABANDONED -> {
                that(Long.valueOf(happening.amount()).equals(lastDead.get(id)), "%s, but it was held last by %s", happening, lastDead.get(id));
                told.put(id, happening.amount());
            }
            case GRANTED -> granted(id, happening);
            case RELEASED -> {
                lockHolder.remove(id);
                signals.merge(id, happening.amount(), Long::sum);
            }
            case RETURNED -> {
                lockHolder.remove(id);
                if (lastTold.containsKey(id)) {
                    lastDead.put(id, lastTold.get(id));
                }
            }
            case PROCESS_ENDED -> {
                lockHolder.forEach((lock, holder) -> {
                    if (holder == happening.owner()) {
                        lastDead.put(lock, holder);
                    }
                });
                awaiting.values().forEach(waiters -> waiters.removeIf(waiter -> waiter.owner() == happening.owner()));
                handedOut.keySet().forEach(line -> cameBack(line, happening.owner(), 0));
            }
            case SET -> {
                flags.put(id, true);
                that(awaiting.getOrDefault(id, Set.of()).isEmpty(), "Event %s was set, but not for %s", id, awaiting.get(id));
            }
            case CLEARED -> flags.put(id, false);
            case WOKEN, TIMED_OUT, REFUSED -> awaiting.getOrDefault(id, new HashSet<>()).remove(asked);
            case GOT, RECEIVED -> handedOut.computeIfAbsent(id, q -> new ArrayList<>())
                    .add(new HandedOut(happening.owner(), happening.request()));
            default -> { }
        }
    }

    private void granted(PrimitiveId id, Happening happening) {
        that(happening.amount() > lastFenceOfAll, "The fence does not rise: %s", happening);
        lastFenceOfAll = happening.amount();
        taken.merge(id, 1L, Long::sum);
        lastTold.remove(id);
        if (told.containsKey(id)) {
            lastTold.put(id, told.get(id));
        }
        that(Objects.equals(lastDead.remove(id), told.remove(id)), "Its last holder died, but that was not told: %s", happening);
        if (simulation.spec(id) instanceof Spec.Lock) {
            lockHolder.put(id, happening.owner());
        }
    }

    // At rest, and at the end.

    /** Nothing is on its way: those who wait must have a reason, and everything adds up. */
    void atRest(KeeperProbe probe) {
        simulation.living().forEach(process -> process.openCalls().forEach(call ->
                probe.view(call.target()).ifPresentOrElse(
                        view -> that(mayWait(call, view), "It waits without a reason: %s; %s", call, view),
                        () -> that(false, "It waits for what is not there: %s", call))));
        simulation.specs().forEach((id, spec) -> probe.view(id).ifPresent(view -> addsUp(id, spec, view)));
        simulation.living().forEach(process -> process.holdings().forEach((resource, count) ->
                that(probe.copies(resource, process.owner()) == count, "%s has %s copies of %s, its keeper says %s",
                        process, count, resource, probe.copies(resource, process.owner()))));
    }

    private boolean mayWait(SimulatedProcess.Call call, View view) {
        return switch (call.kind()) {
            case "AcquireLock" -> !view.holds().isEmpty() && simulation.process(view.holds().getFirst().owner()).isAlive();
            case "AcquirePermits" -> view.count("value") < 2;
            case "AwaitEvent" -> view.count("set") == 0;
            case "Put" -> view.count("full") == 1 || lacksRoom(call);
            case "Send" -> view.count(call.end() == 1 ? "to-second" : "to-first") > 0 || lacksRoom(call);
            case "Get" -> view.count("size") == 0;
            case "JoinQueue" -> view.count("unfinished") > 0;
            case "Receive", "Poll" -> call.end() == 1
                    ? view.count("to-first") == 0 && (view.count("second-open") == 1 || lacksRoom(call))
                    : view.count("to-second") == 0 && (view.count("first-open") == 1 || lacksRoom(call));
            default -> false;
        };
    }

    /** Whether the keeper's room is too small for it, or for one that may be before it in line. */
    private boolean lacksRoom(SimulatedProcess.Call call) {
        return simulation.living().stream().flatMap(process -> process.openCalls().stream())
                .filter(other -> other.target().equals(call.target()))
                .anyMatch(other -> other.size() > simulation.room());
    }

    private void addsUp(PrimitiveId id, Spec spec, View view) {
        switch (spec) {
            case Spec.Lock lock -> that(view.holds().size() == (locks.containsKey(id) && locks.get(id).by().isAlive() ? 1 : 0),
                    "Lock %s is held as its keeper says, but its users know better: %s", id, view);
            case Spec.Semaphore semaphore when semaphore.permits() > 0 -> {
                that(view.count("value") + view.count("owed") == semaphore.permits(), "value + owed of %s: %s", id, view);
                that(view.count("owed") == heldByTheLiving(id), "%s is owed %s, but users hold %s", id, view, heldByTheLiving(id));
            }
            case Spec.Semaphore signal -> that(view.count("value") == signals.getOrDefault(id, 0L) - taken.getOrDefault(id, 0L),
                    "%s signals and %s grants, but %s: %s", signals.get(id), taken.get(id), id, view);
            case Spec.Event event -> that(view.count("set") == (flags.getOrDefault(id, false) ? 1 : 0), "Event %s: %s", id, view);
            case Spec.Queue queue -> counted(new Resource(id, 0), view.count("size"), view.count("unfinished"), queue.joinable());
            case Spec.Pipe pipe -> {
                if (view.count("first-open") == 1) {
                    counted(new Resource(id, 1), view.count("to-first"), view.count("to-first"), false);
                }
                if (view.count("second-open") == 1) {
                    counted(new Resource(id, 2), view.count("to-second"), view.count("to-second"), false);
                }
            }
        }
    }

    /** No item is lost: as many are there as were put and not received, give or take what died on its way. */
    private void counted(Resource line, long present, long unfinished, boolean joinable) {
        long least = 0;
        long most = 0;
        for (var item : items.values()) {
            if (!item.line.equals(line) || item.refused) {
                continue;
            }
            boolean received = item.receivers.stream().anyMatch(SimulatedProcess::isAlive);
            boolean finished = item.doneConfirmed || (joinable ? received && item.doneSent : received);
            boolean certain = item.confirmed && item.receivers.isEmpty();
            boolean withTheLiving = joinable && received && !item.doneSent;
            least += certain || withTheLiving ? 1 : 0;
            most += finished ? 0 : 1;
        }
        that(unfinished >= least && unfinished <= most, "%s has %s unfinished items (%s in line), but %s to %s were put and not received",
                line, unfinished, present, least, most);
    }

    /** Items of one producer come out in the order in which it put them; only one that was out with another, and came back, may be late. */
    void inOrder() {
        handedOut.forEach((line, entries) -> {
            for (int later = 0; later < entries.size(); later++) {
                for (int earlier = 0; earlier < later; earlier++) {
                    var one = entries.get(earlier).item;
                    var two = entries.get(later).item;
                    if (one != null && two != null && one.line.equals(two.line) && one.producer.equals(two.producer) && one.id > two.id) {
                        that(wasOut(entries, earlier, two), "Overtaken: %s by %s", two, one);
                    }
                }
            }
        });
    }

    private static boolean wasOut(List<HandedOut> entries, int then, Item item) {
        return entries.subList(0, then).stream()
                .anyMatch(entry -> (entry.item == null || entry.item == item) && entry.cameBackAt > then);
    }
}
