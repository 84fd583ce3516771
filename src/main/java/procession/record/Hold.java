package procession.record;

import procession.core.PrimitiveId;

/**
 * A lock in somebody's hands, by its user's own clock: from when it is about to be told of the grant until it is about to give the lock
 * back, or until the lock is taken away or the process has ended.
 *
 * @param lock which lock
 * @param process name of the process
 * @param strand the thread that asked; 0 if none
 * @param fence the fence of the grant; the later of two holds of a lock has the higher one
 * @param from since when, by the monotonic clock that all JVMs of a host share
 * @param until until when; {@link Long#MAX_VALUE} if it had not ended
 */
public record Hold(PrimitiveId lock, String process, long strand, long fence, long from, long until) {

    /**
     * Whether it had ended.
     *
     * @return whether it had
     */
    public boolean isOver() {
        return until != Long.MAX_VALUE;
    }
}
