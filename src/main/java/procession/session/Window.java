package procession.session;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import procession.FullException;
import procession.core.Command;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Sent;

/**
 * A view that runs ahead, of whatever has items. Its session knows it, and with it the handle, until it is closed: so the process can settle
 * it before it ends.
 */
abstract class Window {

    final Handle handle;
    private final int most;
    private final Session session;
    private final Outbox outbox;
    private final Inbox inbox;
    private volatile boolean closed;

    /**
     * Of a handle.
     *
     * @param handle what it is a view of
     * @param most how far it runs ahead
     * @param putting what puts several items
     * @param getting what gets up to so many
     */
    Window(Handle handle, int most, Function<List<Payload>, Command> putting, IntFunction<Command> getting) {
        if (most < 1) {
            throw new IllegalArgumentException("A window runs ahead by 1 or more, not " + most + ".");
        }
        this.handle = handle;
        this.most = most;
        this.session = handle.home.session();
        this.outbox = new Outbox(handle, most, putting);
        this.inbox = new Inbox(handle, most, getting);
        session.opened(this);
    }

    final PrimitiveId target() {
        return handle.target();
    }

    /** What was put is on its way to the keeper, and what was got is told. To be called with the session's monitor held. */
    final void settle() {
        outbox.settle();
        inbox.tell();
    }

    /** What was got is told, with the next frame. To be called with the session's monitor held. */
    final void tell() {
        inbox.tell();
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("This window of " + handle.label() + " has been closed.");
        }
    }

    final void put(Object item, long timeout) throws InterruptedException {
        session.refuseOnDispatcher();
        refuseIfClosed();
        var payload = handle.home.encode(item);
        if (!outbox.put(payload, timeout, this::refuseIfClosed)) {
            throw new FullException(Handle.capitalized(handle.label()) + ": " + most + " puts through this window were not confirmed "
                    + Handle.seconds(timeout) + ", and it runs ahead no further.");
        }
        Reference.reachabilityFence(item); // Handles in it must not be let go of before the keeper has counted them.
    }

    final Reply next(long timeout) throws InterruptedException {
        session.refuseOnDispatcher();
        return inbox.next(timeout, this::refuseIfClosed);
    }

    /** Waits until everything put is confirmed. */
    public final void flush() throws InterruptedException {
        flush(Sent.FOR_EVER);
    }

    /** The same, for a limited time; whether it is. */
    public final boolean flush(Duration timeout) throws InterruptedException {
        return flush(Handle.nanos(timeout));
    }

    private boolean flush(long timeout) throws InterruptedException {
        session.refuseOnDispatcher();
        return outbox.flush(timeout);
    }

    /** Settles it, and gives back what was not got. */
    public final void close() {
        close(!session.onDispatcher());
    }

    /** The same; without waiting, what is refused meanwhile is not heard. */
    final void close(boolean mayWait) {
        synchronized (session) {
            if (closed) {
                return;
            }
            closed = true;
        }
        inbox.close();
        try {
            outbox.close(mayWait);
        } finally {
            session.closed(this);
        }
    }

    @Override
    public final String toString() {
        return "Window[" + handle.label() + ", " + most + (closed ? ", closed]" : "]");
    }
}
