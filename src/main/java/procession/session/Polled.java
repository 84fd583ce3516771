package procession.session;

import procession.core.Command;
import procession.core.Reply;

/** Something that may be waited for together with others: a handle, or what is {@link Watched}. */
interface Polled {

    /** Whom the keeper is asked about. */
    Handle of();

    /**
     * What the keeper is asked, which takes nothing and is answered when it is ready.
     *
     * @throws IllegalStateException if it cannot be waited for from here
     */
    Command polling();

    /** Whether an answer to that says that it is ready. */
    boolean ready(Reply reply);
}
