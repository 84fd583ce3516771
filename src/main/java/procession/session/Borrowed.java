package procession.session;

import java.util.function.Consumer;
import procession.core.Loans;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;

/**
 * What is lent to this process: grants that cost no message, and what the keeper is told of them. Guarded by its session's monitor.
 */
final class Borrowed {

    private final Loans loans = new Loans();
    private final Consumer<Sent> keeper;
    /** Null if nobody is told of calls. */
    private final Testimony testimony;

    Borrowed(Consumer<Sent> keeper, Testimony testimony) {
        this.keeper = keeper;
        this.testimony = testimony;
    }

    /** The keeper has answered a call; with a lock, it may have lent that, too. */
    void answered(Call call, Reply reply) {
        if (reply instanceof Reply.Granted granted && granted.lentUntil() != 0 && call.request instanceof Request.Operate operate) {
            loans.lent(operate.target(), call.strand, granted, System.nanoTime());
            say();
        }
    }

    /** Grants a lock here; null if the keeper is to be asked. */
    Reply.Granted acquire(PrimitiveId lock, long strand, boolean reentrant) {
        if (loans.isEmpty()) {
            return null;
        }
        var grant = loans.acquire(lock, strand, reentrant, System.nanoTime());
        if (grant != null && testimony != null) {
            testimony.acquiredLent(lock, strand, grant);
        }
        say();
        return grant;
    }

    Loans.Release release(PrimitiveId lock, long fence) {
        var release = loans.release(lock, fence);
        if (release == Loans.Release.DONE && testimony != null) {
            testimony.releasedLent(lock, Thread.currentThread().threadId(), fence);
        }
        say();
        return release;
    }

    /** Somebody else wants a lock. */
    void end(PrimitiveId lock) {
        loans.end(lock);
        say();
    }

    void endAll() {
        loans.endAll();
        say();
    }

    /** Gives up what is lent before something is asked that only the keeper can do. */
    void endBefore(Request request) {
        if (!loans.isEmpty()) {
            loans.endBefore(request);
            say();
        }
    }

    /** Time has passed: the keeper is to know of holds that have lasted for so long, in nanoseconds. */
    void tick(long lasting) {
        if (!loans.isEmpty()) {
            loans.lasting(System.nanoTime() - lasting);
            say();
        }
    }

    /** Whether a tick is needed. */
    boolean awaitsTick() {
        return loans.mayBeUntold();
    }

    /** Nobody is told how this ends: a loan may have been taken away meanwhile, and then so was what is said of it. */
    private void say() {
        for (var message : loans.takeMessages()) {
            keeper.accept(new Sent(message.strand(), Sent.FOR_EVER, true, new Request.Operate(message.lock(), message.command())));
        }
    }
}
