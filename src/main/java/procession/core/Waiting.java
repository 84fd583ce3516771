package procession.core;

import java.util.List;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * A line of waiters, first come first served: immutable; joining, leaving from the head and leaving from the middle are O(log n).
 *
 * @param <W> what a waiter wants
 */
final class Waiting<W> {

    /** One waiter. */
    record Waiter<W>(Ticket ticket, W wants) {}

    private static final Waiting<?> NOBODY = new Waiting<>(TreePMap.empty(), HashTreePMap.empty(), 0);

    private final TreePMap<Long, Waiter<W>> line;
    private final HashPMap<Ticket, Long> places;
    private final long nextPlace;

    private Waiting(TreePMap<Long, Waiter<W>> line, HashPMap<Ticket, Long> places, long nextPlace) {
        this.line = line;
        this.places = places;
        this.nextPlace = nextPlace;
    }

    @SuppressWarnings("unchecked")
    static <W> Waiting<W> nobody() {
        return (Waiting<W>) NOBODY;
    }

    boolean isEmpty() {
        return line.isEmpty();
    }

    int size() {
        return line.size();
    }

    Waiter<W> first() {
        return line.firstEntry().getValue();
    }

    /** What a waiter wants; null if it does not wait here. */
    W wants(Ticket ticket) {
        Long place = places.get(ticket);
        return place == null ? null : line.get(place).wants();
    }

    Waiting<W> with(Ticket ticket, W wants) {
        return new Waiting<>(line.plus(nextPlace, new Waiter<>(ticket, wants)), places.plus(ticket, nextPlace), nextPlace + 1);
    }

    Waiting<W> without(Ticket ticket) {
        Long place = places.get(ticket);
        if (place == null) {
            return this;
        }
        return line.size() == 1 ? nobody() : new Waiting<>(line.minus(place), places.minus(ticket), nextPlace);
    }

    /** Whoever waits keeps its place, and wants something else. */
    Waiting<W> changed(Ticket ticket, W wants) {
        Long place = places.get(ticket);
        return place == null ? this : new Waiting<>(line.plus(place, new Waiter<>(ticket, wants)), places, nextPlace);
    }

    List<Waiter<W>> of(Owner owner) {
        return line.values().stream().filter(waiter -> waiter.ticket().owner().equals(owner)).toList();
    }

    Waiting<W> without(Owner owner) {
        var rest = this;
        for (var waiter : of(owner)) {
            rest = rest.without(waiter.ticket());
        }
        return rest;
    }

    /** Everyone, in order. Neither making it nor finding somebody's place costs more in a long line than log n. */
    List<Ticket> tickets() {
        return new InOrder<>(line.values(), Waiter::ticket) {
            @Override
            public int indexOf(Object ticket) {
                Long place = places.get(ticket);
                return place == null ? -1 : line.headMap(place).size();
            }
        };
    }
}
