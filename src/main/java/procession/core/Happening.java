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
 * @param amount the fence of a grant, the permits of a release, the number of an item among those of its queue or of its direction of a
 *     pipe; otherwise 0
 * @param detail more, for people
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
        long amount,
        String detail) {

    /** What can happen. */
    public enum Kind {
        PROCESS_STARTED, PROCESS_ENDED,
        ASKED, GRANTED, TIMED_OUT, REFUSED, RELEASED, RETURNED, ABANDONED, BROKEN, SIGNALLED,
        PUT, GOT, DONE, JOINED,
        SET, CLEARED, WOKEN,
        SENT, RECEIVED, READY, END_OF_STREAM
    }
}
