package procession.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;
import procession.core.Reply.Entry;

/**
 * Keys and their values, in the order in which the keys came: immutable, every change is O(log n). Keys are the same if their bytes are.
 */
final class Table {

    static final Table EMPTY = new Table(TreePMap.empty(), HashTreePMap.empty(), 1, 0);

    private final TreePMap<Long, Entry> entries;
    private final HashPMap<Payload, Long> places;
    private final long nextPlace;
    private final long bytes;

    private Table(TreePMap<Long, Entry> entries, HashPMap<Payload, Long> places, long nextPlace, long bytes) {
        this.entries = entries;
        this.places = places;
        this.nextPlace = nextPlace;
        this.bytes = bytes;
    }

    int size() {
        return entries.size();
    }

    /** Size of all keys and values. */
    long bytes() {
        return bytes;
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /** The entry of a key; null if there is none. */
    Entry of(Payload key) {
        var place = places.get(key);
        return place == null ? null : entries.get(place);
    }

    /** With another value for a key, which keeps its place if it has one. */
    Table with(Entry entry) {
        var place = places.get(entry.key());
        if (place == null) {
            return new Table(entries.plus(nextPlace, entry), places.plus(entry.key(), nextPlace), nextPlace + 1, bytes + entry.size());
        }
        return new Table(entries.plus(place, entry), places, nextPlace, bytes - entries.get(place).size() + entry.size());
    }

    Table without(Payload key) {
        var place = places.get(key);
        return new Table(entries.minus(place), places.minus(key), nextPlace, bytes - entries.get(place).size());
    }

    /** Those from a place on, and what is behind them. */
    record Page(List<Entry> entries, long next, boolean more) {}

    /** As many as fit into so much on the wire, but at least one if there is one. */
    Page page(long from, int mostWeight) {
        var page = new ArrayList<Entry>();
        int weight = 0;
        for (var entry = entries.ceilingEntry(from); entry != null; entry = entries.higherEntry(entry.getKey())) {
            weight += entry.getValue().weight();
            if (!page.isEmpty() && weight > mostWeight) {
                return new Page(page, entry.getKey(), true);
            }
            page.add(entry.getValue());
        }
        return new Page(page, nextPlace, false);
    }
}
