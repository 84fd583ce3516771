package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.pcollections.TreePMap;

/**
 * What is in line: immutable, and cheap in time and memory for each item, however many there are. What comes back has always a lower number
 * than anything that was never handed out, so there are two parts: those that came back, by their numbers, before those that are fresh,
 * which have consecutive numbers and need not carry them.
 *
 * <p>The fresh ones are in chunks. An append goes into the free end of the newest chunk in place: an older state has its own count and does
 * not see it, and a second append to the same state finds the slot taken and copies. A chunk is closed by its bytes as well, since what was
 * handed out is kept until its whole chunk has been.
 */
final class Backlog {

    /**
     * An item in line.
     *
     * @param number its number in its channel
     * @param payload the item
     * @param redelivered how often it has come back unfinished
     */
    record Item(long number, Payload payload, int redelivered) {

        int size() {
            return payload.size();
        }
    }

    /** The first items, and what remains. */
    record Taken(List<Item> items, Backlog rest) {}

    /** A full chunk and those behind it. */
    private record Chain(Payload[] chunk, int count, Chain next) {}

    private static final int CHUNK = 64;
    private static final int CHUNK_BYTES = 4096;
    private static final int SMALLEST = 4;
    private static final Payload[] NO_CHUNK = {};

    static final Backlog EMPTY = new Backlog(TreePMap.empty(), null, 0, null, NO_CHUNK, 0, 0, 0, 1);

    private final TreePMap<Long, Item> returned;
    /** Oldest chunk first. */
    private final Chain front;
    /** How many of the oldest chunk are gone. */
    private final int gone;
    /** Newest chunk first. */
    private final Chain rear;
    private final Payload[] tail;
    private final int tailCount;
    private final int tailBytes;
    private final int fresh;
    private final long nextNumber;

    private Backlog(TreePMap<Long, Item> returned, Chain front, int gone, Chain rear, Payload[] tail, int tailCount, int tailBytes, int fresh,
            long nextNumber) {
        this.returned = returned;
        this.front = front;
        this.gone = gone;
        this.rear = rear;
        this.tail = tail;
        this.tailCount = tailCount;
        this.tailBytes = tailBytes;
        this.fresh = fresh;
        this.nextNumber = nextNumber;
    }

    boolean isEmpty() {
        return fresh == 0 && returned.isEmpty();
    }

    int size() {
        return fresh + returned.size();
    }

    /** The number that the next item gets. */
    long nextNumber() {
        return nextNumber;
    }

    /** Appends some of these, as they are in the list. */
    Backlog plus(List<Payload> payloads, int from, int to) {
        var closed = rear;
        var chunk = tail;
        int count = tailCount;
        int bytes = tailBytes;
        for (int i = from; i < to; i++) {
            if (count == CHUNK || bytes >= CHUNK_BYTES) {
                closed = new Chain(chunk, count, closed);
                chunk = NO_CHUNK;
                count = 0;
                bytes = 0;
            }
            if (count == chunk.length || chunk[count] != null) {
                var copy = new Payload[Math.min(CHUNK, Math.max(Math.max(SMALLEST, 2 * count), count + to - i))];
                System.arraycopy(chunk, 0, copy, 0, count);
                chunk = copy;
            }
            var payload = payloads.get(i);
            chunk[count++] = payload;
            bytes += payload.size();
        }
        return new Backlog(returned, front, gone, closed, chunk, count, bytes, fresh + to - from, nextNumber + to - from);
    }

    /** An item that was handed out is back in its place. */
    Backlog withReturned(Item item) {
        return new Backlog(returned.plus(item.number(), item), front, gone, rear, tail, tailCount, tailBytes, fresh, nextNumber);
    }

    /**
     * Takes from the head as many items as there are, up to a number and a size on the wire, but at least one if there is one.
     *
     * @param most how many at most
     * @param mostWeight how much at most, if it is not one only
     */
    Taken first(int most, int mostWeight) {
        var items = new ArrayList<Item>(Math.min(most, size()));
        int weight = 0;
        var back = returned;
        while (items.size() < most && !back.isEmpty()) {
            var item = back.firstEntry().getValue();
            weight += item.payload().weight();
            if (!items.isEmpty() && weight > mostWeight) {
                return new Taken(items, with(back, front, gone, rear, tail, fresh));
            }
            items.add(item);
            back = back.minus(item.number());
        }
        var chunks = front;
        int used = gone;
        var closed = rear;
        var last = tail;
        int left = fresh;
        while (items.size() < most && left > 0) {
            if (chunks == null) {
                chunks = inOrder(closed, last);
                closed = null;
                last = NO_CHUNK;
            }
            var payload = chunks.chunk()[used];
            weight += payload.weight();
            if (!items.isEmpty() && weight > mostWeight) {
                break;
            }
            items.add(new Item(nextNumber - left, payload, 0));
            left--;
            if (++used == chunks.count()) {
                chunks = chunks.next();
                used = 0;
            }
        }
        return new Taken(items, left == 0 ? with(back, null, 0, null, NO_CHUNK, 0) : with(back, chunks, used, closed, last, left));
    }

    private Chain inOrder(Chain closed, Payload[] last) {
        var chain = tailCount == 0 || last == NO_CHUNK ? null : new Chain(last, tailCount, null);
        for (var one = closed; one != null; one = one.next()) {
            chain = new Chain(one.chunk(), one.count(), chain);
        }
        return chain;
    }

    private Backlog with(TreePMap<Long, Item> back, Chain chunks, int used, Chain closed, Payload[] last, int left) {
        boolean same = last == tail;
        return new Backlog(back, chunks, used, closed, last, same ? tailCount : 0, same ? tailBytes : 0, left, nextNumber);
    }

    /** Nothing; the next number is as it was. */
    Backlog cleared() {
        return new Backlog(TreePMap.empty(), null, 0, null, NO_CHUNK, 0, 0, 0, nextNumber);
    }

    /** Visits every payload, in no order. */
    void forEach(Consumer<Payload> visitor) {
        for (Map.Entry<Long, Item> item : returned.entrySet()) {
            visitor.accept(item.getValue().payload());
        }
        int from = gone;
        for (var one = front; one != null; one = one.next()) {
            for (int i = from; i < one.count(); i++) {
                visitor.accept(one.chunk()[i]);
            }
            from = 0;
        }
        for (var one = rear; one != null; one = one.next()) {
            for (int i = 0; i < one.count(); i++) {
                visitor.accept(one.chunk()[i]);
            }
        }
        for (int i = 0; i < tailCount; i++) {
            visitor.accept(tail[i]);
        }
    }
}
