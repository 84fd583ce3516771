package procession.core.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Resource;
import procession.core.Spec;
import procession.core.View;

/** What goes through queues and pipes: as users put and get it, and as the keeper hands it out. */
final class ItemChecks {

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
        boolean letter;
        boolean removalSent;
        boolean removed;
        int cameBack;
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

    private record Asked(long owner, long request) {}

    private record Numbered(Resource line, long number) {}

    /** Somebody was handed something, in the keeper's order. */
    private static final class HandedOut {
        final Asked to;
        final Item item;
        /** How many had been handed out when this one came back. */
        int cameBackAt = Integer.MAX_VALUE;

        HandedOut(Asked to, Item item) {
            this.to = to;
            this.item = item;
        }
    }

    private final Simulation simulation;
    private final Map<Long, Item> items = new LinkedHashMap<>();
    /** What a request puts and has not been accepted, in its order. */
    private final Map<Asked, Deque<Item>> puts = new HashMap<>();
    private final Map<Numbered, Item> byNumber = new HashMap<>();
    private final Map<Resource, List<HandedOut>> handedOut = new HashMap<>();
    private final Set<Resource> ended = new HashSet<>();
    /** Who was told in the keeper's present step that there is something to get. */
    private final Map<Resource, Happening> told = new HashMap<>();
    /** Who waits to see something in a queue. */
    private final Map<PrimitiveId, Set<Asked>> pollers = new HashMap<>();
    private final Set<PrimitiveId> shut = new HashSet<>();
    private final Map<PrimitiveId, List<SimulatedProcess>> producers = new HashMap<>();
    private final Set<Long> departed = new HashSet<>();
    private final Set<PrimitiveId> mayBeShut = new HashSet<>();

    ItemChecks(Simulation simulation) {
        this.simulation = simulation;
    }

    // As users see them.

    Item item(long id, Resource line, String producer) {
        var item = new Item(id, line, producer);
        items.put(id, item);
        return item;
    }

    void put(Item item, SimulatedProcess by, long request) {
        puts.computeIfAbsent(new Asked(by.owner().number(), request), asked -> new ArrayDeque<>()).add(item);
    }

    void putEnded(Item item, Reply reply) {
        if (reply instanceof Reply.Done) {
            item.confirmed = true;
            return;
        }
        item.refused = true;
        Law.PUT_BEFORE_GOT.holds(item.receivers.isEmpty(), "its put failed, but it was received: %s", item);
    }

    /** A batch has ended: what of it was accepted before it was refused is there. */
    void batchEnded(List<Item> batch, SimulatedProcess by, long request, Reply reply) {
        var rest = puts.getOrDefault(new Asked(by.owner().number(), request), new ArrayDeque<>());
        Law.NOT_LOST.holds(!(reply instanceof Reply.Done) || rest.isEmpty(), "put was confirmed, but not taken in: %s", rest);
        batch.forEach(item -> {
            if (rest.contains(item)) {
                putEnded(item, reply);
            } else {
                item.confirmed = true;
            }
        });
    }

    Item received(long id, Resource line, SimulatedProcess by, long request, int redelivered) {
        var item = seen(id, line, by, request);
        Law.GIVEN_TO_ONE.holds(item.receivers.stream().noneMatch(SimulatedProcess::isAlive) && !item.doneConfirmed,
                "to %s and %s: %s", item.receivers, by, item);
        Law.END_AFTER_ALL.holds(!ended.contains(line), "%s got %s after the end", by, item);
        Law.REDELIVERY_MARKED.holds(redelivered == item.cameBack, "%s came back %s times, and says %s", item, item.cameBack, redelivered);
        item.receivers.add(by);
        item.doneSent = false; // One that had it before may have said so, and died before that arrived.
        return item;
    }

    /** An item has reached a process; whether the process keeps it is another matter. */
    Item seen(long id, Resource line, SimulatedProcess by, long request) {
        var item = items.get(id);
        Law.PUT_BEFORE_GOT.holds(item != null && item.line.equals(line) && !item.refused, "%s got %s from %s: %s", by, id, line, item);
        var asked = new Asked(by.owner().number(), request);
        Law.PUT_BEFORE_GOT.holds(handedOut.getOrDefault(line, List.of()).stream()
                .anyMatch(entry -> entry.to.equals(asked) && entry.item == item), "%s got %s, which was not handed out to it", by, item);
        return item;
    }

    /** Nothing is left in a queue: whatever was put has been received by someone, or was given up. */
    void drained(Resource line) {
        items.values().stream().filter(item -> item.line.equals(line) && item.confirmed && !item.letter)
                .forEach(item -> Law.NOT_LOST.holds(!item.receivers.isEmpty(), "%s", item));
    }

    /** Every item whose put was confirmed before someone began to join. */
    List<Item> confirmedIn(PrimitiveId queue) {
        return items.values().stream().filter(item -> item.line.primitive().equals(queue) && item.confirmed).toList();
    }

    void joined(List<Item> before) {
        before.forEach(item -> Law.JOIN_WAITS.holds(item.doneSent || item.letter, "not done: %s", item));
    }

    /** The stream to an end, or what comes from a queue, is over. */
    void endOfStream(Resource line, SimulatedProcess seenBy) {
        if (line.end() == Resource.WHOLE) {
            Law.NOTHING_PUT_AFTER_SHUTDOWN.holds(shut.contains(line.primitive()), "%s is told of the end of %s", seenBy, line);
        } else {
            var source = new Resource(line.primitive(), 3 - line.end());
            simulation.living().forEach(process -> Law.END_AFTER_ALL.holds(process.copies(source) == 0,
                    "%s is told of the end at %s, but %s holds the other end", seenBy, line, process));
        }
        if (!isJoinable(line.primitive())) { // There, what was got may come back.
            items.values().stream().filter(item -> item.line.equals(line) && item.confirmed).forEach(item -> Law.END_AFTER_ALL.holds(
                    !item.receivers.isEmpty(), "%s is told of the end at %s, but this was never received: %s", seenBy, line, item));
            ended.add(line);
        }
    }

    void broken(Resource line, SimulatedProcess seenBy) {
        simulation.living().forEach(process ->
                Law.BROKEN_WHEN_GONE.holds(process.copies(line) == 0, "%s is told that %s is gone, but %s holds it", seenBy, line, process));
    }

    void letterRead(long id, Resource line, int deliveries) {
        var item = items.get(id);
        Law.LETTERS_ARE_KEPT.holds(item != null && item.line.equals(line) && item.letter && deliveries == item.cameBack,
                "%s was read as a dead letter of %s after %s deliveries", item, line, deliveries);
    }

    /** All dead letters of a queue, read one after another, with nothing between. */
    void lettersRead(Resource line, Set<Long> ids) {
        items.values().stream().filter(item -> item.line.equals(line)).forEach(item -> Law.LETTERS_ARE_KEPT.holds(ids.contains(item.id)
                ? item.letter && !item.removed
                : !item.letter || item.removalSent, "%s of %s are the dead letters, but what of %s?", ids, line, item));
    }

    void letterRemoved(long id, boolean confirmed) {
        items.get(id).removalSent = true;
        items.get(id).removed |= confirmed;
    }

    // The end of queues.

    void mayBeShut(PrimitiveId queue) {
        mayBeShut.add(queue);
    }

    void producersNamed(PrimitiveId queue, List<SimulatedProcess> named) {
        producers.computeIfAbsent(queue, q -> new ArrayList<>()).addAll(named);
    }

    // As the keeper saw it.

    void happened(PrimitiveId id, Happening happening) {
        if (told.values().stream().anyMatch(ready -> ready.step() != happening.step())) {
            toldWhatIsThere();
        }
        var asked = new Asked(happening.owner(), happening.request());
        var line = new Resource(id, happening.detail().startsWith("to ") ? Integer.parseInt(happening.detail().substring(3)) : 0);
        switch (happening.kind()) {
            case PUT, SENT -> {
                // What one that has ended had handed to the keeper enters as there is room.
                Law.NOTHING_PUT_AFTER_SHUTDOWN.holds(!shut.contains(id) || departed.contains(happening.owner()), "%s", happening);
                byNumber.put(new Numbered(line, happening.number()), puts.get(asked).poll());
            }
            case GOT, RECEIVED -> {
                var item = byNumber.get(new Numbered(line, happening.number()));
                var entries = handedOut.computeIfAbsent(line, l -> new ArrayList<>());
                Law.GIVEN_TO_ONE.holds(entries.stream().noneMatch(entry -> entry.item == item && entry.cameBackAt == Integer.MAX_VALUE),
                        "%s is handed out again, and did not come back: %s", item, happening);
                entries.add(new HandedOut(asked, item));
            }
            case REQUEUED -> requeued(id, asked, happening);
            case DEAD_LETTER -> {
                var item = byNumber.get(new Numbered(new Resource(id, 0), happening.number()));
                item.cameBack++;
                Law.REDELIVERY_MARKED.holds(item.cameBack == simulation.redeliveries() + 1 && happening.units() == item.cameBack,
                        "%s came back %s times: %s", item, item.cameBack, happening);
                item.letter = true;
            }
            case SHUT_DOWN -> shut.add(id);
            case ASKED -> {
                if (happening.detail().equals("PollQueue")) {
                    pollers.computeIfAbsent(id, queue -> new HashSet<>()).add(asked);
                }
            }
            case READY -> {
                if (line.end() == Resource.WHOLE) {
                    told.put(line, happening);
                    pollers.get(id).remove(asked);
                }
            }
            case TIMED_OUT, REFUSED -> pollers.getOrDefault(id, new HashSet<>()).remove(asked);
            default -> { }
        }
    }

    void stepEnds() {
        toldWhatIsThere();
        pollers.forEach((id, waiting) -> {
            if (!waiting.isEmpty()) {
                simulation.probe().view(id).ifPresent(view -> Law.READY_IS_TOLD.holds(view.count("size") == 0
                        && (view.count("shut-down") == 0 || view.count("unfinished") > 0 || view.count("left-behind") > 0),
                        "%s wait to see something in %s, which has %s", waiting, id, view.counts()));
            }
        });
    }

    /** Who waited to see something was told so in this step: after it, it is there, as those in line come first; or it is the end. */
    private void toldWhatIsThere() {
        told.forEach((line, ready) -> Law.READY_IS_THERE.holds(shut.contains(line.primitive()) || byNumber.entrySet().stream()
                .anyMatch(numbered -> numbered.getKey().line().equals(line) && !numbered.getValue().letter
                        && handedOut.getOrDefault(line, List.of()).stream().noneMatch(
                                entry -> entry.item == numbered.getValue() && entry.cameBackAt == Integer.MAX_VALUE)), "%s", ready));
        told.clear();
    }

    private boolean isJoinable(PrimitiveId id) {
        return simulation.spec(id) instanceof Spec.Queue queue && queue.joinable();
    }

    void ended(long owner) {
        departed.add(owner);
        pollers.values().forEach(waiting -> waiting.removeIf(asked -> asked.owner() == owner));
    }

    private void requeued(PrimitiveId id, Asked asked, Happening happening) {
        handedOut.forEach((line, entries) -> {
            if (line.primitive().equals(id)) {
                var item = byNumber.get(new Numbered(line, happening.number()));
                entries.stream().filter(entry -> entry.to.equals(asked) && entry.item == item)
                        .filter(entry -> entry.cameBackAt == Integer.MAX_VALUE).forEach(entry -> {
                    entry.cameBackAt = entries.size();
                    entry.item.cameBack += isJoinable(id) && departed.contains(asked.owner()) ? 1 : 0;
                    Law.REDELIVERY_MARKED.holds(happening.units() == entry.item.cameBack && happening.units() <= simulation.redeliveries(),
                            "%s came back %s times: %s", entry.item, entry.item.cameBack, happening);
                });
            }
        });
    }

    // At rest.

    void atRest(PrimitiveId id, Spec spec, View view) {
        if (spec instanceof Spec.Queue queue) {
            counted(new Resource(id, 0), view.count("size"), view.count("unfinished"), queue.joinable());
            var named = producers.getOrDefault(id, List.of());
            boolean allGone = !named.isEmpty() && named.stream().noneMatch(SimulatedProcess::isAlive);
            boolean isShut = view.count("shut-down") == 1;
            Law.NOTHING_PUT_AFTER_SHUTDOWN.holds(isShut ? mayBeShut.contains(id) : !allGone, "%s is %s; its producers are %s", id, view, named);
        } else {
            if (view.count("first-open") == 1) {
                counted(new Resource(id, 1), view.count("to-first"), view.count("to-first"), false);
            }
            if (view.count("second-open") == 1) {
                counted(new Resource(id, 2), view.count("to-second"), view.count("to-second"), false);
            }
        }
    }

    /** No item is lost: as many are there as were put and not received, give or take what died on its way. */
    private void counted(Resource line, long present, long unfinished, boolean joinable) {
        long least = 0;
        long most = 0;
        for (var item : items.values()) {
            if (!item.line.equals(line) || item.refused || item.letter) {
                continue;
            }
            boolean received = item.receivers.stream().anyMatch(SimulatedProcess::isAlive);
            boolean finished = item.doneConfirmed || (joinable ? received && item.doneSent : received);
            boolean certain = item.confirmed && item.receivers.isEmpty();
            boolean withTheLiving = joinable && received && !item.doneSent;
            least += certain || withTheLiving ? 1 : 0;
            most += finished ? 0 : 1;
        }
        Law.NOT_LOST.holds(unfinished >= least && unfinished <= most,
                "%s has %s unfinished items (%s in line), but %s to %s were put and not received", line, unfinished, present, least, most);
    }

    /** Items of one producer come out in the order in which it put them; only one that was out with another, and came back, may be late. */
    void inOrder() {
        handedOut.forEach((line, entries) -> {
            for (int later = 0; later < entries.size(); later++) {
                for (int earlier = 0; earlier < later; earlier++) {
                    var one = entries.get(earlier).item;
                    var two = entries.get(later).item;
                    if (one.producer.equals(two.producer) && one.id > two.id) {
                        Law.IN_ORDER.holds(wasOut(entries, earlier, two), "%s was overtaken by %s", two, one);
                    }
                }
            }
        });
    }

    private static boolean wasOut(List<HandedOut> entries, int then, Item item) {
        return entries.subList(0, then).stream().anyMatch(entry -> entry.item == item && entry.cameBackAt > then);
    }
}
