package procession.session;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import procession.core.Command;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;

/**
 * One request on its way, and what becomes of it. It ends once: with a reply, with the end of the session, or because its caller no
 * longer wants it.
 */
final class Call {

    /** How a call ends. */
    sealed interface End {}

    /** The keeper has answered. */
    record Replied(Reply reply) implements End {}

    /** The session has ended before an answer came. */
    record SessionEnded() implements End {}

    /** The keeper has not answered long after it should have; what still comes goes back. */
    record KeeperSilent() implements End {}

    /** The caller does not want it any more, and is told nothing; what still comes goes back. */
    record Abandoned() implements End {}

    /** The handle it was made through: as long as the call is open, its handle is not let go of. */
    final Object via;

    final Request request;
    final long timeout;
    private final AtomicReference<End> end = new AtomicReference<>();
    private final BiConsumer<Call, End> then;
    private final Thread waiter;
    private volatile Future<?> timer;
    long number;
    long strand;

    /** A call that a thread waits for. */
    static Call awaited(Object via, Request request, long timeout) {
        return new Call(via, request, timeout, null, Thread.currentThread());
    }

    /** A call whose end is told to someone. */
    static Call told(Object via, Request request, long timeout, BiConsumer<Call, End> then) {
        return new Call(via, request, timeout, then, null);
    }

    private Call(Object via, Request request, long timeout, BiConsumer<Call, End> then, Thread waiter) {
        this.via = via;
        this.request = request;
        this.timeout = timeout;
        this.then = then;
        this.waiter = waiter;
    }

    /** Ends it, if nothing has before. */
    boolean end(End how) {
        if (!end.compareAndSet(null, how)) {
            return false;
        }
        stop(timer);
        if (waiter != null) {
            LockSupport.unpark(waiter);
        } else if (!(how instanceof Abandoned)) {
            then.accept(this, how);
        }
        return true;
    }

    /** Has a timer stopped at its end, which may have come. */
    void timedBy(Future<?> started) {
        timer = started;
        if (end.get() != null) {
            stop(started);
        }
    }

    private static void stop(Future<?> started) {
        if (started != null) {
            started.cancel(false);
        }
    }

    /**
     * How long the keeper may take to answer. Whoever waits for a condition gets the lock back before it is answered, and the keeper
     * cannot know when that will be.
     */
    long patience() {
        return request instanceof Request.Operate operate && operate.command() instanceof Command.AwaitCondition ? Sent.FOR_EVER : timeout;
    }

    End end() {
        return end.get();
    }
}
