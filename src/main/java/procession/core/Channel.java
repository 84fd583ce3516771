package procession.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import procession.core.Deliveries.Delivery;

/**
 * The first-in, first-out heart of a queue and of each direction of a pipe: items in order, putters waiting for room, getters waiting
 * for items, and what has been handed out and is not finished.
 *
 * <p>Items are numbered from 1 as they are accepted, so one that returns takes its old place. How much room there is follows from the items
 * that are there; it is never counted apart. A batch is no more than its items: each is accepted when there is room for it.
 *
 * @param items the items
 * @param bytes size of all items, those handed out included
 * @param putters who waits for room, with what
 * @param leftBehind how many items wait for room whose process has ended
 * @param getters who waits for an item
 * @param out what has been handed out
 */
record Channel(Backlog items, long bytes, Waiting<Offer> putters, int leftBehind, Waiting<Demand> getters, Deliveries out) {

    /** A batch is answered with no more than this many bytes on the wire, unless it is one item: frames stay below their limit. */
    static final int BATCH = 48 * 1024;

    static final Channel EMPTY = new Channel(Backlog.EMPTY, 0, Waiting.nobody(), 0, Waiting.nobody(), Deliveries.NONE);

    /**
     * What somebody puts.
     *
     * @param payloads the items
     * @param accepted how many of them have been accepted
     * @param batch whether a window puts them: then they are in the keeper's hands, and stay in line when their process has ended
     * @param leftBehind whether it has, so that nobody is to be answered
     * @param line how happenings name the direction; empty for a queue
     */
    record Offer(List<Payload> payloads, int accepted, boolean batch, boolean leftBehind, String line) {

        static Offer one(Payload payload) {
            return new Offer(List.of(payload), 0, false, false, "");
        }

        static Offer batch(List<Payload> payloads, String line) {
            return new Offer(payloads, 0, true, false, line);
        }

        List<Payload> rest() {
            return payloads.subList(accepted, payloads.size());
        }

        private Offer accepted(int upTo) {
            return new Offer(payloads, upTo, batch, leftBehind, line);
        }

        private Offer orphaned() {
            return new Offer(payloads, accepted, batch, true, line);
        }

        private Happening.Kind kind() {
            return line.isEmpty() ? Happening.Kind.PUT : Happening.Kind.SENT;
        }
    }

    /**
     * What somebody wants.
     *
     * @param most as many items as are there, up to this number
     * @param batch whether they come as a batch, to be held by a window
     * @param line how happenings name the direction; empty for a queue
     */
    record Demand(int most, boolean batch, String line) {

        static final Demand ONE = new Demand(1, false, "");

        private Happening.Kind kind() {
            return line.isEmpty() ? Happening.Kind.GOT : Happening.Kind.RECEIVED;
        }
    }

    /** How much a channel takes: at most so many items, at most so many bytes (but always one item). 0 for no bound. */
    record Bound(int items, long bytes) {}

    private Channel with(Backlog next, long size, Deliveries deliveries) {
        return new Channel(next, size, putters, leftBehind, getters, deliveries);
    }

    private Channel with(Waiting<Offer> line, int leftBehindInIt) {
        return new Channel(items, bytes, line, leftBehindInIt, getters, out);
    }

    private Channel with(Deliveries deliveries) {
        return new Channel(items, bytes, putters, leftBehind, getters, deliveries);
    }

    Channel withPutter(Ticket ticket, Offer offer) {
        return with(putters.with(ticket, offer), leftBehind);
    }

    Channel withGetter(Ticket ticket, Demand demand) {
        return new Channel(items, bytes, putters, leftBehind, getters.with(ticket, demand), out);
    }

    /** Does all that can be done: hands items to getters, and accepts from putters what there is room for. */
    Channel pumped(Bound bound, Step.Notes notes) {
        var next = this;
        while (true) {
            if (!next.items.isEmpty() && !next.getters.isEmpty()) {
                next = next.handedOut(notes);
                continue;
            }
            int fits = next.putters.isEmpty() ? 0 : next.fits(next.putters.first().wants(), bound, notes);
            if (fits == 0) {
                return next;
            }
            next = next.accepted(fits, notes);
        }
    }

    /**
     * How many more of what is offered there is room for. What was left behind is in the keeper's memory already, and for good: it does not
     * wait for the keeper's room as well, which may be taken by what only it leads to.
     */
    private int fits(Offer offer, Bound bound, Step.Notes notes) {
        long size = 0;
        int fits = 0;
        for (var payload : offer.rest()) {
            int there = items.size() + fits;
            long more = size + payload.size();
            if ((bound.items() != 0 && there >= bound.items()) || (bound.bytes() != 0 && there > 0 && bytes + more > bound.bytes())
                    || (!offer.leftBehind() && !notes.takesIn(more))) {
                break;
            }
            size = more;
            fits++;
        }
        return fits;
    }

    boolean isFull(Bound bound) {
        return bound.items() != 0 && items.size() >= bound.items();
    }

    private Channel accepted(int count, Step.Notes notes) {
        var ticket = putters.first().ticket();
        var offer = putters.first().wants();
        int to = offer.accepted() + count;
        long size = 0;
        for (int i = offer.accepted(); i < to; i++) {
            size += offer.payloads().get(i).size();
        }
        notes.tookIn(size);
        boolean whole = to == offer.payloads().size();
        if (offer.batch()) {
            notes.items(offer.kind(), ticket, items.nextNumber(), count, 0, offer.line());
        }
        if (whole && !offer.leftBehind()) {
            notes.answer(ticket, new Reply.Done(), offer.batch() ? 0 : items.nextNumber());
        }
        return new Channel(items.plus(offer.payloads(), offer.accepted(), to), bytes + size,
                whole ? putters.without(ticket) : putters.changed(ticket, offer.accepted(to)),
                offer.leftBehind() ? leftBehind - count : leftBehind, getters, out);
    }

    private Channel handedOut(Step.Notes notes) {
        var getter = getters.first().ticket();
        var demand = getters.first().wants();
        var taken = items.first(demand.most(), BATCH);
        if (demand.batch()) {
            gotBatch(getter, demand, taken.items(), notes);
        } else {
            var item = taken.items().getFirst();
            notes.answer(getter, new Reply.Item(item.payload(), item.redelivered()), item.number());
        }
        return new Channel(taken.rest(), bytes, putters, leftBehind, getters.without(getter),
                out.with(Delivery.of(getter, taken.items(), demand.batch(), notes.now())));
    }

    private static void gotBatch(Ticket getter, Demand demand, List<Backlog.Item> items, Step.Notes notes) {
        int from = 0;
        for (int i = 1; i <= items.size(); i++) {
            var first = items.get(from);
            if (i == items.size() || items.get(i).number() != first.number() + i - from || items.get(i).redelivered() != first.redelivered()) {
                notes.items(demand.kind(), getter, first.number(), i - from, first.redelivered(), demand.line());
                from = i;
            }
        }
        notes.answer(getter, new Reply.Items(items.stream().map(item -> new Reply.Item(item.payload(), item.redelivered())).toList()));
    }

    /** The item has arrived, and is finished with that. */
    Channel confirmedAndDone(Ticket ticket, Step.Notes notes) {
        return out.of(ticket).filter(delivery -> !delivery.windowed()).map(delivery -> {
            notes.adopted(ticket.owner(), delivery.items().getFirst().payload());
            return oneDone(delivery, notes);
        }).orElse(this);
    }

    /** The item has arrived, and is not finished with that. */
    Channel confirmed(Ticket ticket, Step.Notes notes) {
        return out.of(ticket).filter(delivery -> !delivery.windowed() && delivery.underWay() > 0).map(delivery -> {
            notes.adopted(ticket.owner(), delivery.items().getFirst().payload());
            return with(out.changed(delivery, delivery.got(1)));
        }).orElse(this);
    }

    /** A window has given its first items to its user: so many of them now, those of earlier calls included. */
    Channel consumed(Owner owner, long request, int count, boolean areDone, Step.Notes notes) {
        return out.of(owner, request).filter(delivery -> delivery.windowed() && delivery.got() < count).map(delivery -> {
            int upTo = Math.min(count, delivery.items().size());
            long size = 0;
            for (var item : delivery.items().subList(delivery.got(), upTo)) {
                notes.adopted(owner, item.payload());
                if (areDone) {
                    notes.discarded(item.payload());
                    size += item.size();
                }
            }
            return with(items, bytes - size, out.changed(delivery, areDone ? delivery.done(upTo) : delivery.got(upTo)));
        }).orElse(this);
    }

    /** The first unfinished item of a delivery is done. */
    Channel oneDone(Delivery delivery, Step.Notes notes) {
        var item = delivery.unfinished().getFirst();
        notes.discarded(item.payload());
        return with(items, bytes - item.size(), out.changed(delivery, delivery.done(delivery.done() + 1)));
    }

    /** What its asker cannot take goes back to its place; what was got stays where it is. */
    Channel givenBack(Owner owner, long request, Step.Notes notes) {
        return out.of(owner, request).map(delivery -> {
            var back = items;
            for (var item : delivery.mayComeBack()) {
                notes.note(Happening.Kind.REQUEUED, delivery.ticket(), item.number(), item.redelivered(), "");
                back = back.withReturned(item);
            }
            return with(back, bytes, out.changed(delivery, delivery.withoutUnderWay()));
        }).orElse(this);
    }

    /** An item of somebody who has departed goes back to its place; its delivery is forgotten with {@link #without}. */
    Channel returned(Ticket from, Backlog.Item item, Step.Notes notes) {
        notes.note(Happening.Kind.REQUEUED, from, item.number(), item.redelivered(), "");
        return with(items.withReturned(item), bytes, out);
    }

    Channel without(Delivery delivery) {
        return with(out.without(delivery));
    }

    /** Payloads of this size are nobody's here any more. */
    Channel lighter(int size) {
        return with(items, bytes - size, out);
    }

    /** Takes a ticket out of the lines; empty if it is in none, or left behind there by one that has departed. */
    Optional<Channel> withdrawn(Ticket ticket, Step.Notes notes) {
        var offer = putters.wants(ticket);
        if (offer != null && !offer.leftBehind()) {
            offer.rest().forEach(notes::discarded);
            return Optional.of(with(putters.without(ticket), leftBehind));
        }
        return getters.wants(ticket) == null
                ? Optional.empty()
                : Optional.of(new Channel(items, bytes, putters, leftBehind, getters.without(ticket), out));
    }

    /** Whoever departed waits no longer, but what its windows put stays in line; what it had is still out. */
    Channel withoutWaiting(Owner owner, Step.Notes notes) {
        var line = putters;
        int more = 0;
        for (var putter : putters.of(owner)) {
            if (putter.wants().batch()) {
                more += putter.wants().rest().size();
                line = line.changed(putter.ticket(), putter.wants().orphaned());
            } else {
                putter.wants().rest().forEach(notes::discarded);
                line = line.without(putter.ticket());
            }
        }
        return new Channel(items, bytes, line, leftBehind + more, getters.without(owner), out);
    }

    /** Whoever departed waits no longer, and what was on its way to it goes back to its place. */
    Channel departed(Owner owner, Step.Notes notes) {
        var next = withoutWaiting(owner, notes);
        for (var delivery : out.of(owner)) {
            for (var item : delivery.unfinished()) {
                next = next.returned(delivery.ticket(), item, notes);
            }
            next = next.without(delivery);
        }
        return next;
    }

    /** Nobody will ever take an item again: drops the items, and refuses those who wait to put. */
    Channel abandoned(Reply.Refused refusal, Step.Notes notes) {
        var dropped = new long[1];
        items.forEach(payload -> {
            notes.discarded(payload);
            dropped[0] += payload.size();
        });
        return with(items.cleared(), bytes - dropped[0], out).withoutPutters(refusal, false, notes);
    }

    Channel withoutPutters(Reply.Refused refusal, boolean keepLeftBehind, Step.Notes notes) {
        var line = putters;
        for (var ticket : putters.tickets()) {
            var offer = putters.wants(ticket);
            if (offer.leftBehind() && keepLeftBehind) {
                continue;
            }
            line = line.without(ticket);
            offer.rest().forEach(notes::discarded);
            if (!offer.leftBehind()) {
                notes.answer(ticket, refused(refusal, offer));
            }
        }
        return with(line, keepLeftBehind ? leftBehind : 0);
    }

    /** Of a batch it is said how much of it this is about. */
    static Reply.Refused refused(Reply.Refused why, Offer offer) {
        return !offer.batch() ? why : new Reply.Refused(why.code(), why.message() + " That is so for the last " + offer.rest().size() + " of "
                + offer.payloads().size() + " that went out together.");
    }

    /** Whether nothing is there to be handed out, and nothing on its way can come back for lack of a taker. */
    boolean isDrained() {
        return items.isEmpty() && putters.isEmpty() && out.underWay() == 0;
    }

    Channel withoutGetters(Reply refusal, Step.Notes notes) {
        getters.tickets().forEach(getter -> notes.answer(getter, refusal));
        return new Channel(items, bytes, putters, leftBehind, Waiting.nobody(), out);
    }

    /** Those who wait to put and are still there. */
    List<Ticket> waitingPutters() {
        return leftBehind == 0 ? putters.tickets()
                : putters.tickets().stream().filter(ticket -> !putters.wants(ticket).leftBehind()).toList();
    }

    List<Payload> custody() {
        var all = new ArrayList<Payload>();
        Consumer<Payload> collect = payload -> {
            if (!payload.carried().isEmpty()) {
                all.add(payload);
            }
        };
        items.forEach(collect);
        putters.tickets().forEach(ticket -> putters.wants(ticket).rest().forEach(collect));
        out.stream().flatMap(delivery -> (delivery.windowed() ? delivery.unfinished() : delivery.arrived()).stream())
                .forEach(item -> collect.accept(item.payload()));
        return all;
    }

    Map<Ticket, Payload> underWay() {
        var all = new HashMap<Ticket, Payload>();
        out.stream().filter(delivery -> !delivery.windowed() && delivery.underWay() > 0).forEach(delivery -> {
            var payload = delivery.items().getFirst().payload();
            if (!payload.carried().isEmpty()) {
                all.put(delivery.ticket(), payload);
            }
        });
        return all;
    }
}
