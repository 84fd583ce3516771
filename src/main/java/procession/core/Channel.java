package procession.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pcollections.TreePMap;
import procession.core.Deliveries.Delivery;

/**
 * The first-in, first-out heart of a queue and of each direction of a pipe: items in order, putters waiting for room, getters waiting
 * for items, and what has been handed out and is not finished.
 *
 * <p>Items are numbered from 1 as they are accepted, so one that returns takes its old place. How much room there is follows from the items
 * that are there; it is never counted apart.
 *
 * @param items the items, by number
 * @param nextNumber number of the next item
 * @param bytes size of all items, those handed out included
 * @param putters who waits for room, with what
 * @param getters who waits for an item
 * @param out what has been handed out
 */
record Channel(
        TreePMap<Long, Item> items,
        long nextNumber,
        long bytes,
        Waiting<Payload> putters,
        Waiting<Boolean> getters,
        Deliveries out) {

    static final Channel EMPTY = new Channel(TreePMap.empty(), 1, 0, Waiting.nobody(), Waiting.nobody(), Deliveries.NONE);

    /**
     * What is in line.
     *
     * @param payload the item
     * @param redelivered how often it has come back unfinished
     */
    record Item(Payload payload, int redelivered) {

        int size() {
            return payload.size();
        }
    }

    /** How much a channel takes: at most so many items, at most so many bytes (but always one item). 0 for no bound. */
    record Bound(int items, long bytes) {}

    Channel withPutter(Ticket ticket, Payload payload) {
        return new Channel(items, nextNumber, bytes, putters.with(ticket, payload), getters, out);
    }

    Channel withGetter(Ticket ticket) {
        return new Channel(items, nextNumber, bytes, putters, getters.with(ticket, true), out);
    }

    /** Does all that can be done: hands items to getters, and accepts from putters what there is room for. */
    Channel pumped(Bound bound, Step.Notes notes) {
        var next = this;
        while (true) {
            if (!next.items.isEmpty() && !next.getters.isEmpty()) {
                next = next.handedOut(notes);
            } else if (!next.putters.isEmpty() && next.accepts(next.putters.first().wants(), bound, notes)) {
                next = next.accepted(notes);
            } else {
                return next;
            }
        }
    }

    private boolean accepts(Payload payload, Bound bound, Step.Notes notes) {
        return (bound.items() == 0 || items.size() < bound.items())
                && (bound.bytes() == 0 || items.isEmpty() || bytes + payload.size() <= bound.bytes())
                && notes.takesIn(payload.size());
    }

    boolean isFull(Bound bound) {
        return bound.items() != 0 && items.size() >= bound.items();
    }

    private Channel accepted(Step.Notes notes) {
        var putter = putters.first();
        notes.answer(putter.ticket(), new Reply.Done(), nextNumber);
        notes.tookIn(putter.wants().size());
        return new Channel(items.plus(nextNumber, new Item(putter.wants(), 0)), nextNumber + 1, bytes + putter.wants().size(),
                putters.without(putter.ticket()), getters, out);
    }

    private Channel handedOut(Step.Notes notes) {
        var getter = getters.first().ticket();
        long number = items.firstEntry().getKey();
        var item = items.firstEntry().getValue();
        notes.answer(getter, new Reply.Item(item.payload(), item.redelivered()), number);
        var delivery = new Delivery(getter, number, item, false, notes.now());
        return new Channel(items.minus(number), nextNumber, bytes, putters, getters.without(getter), out.with(delivery));
    }

    /** The item has arrived, and is finished with that. */
    Channel confirmedAndDone(Ticket ticket, Step.Notes notes) {
        return out.of(ticket).map(delivery -> {
            notes.adopted(ticket.owner(), delivery.payload());
            return done(delivery, notes);
        }).orElse(this);
    }

    /** The item has arrived, and is not finished with that. */
    Channel confirmed(Ticket ticket, Step.Notes notes) {
        return out.of(ticket).filter(delivery -> !delivery.confirmed()).map(delivery -> {
            notes.adopted(ticket.owner(), delivery.payload());
            return new Channel(items, nextNumber, bytes, putters, getters, out.confirmed(ticket));
        }).orElse(this);
    }

    Channel done(Delivery delivery, Step.Notes notes) {
        notes.discarded(delivery.payload());
        return setAside(delivery);
    }

    /** The item is nobody's any more, and what becomes of its payload is another's matter. */
    Channel setAside(Delivery delivery) {
        return new Channel(items, nextNumber, bytes - delivery.payload().size(), putters, getters, out.without(delivery.ticket()));
    }

    /** An item that its asker cannot take goes back to its place; one that has arrived stays where it is. */
    Channel givenBack(Owner owner, long request, Step.Notes notes) {
        return out.of(owner, request).filter(delivery -> !delivery.confirmed())
                .map(delivery -> returned(delivery, delivery.item(), notes)).orElse(this);
    }

    Channel returned(Delivery delivery, Item as, Step.Notes notes) {
        notes.note(Happening.Kind.REQUEUED, delivery.ticket(), delivery.number(), as.redelivered(), "");
        return new Channel(items.plus(delivery.number(), as), nextNumber, bytes, putters, getters, out.without(delivery.ticket()));
    }

    /** Takes a ticket out of the lines; empty if it is in none. */
    Optional<Channel> withdrawn(Ticket ticket, Step.Notes notes) {
        var payload = putters.wants(ticket);
        if (payload != null) {
            notes.discarded(payload);
            return Optional.of(new Channel(items, nextNumber, bytes, putters.without(ticket), getters, out));
        }
        return getters.wants(ticket) == null
                ? Optional.empty()
                : Optional.of(new Channel(items, nextNumber, bytes, putters, getters.without(ticket), out));
    }

    /** Whoever departed waits no longer; what it had is still out. */
    Channel withoutWaiting(Owner owner, Step.Notes notes) {
        putters.of(owner).forEach(putter -> notes.discarded(putter.wants()));
        return new Channel(items, nextNumber, bytes, putters.without(owner), getters.without(owner), out);
    }

    /** Whoever departed waits no longer, and what was on its way to it goes back to its place. */
    Channel departed(Owner owner, Step.Notes notes) {
        var next = withoutWaiting(owner, notes);
        for (var delivery : out.of(owner)) {
            next = next.returned(delivery, delivery.item(), notes);
        }
        return next;
    }

    /** Nobody will ever take an item again: drops the items, and refuses those who wait to put. */
    Channel abandoned(Reply refusal, Step.Notes notes) {
        items.values().forEach(item -> notes.discarded(item.payload()));
        long dropped = items.values().stream().mapToLong(Item::size).sum();
        return new Channel(TreePMap.empty(), nextNumber, bytes - dropped, putters, getters, out).withoutPutters(refusal, notes);
    }

    Channel withoutPutters(Reply refusal, Step.Notes notes) {
        for (var ticket : putters.tickets()) {
            notes.discarded(putters.wants(ticket));
            notes.answer(ticket, refusal);
        }
        return new Channel(items, nextNumber, bytes, Waiting.nobody(), getters, out);
    }

    /** Whether nothing is there to be handed out, and nothing on its way can come back for lack of a taker. */
    boolean isDrained() {
        return items.isEmpty() && putters.isEmpty() && out.underWay() == 0;
    }

    Channel withoutGetters(Reply refusal, Step.Notes notes) {
        getters.tickets().forEach(getter -> notes.answer(getter, refusal));
        return new Channel(items, nextNumber, bytes, putters, Waiting.nobody(), out);
    }

    List<Payload> custody() {
        var waiting = putters.tickets().stream().map(putters::wants);
        var arrived = out.all().stream().filter(Delivery::confirmed).map(Delivery::payload);
        return Stream.of(items.values().stream().map(Item::payload), waiting, arrived)
                .flatMap(payloads -> payloads)
                .filter(payload -> !payload.carried().isEmpty())
                .toList();
    }

    Map<Ticket, Payload> underWay() {
        return out.all().stream()
                .filter(delivery -> !delivery.confirmed() && !delivery.payload().carried().isEmpty())
                .collect(Collectors.toMap(Delivery::ticket, Delivery::payload));
    }
}
