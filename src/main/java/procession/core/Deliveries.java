package procession.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/** Items that have left a line and are not finished: in flight, or got and not done. Immutable; oldest first. */
final class Deliveries {

    /**
     * One item that is out.
     *
     * @param ticket the request it was the answer to
     * @param number its number in its channel, so that it can return to its place
     * @param payload the item
     * @param confirmed whether it has arrived
     * @param since since when it is out, in nanoseconds
     */
    record Delivery(Ticket ticket, long number, Payload payload, boolean confirmed, long since) {}

    static final Deliveries NONE = new Deliveries(TreePMap.empty(), HashTreePMap.empty(), 0);

    private final TreePMap<Long, Delivery> inOrder;
    private final HashPMap<Ticket, Long> places;
    private final long nextPlace;

    private Deliveries(TreePMap<Long, Delivery> inOrder, HashPMap<Ticket, Long> places, long nextPlace) {
        this.inOrder = inOrder;
        this.places = places;
        this.nextPlace = nextPlace;
    }

    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    int size() {
        return inOrder.size();
    }

    Optional<Delivery> of(Ticket ticket) {
        return Optional.ofNullable(places.get(ticket)).map(inOrder::get);
    }

    Deliveries with(Delivery delivery) {
        return new Deliveries(inOrder.plus(nextPlace, delivery), places.plus(delivery.ticket(), nextPlace), nextPlace + 1);
    }

    Deliveries without(Ticket ticket) {
        Long place = places.get(ticket);
        return place == null ? this : new Deliveries(inOrder.minus(place), places.minus(ticket), nextPlace);
    }

    Deliveries confirmed(Ticket ticket) {
        Long place = places.get(ticket);
        if (place == null) {
            return this;
        }
        var delivery = inOrder.get(place);
        var confirmed = new Delivery(ticket, delivery.number(), delivery.payload(), true, delivery.since());
        return new Deliveries(inOrder.plus(place, confirmed), places, nextPlace);
    }

    Optional<Delivery> oldest(Predicate<Ticket> whose) {
        return inOrder.values().stream().filter(delivery -> whose.test(delivery.ticket())).findFirst();
    }

    List<Delivery> all() {
        return List.copyOf(inOrder.values());
    }

    List<Delivery> of(Owner owner) {
        return inOrder.values().stream().filter(delivery -> delivery.ticket().owner().equals(owner)).toList();
    }
}
