package procession.session;

import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;

/**
 * Is told of every call of a primitive: that it begins, before the request is sent; and how it ends, before its caller learns of it. So
 * what a witness has written down is true even if the process is killed in between.
 *
 * <p>Told by whichever thread calls or brings the answer, in the session's order, and sometimes with the session locked: it must be quick
 * and must not throw.
 */
public interface Witness {

    /** How a call may end without an answer that its caller is given. */
    enum Ending {
        /** The keeper has not answered a second after the call's own time-out. */
        KEEPER_SILENT,
        /** The run has ended before there was an answer. The caller may have learnt of it already. */
        RUN_ENDED,
        /** The caller was interrupted, and the keeper has agreed that it was in time. */
        WITHDRAWN,
        /** The caller does not want it any more. */
        ABANDONED
    }

    /**
     * A request is about to be sent.
     *
     * @param owner this process
     * @param number the request's number
     * @param sent the request
     * @param operate what it asks of which primitive
     */
    void invoked(Owner owner, long number, Sent sent, Request.Operate operate);

    /**
     * A call has been answered, and its caller is about to be given the answer.
     *
     * @param owner this process
     * @param number the request's number
     * @param reply the answer
     */
    void returned(Owner owner, long number, Reply reply);

    /**
     * A call has ended otherwise.
     *
     * @param owner this process
     * @param number the request's number
     * @param how how it ended
     */
    void returned(Owner owner, long number, Ending how);

    /**
     * This process has met a primitive with a name.
     *
     * @param primitive which
     * @param name its name
     */
    void met(PrimitiveId primitive, String name);
}
