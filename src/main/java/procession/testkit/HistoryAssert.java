package procession.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import procession.JoinableQueue;
import procession.Lock;
import procession.Primitive;
import procession.core.Happening;
import procession.node.Runs;
import procession.record.Hold;

/**
 * Assertions for what has happened in a run. Each of them returns itself, so that several can be chained, and fails with an
 * {@link AssertionError} whose message says what happened instead. Processes are given by their names.
 *
 * <p>An assertion that something was done well fails too if nothing was done at all: {@link #heldByOneAtATime} if nobody held the lock,
 * {@link #everyItemReceived} if nothing was put.
 */
public final class HistoryAssert {

    private final Seen seen;

    HistoryAssert(Seen seen) {
        this.seen = seen;
    }

    private AssertionError failed(String message) {
        return new AssertionError(message);
    }

    private AssertionError failed(String message, Primitive about) {
        var id = Optional.of(Runs.idOf(about));
        return failed(message + "\n" + seen.lines(" to " + Label.of(about), happening -> happening.primitive().equals(id)));
    }

    // Who held what.

    /**
     * Two never held a lock at the same time: not by the keeper's order, but by their own clocks, from when each was told of its grant
     * until it gave the lock back. Grants that a process gave itself, of a lock that was lent to it, are among them.
     *
     * @param lock the lock
     * @return this
     * @throws AssertionError if two did, or if nobody held it
     * @throws IllegalStateException if the run is not recorded
     */
    public HistoryAssert heldByOneAtATime(Lock lock) {
        var holds = new ArrayList<>(seen.holds(Runs.idOf(lock)));
        if (holds.isEmpty()) {
            throw failed("Expected " + Label.of(lock) + " to be held by one at a time, but nobody ever held it.", lock);
        }
        holds.sort((one, other) -> Long.compare(one.from(), other.from()));
        Hold longest = holds.getFirst();
        for (var hold : holds.subList(1, holds.size())) {
            if (hold.from() < longest.until()) {
                throw failed("Expected " + Label.of(lock) + " to be held by one at a time, but " + hold.process() + " (fence "
                        + hold.fence() + ") was granted it while " + longest.process() + " (fence " + longest.fence() + ") held it.", lock);
            }
            longest = hold.until() > longest.until() ? hold : longest;
        }
        return this;
    }

    /**
     * A process was granted something.
     *
     * @param primitive a lock, read-write lock or semaphore
     * @param process name of the process
     * @return this
     * @throws AssertionError if it never was
     */
    public HistoryAssert heldBy(Primitive primitive, String process) {
        var grants = grants(primitive);
        if (!grants.contains(process)) {
            throw failed("Expected " + Label.of(primitive) + " to be granted to " + process + ", but it was granted to "
                    + (grants.isEmpty() ? "nobody" : Label.list(grants.stream().distinct())) + ".", primitive);
        }
        return this;
    }

    /**
     * A process was never granted something.
     *
     * @param primitive a lock, read-write lock or semaphore
     * @param process name of the process
     * @return this
     * @throws AssertionError if it was
     */
    public HistoryAssert neverHeldBy(Primitive primitive, String process) {
        long times = grants(primitive).stream().filter(process::equals).count();
        if (times > 0) {
            throw failed("Expected " + Label.of(primitive) + " never to be granted to " + process + ", but it was, " + Label.times(times)
                    + ".", primitive);
        }
        return this;
    }

    /**
     * Some processes were granted something in this order. Grants to others in between are not looked at; a process that was granted it
     * twice is named twice.
     *
     * @param primitive a lock, read-write lock or semaphore
     * @param processes names of the processes, in the order of their grants
     * @return this
     * @throws AssertionError if the order was another
     */
    public HistoryAssert grantedInOrder(Primitive primitive, String... processes) {
        var named = Set.of(Stream.of(processes).distinct().toArray(String[]::new));
        var grants = grants(primitive).stream().filter(named::contains).toList();
        if (!grants.equals(List.of(processes))) {
            throw failed("Expected " + Label.of(primitive) + " to be granted in the order " + Label.list(Stream.of(processes))
                    + ", but it was " + (grants.isEmpty() ? "granted to none of them" : Label.list(grants.stream())) + ".", primitive);
        }
        return this;
    }

    /** To whom, in their order. What a process grants itself only its own lines tell. */
    private List<String> grants(Primitive primitive) {
        var id = Runs.idOf(primitive);
        if (primitive instanceof Lock && seen.isRecorded()) {
            return seen.holds(id).stream().map(Hold::process).toList();
        }
        var all = seen.of(id);
        if (all.stream().anyMatch(happening -> happening.kind() == Happening.Kind.LENT)) {
            seen.judgement(); // Says that this run is not recorded.
        }
        return all.stream().filter(happening -> happening.kind() == Happening.Kind.GRANTED).map(seen::process).toList();
    }

    /**
     * A process ended while it held a lock, or had it taken away, and the next that was granted it was told so.
     *
     * @param lock a lock or read-write lock
     * @param process name of the process
     * @return this
     * @throws AssertionError if nobody was told of that
     */
    public HistoryAssert abandoned(Primitive lock, String process) {
        var by = abandonedBy(lock);
        if (!by.contains(process)) {
            throw failed("Expected " + Label.of(lock) + " to be abandoned by " + process + ", and the next holder to be told, but "
                    + (by.isEmpty() ? "nobody was told of any such thing" : "the next holder was told of " + Label.list(by.stream()))
                    + ".", lock);
        }
        return this;
    }

    /**
     * Nobody was granted a lock whose holder had ended before.
     *
     * @param lock a lock or read-write lock
     * @return this
     * @throws AssertionError if somebody was
     */
    public HistoryAssert neverAbandoned(Primitive lock) {
        var by = abandonedBy(lock);
        if (!by.isEmpty()) {
            throw failed("Expected " + Label.of(lock) + " never to be abandoned, but it was by " + Label.list(by.stream()) + ".", lock);
        }
        return this;
    }

    private List<String> abandonedBy(Primitive lock) {
        return seen.of(Runs.idOf(lock)).stream().filter(happening -> happening.kind() == Happening.Kind.ABANDONED)
                .map(happening -> seen.name(happening.number())).toList();
    }

    /**
     * No wait closed a cycle of waits.
     *
     * @return this
     * @throws AssertionError if one did; the message has the cycles
     */
    public HistoryAssert noDeadlock() {
        var deadlocks = seen.happenings().stream().filter(happening -> happening.kind() == Happening.Kind.DEADLOCK).toList();
        if (!deadlocks.isEmpty()) {
            throw failed("Expected no deadlock, but there " + (deadlocks.size() == 1 ? "was one" : "were " + deadlocks.size()) + ":\n"
                    + deadlocks.stream().map(one -> "  " + one.detail()).collect(Collectors.joining("\n")));
        }
        return this;
    }

    // Items.

    /**
     * Every item that was put has been received by somebody: none waits any more, and none went back when its receiver died without being
     * received again.
     *
     * @param queue a queue, or one end of a pipe for both its directions
     * @return this
     * @throws AssertionError if one was not, or if nothing was put
     */
    public HistoryAssert everyItemReceived(Primitive queue) {
        var items = Items.of(seen.of(Runs.idOf(queue)));
        var left = items.notReceived();
        if (items.isEmpty() || !left.isEmpty()) {
            throw failed("Expected every item of " + Label.of(queue) + " to be received, but "
                    + (items.isEmpty() ? "nothing was put" : Items.named(left) + " of " + items.size() + " was not") + ".", queue);
        }
        return this;
    }

    /**
     * Every item that was put has been received, and none more than once: none went back because its receiver died.
     *
     * @param queue a queue, or one end of a pipe for both its directions
     * @return this
     * @throws AssertionError if one was not, or more than once, or if nothing was put
     */
    public HistoryAssert everyItemReceivedOnce(Primitive queue) {
        everyItemReceived(queue);
        var again = Items.of(seen.of(Runs.idOf(queue))).receivedAgain();
        if (!again.isEmpty()) {
            throw failed("Expected every item of " + Label.of(queue) + " to be received once, but " + Items.named(again)
                    + " was received more than once.", queue);
        }
        return this;
    }

    /**
     * Some items went back to their places because those that had received them ended without having finished them.
     *
     * @param queue a queue, or one end of a pipe for both its directions
     * @param times how often that happened
     * @return this
     * @throws AssertionError if it happened more often or less
     */
    public HistoryAssert cameBack(Primitive queue, int times) {
        long back = seen.of(Runs.idOf(queue)).stream().filter(happening -> happening.kind() == Happening.Kind.REQUEUED).count();
        if (back != times) {
            throw failed("Expected items of " + Label.of(queue) + " to come back " + Label.times(times) + ", but they did "
                    + Label.times(back) + ".", queue);
        }
        return this;
    }

    /**
     * Every item that was put is done, and none has become a dead letter.
     *
     * @param queue a joinable queue
     * @return this
     * @throws AssertionError if one is not, or if nothing was put
     */
    public HistoryAssert everyItemDone(JoinableQueue<?> queue) {
        var items = Items.of(seen.of(Runs.idOf(queue)));
        var left = items.notDone();
        if (items.isEmpty() || !left.isEmpty()) {
            throw failed("Expected every item of " + Label.of(queue) + " to be done, but "
                    + (items.isEmpty() ? "nothing was put" : Items.named(left) + " of " + items.size() + " was not") + ".", queue);
        }
        return this;
    }

    // Anything.

    /**
     * Something happened, at least once.
     *
     * @param expected what
     * @return this
     * @throws AssertionError if it did not
     */
    public HistoryAssert happened(Expected expected) {
        if (count(expected) == 0) {
            throw failed("Expected to happen: " + expected + ". It did not.\n" + seen.lines("", happening -> true));
        }
        return this;
    }

    /**
     * Something happened so many times.
     *
     * @param times how often
     * @param expected what
     * @return this
     * @throws AssertionError if it happened more often or less
     */
    public HistoryAssert happened(int times, Expected expected) {
        long count = count(expected);
        if (count != times) {
            throw failed("Expected to happen " + Label.times(times) + ": " + expected + ". It happened " + Label.times(count) + ".\n"
                    + seen.lines("", happening -> true));
        }
        return this;
    }

    /**
     * Something did not happen.
     *
     * @param expected what
     * @return this
     * @throws AssertionError if it did
     */
    public HistoryAssert neverHappened(Expected expected) {
        return happened(0, expected);
    }

    private long count(Expected expected) {
        return seen.happenings().stream().filter(expected::matches).count();
    }

    /**
     * Some things happened one after another; whatever happened in between is not looked at.
     *
     * @param expected what, the first first
     * @return this
     * @throws AssertionError if one of them did not happen after the one before it
     */
    public HistoryAssert inThisOrder(Expected... expected) {
        var all = seen.happenings();
        int from = 0;
        for (int number = 0; number < expected.length; number++) {
            int at = from;
            while (at < all.size() && !expected[number].matches(all.get(at))) {
                at++;
            }
            if (at == all.size()) {
                throw failed("Expected in this order: " + Label.list(Stream.of(expected).map(Expected::toString)) + ". There was no "
                        + expected[number] + (number == 0 ? "" : " after " + expected[number - 1]) + ".\n"
                        + seen.lines("", happening -> true));
            }
            from = at + 1;
        }
        return this;
    }

    /**
     * The run keeps what Procession promises: all laws that {@code bin/procession check} knows hold for the whole run up to now, also for
     * what happened before this test began.
     *
     * @return this
     * @throws AssertionError if one is broken: the message cites the lines of the record that contradict each other
     * @throws IllegalStateException if the run is not recorded
     */
    public HistoryAssert keepsTheLaws() {
        var violations = seen.judgement().violations();
        if (!violations.isEmpty()) {
            throw failed("Expected the laws of the record to hold, but " + Laws.broken(violations));
        }
        return this;
    }
}
