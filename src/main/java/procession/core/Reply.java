package procession.core;

import java.util.List;
import java.util.Optional;

/** What a request is answered with. */
public sealed interface Reply {

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
