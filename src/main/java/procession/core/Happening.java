package procession.core;

import java.util.Optional;

/**
 * Something that happened, as the keeper saw it.
 *
 * @param step the keeper's step number; several happenings of one step are in their order
 * @param nanos when, by the monotonic clock that all JVMs of a host share
 * @param kind what
 * @param owner number of the process it happened to
 * @param process name of that process
 * @param primitive which primitive; empty for what happens to processes
 * @param name that primitive's name, if it has one
 * @param strand the thread that asked; 0 if none or unknown
 * @param request the request's number in its session
 * @param number what it is about: the fence of a grant, the number of an item among those of its queue or of its direction of a pipe, the
 *     number of a request; 0 if none
 * @param units how many: permits, waiters, parties, the depth of a lock; 0 where there is nothing to count
 * @param detail more: in words, or as the kind says
 */
public record Happening(
        long step,
        long nanos,
        Kind kind,
        long owner,
        String process,
        Optional<PrimitiveId> primitive,
        Optional<String> name,
        long strand,
        long request,
        long number,
        int units,
        String detail) {

    /** What can happen. */
    public enum Kind {
        /**
         * A process takes part; the number is that of the process that started it, and the detail {@code pid N}, with {@code joined}
         * behind it where nobody of the run did.
         */
        PROCESS_STARTED,
        /** A process is gone and everything it held is settled; the detail says how it ended. */
        PROCESS_ENDED,

        /** A primitive is there; the detail is its spec, in words. */
        MADE,
        /** Nobody holds a primitive any more, and it is gone. */
        OVER,

        /** Somebody asked; the detail is the command's name. */
        ASKED,
        /**
         * A lock (by its fence, so deep) or permits (by their fence, so many) are somebody's; the detail says whether a signal woke who
         * waited for a condition, that nobody owes the permits, or whether a read-write lock is granted to read or to write.
         */
        GRANTED,
        /** A request has waited long enough. */
        TIMED_OUT,
        /** A request was not carried out; the detail says why. */
        REFUSED,
        /** A lock or permits were given back; with units and a detail, a lock as a whole, by one that waits for that condition now. */
        RELEASED,
        /** A lock was given back unused. */
        RETURNED,
        /** The next grant is the first after the death of a holder, whose number this is. */
        ABANDONED,
        /**
         * The grant that follows lends the lock to its asker, too: it may grant it to itself under so many fences from the number on, that
         * of the grant included.
         */
        LENT,
        /** A lock that is lent is wanted by somebody, and its borrower is asked for it. */
        CALLED_IN,
        /** A lock that is lent is held by the borrower, so many times over; with a detail, the loan goes on, otherwise it is over. */
        CLAIMED,
        /** A loan is over, and the lock is not held; the number is the borrower's last fence. */
        HANDED_BACK,
        /** A lock was taken away, or a barrier broken; the detail says by whom or why. */
        BROKEN,
        /** Somebody who waited for a condition was woken. */
        SIGNALLED,
        /** A request closed a cycle of waits; the detail is the chain. */
        DEADLOCK,

        /** A queue has an item. */
        PUT,
        /** An item is on its way to somebody; so many times it came back before. */
        GOT,
        /** An item is done. */
        DONE,
        /** Nothing of a queue is unfinished. */
        JOINED,
        /** An item went back to its place. */
        REQUEUED,
        /** An item came back too often, and counts as done. */
        DEAD_LETTER,
        /** A queue takes no more items. */
        SHUT_DOWN,

        /** An event is set. */
        SET,
        /** An event is down. */
        CLEARED,
        /** Somebody's wait for an event, for a latch, or for a change of a counter, a cell or a map, is over. */
        WOKEN,

        /** A pipe has a message; the detail says to which end. */
        SENT,
        /** A message is on its way to somebody. */
        RECEIVED,
        /** There is something to get or to receive, or the end. */
        READY,
        /** Everything has been received, and no more can come. */
        END_OF_STREAM,

        /** All parties have come to a barrier; the number says which of them this was. */
        PASSED,
        /** A barrier is as it was at first. */
        RESET,

        /** A latch was counted down, by so many or to zero. */
        COUNTED_DOWN,

        /** A counter has this number; the detail says by what: {@code add 3}, {@code set}, or {@code set if 5}. */
        COUNTED,
        /**
         * A cell or a map has been changed, and has this version; the detail says how: {@code put} or {@code removed}, with a digest
         * of the key if there are several; or {@code cleared}.
         */
        CHANGED
    }
}
