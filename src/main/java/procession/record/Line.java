package procession.record;

import java.util.Optional;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.core.Sent;

/** What one line of a record says. {@code docs/recording.md} describes the lines for people who read them by other means. */
sealed interface Line {

    /** The format that is written. A reader refuses a higher one; what is only added does not raise it. */
    int FORMAT = 1;

    /** When that was, by the monotonic clock that all JVMs of a host share. */
    long nanos();

    /**
     * The first line: what run it was.
     *
     * @param format version of the format
     * @param run name of the run
     * @param version version of Procession
     * @param start when it began, as an instant in ISO form
     * @param nanos the same moment by the monotonic clock of all other lines
     * @param redeliveries how often an item of a joinable queue may return unfinished
     */
    record Header(int format, String run, String version, String start, long nanos, int redeliveries) implements Line {}

    /**
     * Something that happened, as the keeper saw it.
     *
     * @param happening what
     */
    record Happened(Happening happening) implements Line {
        @Override
        public long nanos() {
            return happening.nanos();
        }
    }

    /**
     * A process is about to ask a primitive for something.
     *
     * @param nanos when, by the monotonic clock
     * @param owner number of the process
     * @param process its name
     * @param strand the thread that asks; 0 if none
     * @param request the request's number in its session
     * @param primitive which primitive
     * @param name that primitive's name, if it has one
     * @param command the command's name
     * @param timeout how long it may wait, in nanoseconds: zero or less to try once, {@link Sent#FOR_EVER} without a limit
     * @param quiet whether nobody waits for the answer
     * @param number what it refers to: a fence, or the number of a request; 0 if nothing
     * @param units how many: permits, waiters; 0 where there is nothing to count
     * @param detail how it is meant: the direction in a pipe, a condition, {@code unowned}; else empty
     */
    record Invoked(
            long nanos,
            long owner,
            String process,
            long strand,
            long request,
            PrimitiveId primitive,
            Optional<String> name,
            String command,
            long timeout,
            boolean quiet,
            long number,
            int units,
            String detail) implements Line {

        boolean hasTimeout() {
            return timeout != Sent.FOR_EVER;
        }
    }

    /**
     * A call has ended, and its caller is about to learn how.
     *
     * @param nanos when, by the monotonic clock
     * @param owner number of the process
     * @param process its name
     * @param request which request
     * @param outcome how: an answer's name, or one of {@link Unanswered}
     * @param code why it was refused; else empty
     * @param number the fence of what was granted, the index at a barrier, the number of a dead letter; 0 if none
     * @param units how many: permits, the depth of a lock, how often an item came back; 0 where there is nothing to count
     * @param abandoned number of the process that died holding the lock before; 0 if none did
     * @param detail {@code signalled} if a signal woke who waited for a condition; else empty
     */
    record Returned(
            long nanos,
            long owner,
            String process,
            long request,
            String outcome,
            String code,
            long number,
            int units,
            long abandoned,
            String detail) implements Line {

        boolean isAnswer() {
            return !Unanswered.NAMES.contains(outcome);
        }
    }

    /**
     * Something is missing here.
     *
     * @param nanos when that was noticed
     * @param owner number of the process whose lines could not be written; 0 for the keeper's happenings
     * @param process its name; empty for the keeper's happenings
     * @param count how many lines
     */
    record Dropped(long nanos, long owner, String process, long count) implements Line {}

    /**
     * The run is over, and the keeper's happenings are complete.
     *
     * @param nanos when
     * @param owner number of the main process
     * @param orderly whether it was closed and every process that it had started was seen to end; otherwise it was cut short
     */
    record End(long nanos, long owner, boolean orderly) implements Line {}

    /**
     * A line of a later version, of which only this is known.
     *
     * @param type its type, or what is unknown about it
     */
    record Unknown(String type) implements Line {
        @Override
        public long nanos() {
            return 0;
        }
    }
}
