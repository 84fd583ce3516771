package procession.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * Items that have left a line and are not finished: in flight, held by a window, or got and not done. Immutable. Found by request, by
 * process and by thread: requests of one process are answered in their order, so that is the order in which it got them.
 */
final class Deliveries {

    /**
     * The items that answered one request. In their order: those that are done, those that are got and not done, and those that still may
     * come back because their receiver has not said that it got them.
     *
     * @param ticket the request
     * @param items the items; one, unless a window asked
     * @param windowed whether a window holds them, which says of each when it was got; otherwise they are got when they arrive
     * @param done how many are done
     * @param got how many were got, those included
     * @param since since when they are out, in nanoseconds
     * @param place its place among all deliveries
     */
    record Delivery(Ticket ticket, List<Backlog.Item> items, boolean windowed, int done, int got, long since, long place) {

        static Delivery of(Ticket ticket, List<Backlog.Item> items, boolean windowed, long since) {
            return new Delivery(ticket, items, windowed, 0, 0, since, 0);
        }

        int left() {
            return items.size() - done;
        }

        int underWay() {
            return items.size() - got;
        }

        /** What is not done. */
        List<Backlog.Item> unfinished() {
            return items.subList(done, items.size());
        }

        /** What is got and not done. */
        List<Backlog.Item> arrived() {
            return items.subList(done, got);
        }

        /** What may still come back. */
        List<Backlog.Item> mayComeBack() {
            return items.subList(got, items.size());
        }

        Delivery got(int count) {
            return new Delivery(ticket, items, windowed, done, count, since, place);
        }

        Delivery done(int count) {
            return new Delivery(ticket, items, windowed, count, Math.max(got, count), since, place);
        }

        Delivery withoutUnderWay() {
            return new Delivery(ticket, items.subList(0, got), windowed, done, got, since, place);
        }

        /** Whether its receiver can say that an item of it is done. */
        boolean canBeDone() {
            return windowed ? done < got : done < items.size();
        }

        private Delivery at(long somewhere) {
            return new Delivery(ticket, items, windowed, done, got, since, somewhere);
        }
    }

    /** The deliveries of one process: all, and those of each of its threads; by request. */
    private record Own(TreePMap<Long, Delivery> all, HashPMap<Long, TreePMap<Long, Delivery>> byStrand) {

        static final Own NONE = new Own(TreePMap.empty(), HashTreePMap.empty());

        Own with(Delivery delivery) {
            long id = delivery.ticket().id();
            long strand = delivery.ticket().strand();
            return new Own(all.plus(id, delivery), byStrand.plus(strand, byStrand.getOrDefault(strand, TreePMap.empty()).plus(id, delivery)));
        }

        Own without(Ticket ticket) {
            var rest = byStrand.get(ticket.strand()).minus(ticket.id());
            return new Own(all.minus(ticket.id()),
                    rest.isEmpty() ? byStrand.minus(ticket.strand()) : byStrand.plus(ticket.strand(), rest));
        }
    }

    static final Deliveries NONE = new Deliveries(HashTreePMap.empty(), 0, 0, 0);

    private final HashPMap<Owner, Own> owners;
    private final long nextPlace;
    private final int size;
    private final int underWay;

    private Deliveries(HashPMap<Owner, Own> owners, long nextPlace, int size, int underWay) {
        this.owners = owners;
        this.nextPlace = nextPlace;
        this.size = size;
        this.underWay = underWay;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many items are not finished. */
    int size() {
        return size;
    }

    /** How many items may still come back because their receiver has not got them. */
    int underWay() {
        return underWay;
    }

    Optional<Delivery> of(Ticket ticket) {
        return of(ticket.owner(), ticket.id());
    }

    Optional<Delivery> of(Owner owner, long request) {
        var own = owners.get(owner);
        return own == null ? Optional.empty() : Optional.ofNullable(own.all().get(request));
    }

    Deliveries with(Delivery delivery) {
        var owner = delivery.ticket().owner();
        return new Deliveries(owners.plus(owner, owners.getOrDefault(owner, Own.NONE).with(delivery.at(nextPlace))), nextPlace + 1,
                size + delivery.left(), underWay + delivery.underWay());
    }

    Deliveries without(Delivery delivery) {
        var owner = delivery.ticket().owner();
        var rest = owners.get(owner).without(delivery.ticket());
        return new Deliveries(rest.all().isEmpty() ? owners.minus(owner) : owners.plus(owner, rest), nextPlace,
                size - delivery.left(), underWay - delivery.underWay());
    }

    /** The same delivery, later: more of it is got, done or gone. When nothing is left of it, it is forgotten. */
    Deliveries changed(Delivery before, Delivery after) {
        if (after.left() == 0) {
            return without(before);
        }
        var owner = before.ticket().owner();
        return new Deliveries(owners.plus(owner, owners.get(owner).with(after)), nextPlace,
                size + after.left() - before.left(), underWay + after.underWay() - before.underWay());
    }

    /** The oldest delivery of a thread of which something can be done or, if it has none, of its process. */
    Optional<Delivery> oldest(Owner owner, long strand) {
        var own = owners.get(owner);
        return own == null ? Optional.empty()
                : oldest(own.byStrand().getOrDefault(strand, TreePMap.empty())).or(() -> oldest(own.all()));
    }

    private static Optional<Delivery> oldest(TreePMap<Long, Delivery> deliveries) {
        return deliveries.values().stream().filter(Delivery::canBeDone).findFirst();
    }

    /** All, oldest first. */
    List<Delivery> all() {
        var all = new ArrayList<Delivery>();
        owners.values().forEach(own -> all.addAll(own.all().values()));
        all.sort(Comparator.comparingLong(Delivery::place));
        return all;
    }

    /** Those of one process, oldest first. */
    List<Delivery> of(Owner owner) {
        var own = owners.get(owner);
        return own == null ? List.of() : List.copyOf(own.all().values());
    }

    /** All of them, in no order. */
    Stream<Delivery> stream() {
        return owners.values().stream().flatMap(own -> own.all().values().stream());
    }
}
