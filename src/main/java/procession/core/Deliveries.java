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
     * @param item the item
     * @param confirmed whether it has arrived
     * @param since since when it is out, in nanoseconds
     */
    record Delivery(Ticket ticket, long number, Channel.Item item, boolean confirmed, long since) {

        Payload payload() {
            return item.payload();
        }
    }

    /** Names a delivery: whose answer to which request it is. */
    private record Key(Owner owner, long request) {
        static Key of(Ticket ticket) {
            return new Key(ticket.owner(), ticket.id());
        }
    }

    static final Deliveries NONE = new Deliveries(TreePMap.empty(), HashTreePMap.empty(), 0, 0);

    private final TreePMap<Long, Delivery> inOrder;
    private final HashPMap<Key, Long> places;
    private final long nextPlace;
    private final int underWay;

    private Deliveries(TreePMap<Long, Delivery> inOrder, HashPMap<Key, Long> places, long nextPlace, int underWay) {
        this.inOrder = inOrder;
        this.places = places;
        this.nextPlace = nextPlace;
        this.underWay = underWay;
    }

    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    int size() {
        return inOrder.size();
    }

    /** How many have not arrived. */
    int underWay() {
        return underWay;
    }

    Optional<Delivery> of(Ticket ticket) {
        return of(ticket.owner(), ticket.id());
    }

    Optional<Delivery> of(Owner owner, long request) {
        return Optional.ofNullable(places.get(new Key(owner, request))).map(inOrder::get);
    }

    Deliveries with(Delivery delivery) {
        return new Deliveries(inOrder.plus(nextPlace, delivery), places.plus(Key.of(delivery.ticket()), nextPlace), nextPlace + 1,
                underWay + 1);
    }

    Deliveries without(Ticket ticket) {
        Long place = places.get(Key.of(ticket));
        return place == null ? this : new Deliveries(inOrder.minus(place), places.minus(Key.of(ticket)), nextPlace,
                inOrder.get(place).confirmed() ? underWay : underWay - 1);
    }

    Deliveries confirmed(Ticket ticket) {
        Long place = places.get(Key.of(ticket));
        if (place == null || inOrder.get(place).confirmed()) {
            return this;
        }
        var delivery = inOrder.get(place);
        var confirmed = new Delivery(ticket, delivery.number(), delivery.item(), true, delivery.since());
        return new Deliveries(inOrder.plus(place, confirmed), places, nextPlace, underWay - 1);
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
