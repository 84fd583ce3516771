package procession.core;

import java.util.List;
import java.util.Optional;

/** What a request is answered with. */
public sealed interface Reply {

    /**
     * Whether somebody is to be told when it has arrived: it may bring handles, or be a delivery.
     *
     * @return whether it is
     */
    default boolean isToArrive() {
        return switch (this) {
            case Item item -> true;
            case DeadLetter letter -> true;
            case Value value -> !value.payload().carried().isEmpty();
            case Entries some -> true;
            default -> false;
        };
    }

    /**
     * A lock or permits are held by the asker.
     *
     * @param fence the grant's fencing number
     * @param units how many permits; 1 for a lock
     * @param abandoned who died holding it before
     * @param lentUntil of a lock that is lent to the asker with this: the first fence above this one's that is not set aside for the
     *     asker's own grants; 0 if it is not lent
     */
    record Granted(long fence, int units, Optional<Obituary> abandoned, long lentUntil) implements Reply {

        /**
         * A grant without a loan.
         *
         * @param fence the grant's fencing number
         * @param units how many permits; 1 for a lock
         * @param abandoned who died holding it before
         */
        public Granted(long fence, int units, Optional<Obituary> abandoned) {
            this(fence, units, abandoned, 0);
        }
    }

    /**
     * A lock that is lent to this process is wanted by somebody. Answers no request; it is answered by {@link Command.ClaimLock} or
     * {@link Command.ReturnLoan}.
     *
     * @param lock which
     */
    record CalledIn(PrimitiveId lock) implements Reply {}

    /**
     * The lock is held again by who waited for one of its conditions.
     *
     * @param fence the new hold's fencing number
     * @param depth how often it is held over
     * @param abandoned who died holding it meanwhile
     * @param signalled whether a signal woke the asker; otherwise its time was over
     */
    record Resumed(long fence, int depth, Optional<Obituary> abandoned, boolean signalled) implements Reply {}

    /** It has been done. */
    record Done() implements Reply {}

    /**
     * An item, in flight until its receipt is acknowledged.
     *
     * @param payload the item
     * @param redelivered how often it has come back from a process that ended before it was done
     */
    record Item(Payload payload, int redelivered) implements Reply {}

    /**
     * Some items, which may come back until their asker says that it got them: see {@link Command.Consumed}.
     *
     * @param items the items, at least one
     */
    record Items(List<Item> items) implements Reply {
        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /** There is something to get or to receive, or the end. */
    record Ready() implements Reply {}

    /** Everything sent or put has been received, and nobody is left who could send more. */
    record EndOfStream() implements Reply {}

    /**
     * An item that came back too often.
     *
     * @param number names it among the dead letters of its queue
     * @param deliveries how often it was given to somebody
     * @param last who had it last, and how that one ended
     * @param payload the item
     */
    record DeadLetter(long number, int deliveries, Obituary last, Payload payload) implements Reply {}

    /**
     * All parties have come to the barrier.
     *
     * @param index which of them the asker was, from 0 for the first
     */
    record Passed(int index) implements Reply {}

    /**
     * All parties have come to the barrier, the asker last, and wait for what it has to do: see {@link Command.ActionEnded}.
     *
     * @param index which of them the asker was: the highest
     */
    record Act(int index) implements Reply {}

    /**
     * A counter.
     *
     * @param value what it is after an addition or a wait, or was before it was set
     * @param changed whether it was changed by what was asked
     */
    record Counted(long value, boolean changed) implements Reply {}

    /**
     * What a key of a map has, or had. The handles in it are a copy of the asker's own.
     *
     * @param version number of the change that made it; 0 if the key has no value
     * @param payload the value; {@link Payload#NONE} if it has none
     */
    record Value(long version, Payload payload) implements Reply {}

    /**
     * A map is as it was asked to be.
     *
     * @param version number of its last change
     */
    record Stored(long version) implements Reply {}

    /**
     * Keys and values of a map, in its order.
     *
     * @param version number of its last change when it was read
     * @param entries some of them, those that were not told yet
     * @param more whether there are more
     */
    record Entries(long version, List<Entry> entries, boolean more) implements Reply {
        /** Copies the list. */
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    /**
     * A key and its value.
     *
     * @param key the key; {@link Payload#NONE} for the only one of a cell
     * @param payload its value
     * @param version number of the change that made it so
     */
    record Entry(Payload key, Payload payload, long version) {

        int size() {
            return key.size() + payload.size();
        }

        int weight() {
            return key.weight() + payload.weight() + 10;
        }
    }

    /**
     * It took too long, or was withdrawn.
     *
     * @param situation who holds and who waits, in words; filled in by the keeper
     */
    record TimedOut(String situation) implements Reply {}

    /**
     * It was not done, and nothing has changed.
     *
     * @param code why, for programs
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}

    /**
     * A primitive found or made by its name.
     *
     * @param primitive which
     * @param spec what it is
     */
    record Opened(PrimitiveId primitive, Spec spec) implements Reply {}

    /**
     * A primitive looked into.
     *
     * @param snapshot what was seen
     */
    record Viewed(Snapshot snapshot) implements Reply {}

    /**
     * The cycles of waits that there are.
     *
     * @param deadlocks the cycles, those found first before the others
     */
    record Deadlocks(List<Deadlock> deadlocks) implements Reply {
        /** Copies the list. */
        public Deadlocks {
            deadlocks = List.copyOf(deadlocks);
        }
    }

    /**
     * A process's end is settled.
     *
     * @param report what the process reported about its end before; {@link Payload#NONE} if nothing
     */
    record Settled(Payload report) implements Reply {}
}
