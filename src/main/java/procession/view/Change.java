package procession.view;

/**
 * Something that changes in the picture of a run. Times are nanoseconds since the beginning of the picture; they never fall by much, but
 * may fall a little where a record is read. A lane is a process, by its owner's number. A thing is a primitive, by {@code maker.number}.
 */
public sealed interface Change {

    /**
     * When.
     *
     * @return nanoseconds since the beginning
     */
    long at();

    /**
     * A process is there.
     *
     * @param id its number, never used again
     * @param name its name
     * @param pid its pid; 0 if not known
     * @param parent number of the process that started it; 0 for none
     * @param joined whether nobody of the run started it
     * @param at since when
     */
    record Lane(long id, String name, long pid, long parent, boolean joined, long at) implements Change {}

    /**
     * A process has ended, or left. Its bars have their ends told before.
     *
     * @param id which lane
     * @param how how, in words: {@code returned}, {@code killed by signal 9}
     * @param bad whether it did not end as it should have: it was killed, failed, or had another status than 0
     * @param at when
     */
    record Gone(long id, String how, boolean bad, long at) implements Change {}

    /**
     * A primitive is there. One that was met after a gap, whose making is not known, is {@link Kind#UNKNOWN} and has its id as its label.
     *
     * @param id which
     * @param label what to call it: {@code lock 'tickets'}, {@code queue 2.1}
     * @param kind what kind
     * @param variant {@code re-entrant}, {@code bounded}, {@code simple}, {@code joinable}, {@code one-way}, or empty
     * @param size permits, parties, most items, what a latch counts from; 0 for none
     * @param at since when
     */
    record Thing(String id, String label, Kind kind, String variant, long size, long at) implements Change {}

    /** Kinds of things. */
    enum Kind { LOCK, SEMAPHORE, EVENT, QUEUE, PIPE, BARRIER, LATCH, READ_WRITE_LOCK, COUNTER, CELL, MAP, UNKNOWN }

    /**
     * A primitive is gone. Its bars have their ends told before.
     *
     * @param id which
     * @param at when
     */
    record Over(String id, long at) implements Change {}

    /**
     * A bar begins in a lane: a time in which a process waits for a thing or has something of it. It has exactly one {@link End}, but for
     * bars that are open when the picture is {@link Closed}. Holds and loans of one lock do not overlap; a loan is what is between the holds that
     * the keeper knows of, but for the holds that the borrower's own lines tell, which lie within it. A wait that takes no time has no bar. A
     * grant of permits that nobody owes has none either.
     *
     * @param id its number: 1, 2, 3, …
     * @param lane whose
     * @param thing of which thing
     * @param what what it is
     * @param wants of a wait: what for, in words; of a hold of a queue: which item
     * @param fence the grant's fence; of an item of a queue its number; of a wait 0
     * @param units permits, or how deep a lock is held; see {@link Units}
     * @param mode {@code read} or {@code write} of a read-write lock, else empty
     * @param strand the thread; 0 if unknown
     * @param waited how long this hold was waited for, in nanoseconds
     * @param after name of the one that died, or lost the lock by hand, holding it before; else empty
     * @param at since when
     */
    record Bar(
            long id,
            long lane,
            String thing,
            What what,
            String wants,
            long fence,
            int units,
            String mode,
            long strand,
            long waited,
            String after,
            long at) implements Change {

        /** What bars are. */
        public enum What {
            /** It waits for something. */
            WAIT,
            /** It holds a lock or permits, or has an item of a joinable queue that is not done. */
            HOLD,
            /** A lock is lent to it: it may hold it, now and again, without telling. */
            LOAN
        }
    }

    /**
     * A hold has other units from now on: some permits were given back, or a lock is held deeper or less deep.
     *
     * @param id which bar
     * @param units how many now
     * @param at since when
     */
    record Units(long id, int units, long at) implements Change {}

    /**
     * A bar ends.
     *
     * @param id which
     * @param how how: of waits {@code granted}, {@code done}, {@code signalled}, {@code timed out}, {@code refused}; of holds {@code released}, {@code done},
     *     {@code unused}, {@code slept} (to wait for a condition), {@code written off}, {@code broken}, {@code requeued}, {@code dead letter}; of loans
     *     {@code claimed}, {@code handed back}, {@code broken}; of all {@code process ended}, {@code over}, {@code unknown} (behind a gap)
     * @param grants of a loan: how many holds it was; else 0
     * @param at when
     */
    record End(long id, String how, long grants, long at) implements Change {}

    /**
     * Something that is counted has this value from now on.
     *
     * @param thing of which thing
     * @param name {@code permits} of a semaphore, {@code size} of a queue, {@code unfinished} of a joinable one, {@code to 1} and {@code to 2} of a pipe
     *     (messages on their way to that end), {@code set} (0 or 1) of an event, {@code count} of a latch, {@code waiting} at a barrier, {@code value} of
     *     a counter, {@code version} of a cell or a map
     * @param value the value
     * @param at since when
     */
    record Level(String thing, String name, long value, long at) implements Change {}

    /**
     * One thing let another happen.
     *
     * @param thing by which thing
     * @param what how
     * @param from where it came from
     * @param to where it went; at the same time or later
     */
    record Arrow(String thing, What what, Point from, Point to) implements Change {

        /** What arrows are. */
        public enum What {
            /** A lock or permits were given back, or their holder died, and one that waited got them. */
            HANDOVER,
            /** An item was put and got, a message was sent and received. */
            ITEM,
            /** One that waited was woken: an event set, a signal, the last at a barrier or a latch, a counter. */
            WAKE
        }

        @Override
        public long at() {
            return to.at();
        }
    }

    /**
     * A place in the picture.
     *
     * @param lane in which lane
     * @param at when
     */
    record Point(long lane, long at) {}

    /**
     * Something that should stand out.
     *
     * @param what what
     * @param lane in which lane; 0 for none
     * @param thing at which thing; empty for none
     * @param text what happened, in words
     * @param at when
     */
    record Mark(What what, long lane, String thing, String text, long at) implements Change {

        /** What marks are. */
        public enum What {
            /** A wait closed a cycle. */
            DEADLOCK,
            /** A lock was granted whose holder had died. */
            ABANDONED,
            /** A lock was taken away by hand, or a barrier broken. */
            BROKEN,
            /** An item came back too often. */
            DEAD_LETTER,
            /** A queue takes no more. */
            SHUT_DOWN,
            /** Something is missing here: open bars have ended as {@code unknown}, and levels are not known until they are told again. */
            GAP
        }
    }

    /**
     * The run is over; nothing follows. Bars that are open are so to the end.
     *
     * @param orderly whether it was closed and every process seen to end; otherwise it was cut short
     * @param at when
     */
    record Closed(boolean orderly, long at) implements Change {}
}
