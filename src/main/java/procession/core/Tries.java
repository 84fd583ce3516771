package procession.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who wants a lock at once or not at all, while it is lent: whether it is free, its borrower must say first. Mutable, one user.
 */
final class Tries {

    /** In nanoseconds. A borrower answers in less than a millisecond, unless it stands still. */
    static final long LONGEST = 500_000_000L;

    private final Map<PrimitiveId, List<Ticket>> byLock = new HashMap<>();

    void add(PrimitiveId lock, Ticket ticket) {
        byLock.computeIfAbsent(lock, id -> new ArrayList<>(1)).add(ticket);
    }

    boolean isEmpty() {
        return byLock.isEmpty();
    }

    /** The loan of a lock is over: whoever has not got it has tried in vain. */
    List<Ticket> take(PrimitiveId lock) {
        var tickets = byLock.remove(lock);
        return tickets == null ? List.of() : tickets;
    }
}
