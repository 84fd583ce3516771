package procession.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import procession.core.Command;
import procession.core.Payload;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;

/**
 * The putting half of a window: items wait here while others are on their way, and go out together. The first one goes at once, so a
 * window costs no time when little is put. Guarded by the session's monitor.
 */
final class Outbox {

    /** So many bytes go out in one message, unless they are one item: frames stay below their limit. */
    private static final int BATCH = 48 * 1024;

    private final Handle handle;
    private final Session session;
    private final int most;
    private final Function<List<Payload>, Command> putting;
    private final Waiters waiters;
    private final ArrayDeque<Payload> waiting = new ArrayDeque<>();
    private int waitingWeight;
    private int underWay;
    private int batchesUnderWay;
    private long lastBatch;
    private Reply.Refused refused;

    /**
     * Of a window.
     *
     * @param handle what it is a view of
     * @param most how many puts may be unconfirmed
     * @param putting what puts several items
     */
    Outbox(Handle handle, int most, Function<List<Payload>, Command> putting) {
        this.handle = handle;
        this.session = handle.home.session();
        this.most = most;
        this.putting = putting;
        this.waiters = new Waiters(session);
    }

    /** Takes an item in; false if there was no room in time. */
    boolean put(Payload payload, long timeout, Runnable unlessClosed) throws InterruptedException {
        long until = Waiters.until(timeout);
        while (true) {
            synchronized (session) {
                unlessClosed.run();
                refuseIfRefused();
                if (session.isEnded()) {
                    throw session.over();
                }
                if (waiting.size() + underWay < most) {
                    waiting.add(payload);
                    waitingWeight += payload.weight();
                    // What carries handles goes before anything that lets go of them.
                    send(!payload.carried().isEmpty());
                    return true;
                }
            }
            if (!waiters.await(until, () -> waiting.size() + underWay < most || refused != null || session.isEnded())) {
                return false;
            }
        }
    }

    private void refuseIfRefused() {
        if (refused != null) {
            var why = refused;
            refused = null;
            throw Handle.refusal(handle.label(), why);
        }
    }

    /** Sends what waits here: all of it, or as much as is worth a message now. */
    private void send(boolean all) {
        while (!waiting.isEmpty() && (all || batchesUnderWay == 0 || waiting.size() >= (most + 1) / 2 || waitingWeight >= BATCH)) {
            var batch = new ArrayList<Payload>(waiting.size());
            int weight = 0;
            while (!waiting.isEmpty() && (batch.isEmpty() || weight + waiting.peek().weight() <= BATCH)) {
                var payload = waiting.poll();
                weight += payload.weight();
                batch.add(payload);
            }
            waitingWeight -= weight;
            underWay += batch.size();
            batchesUnderWay++;
            lastBatch = session.askTold(this, new Request.Operate(handle.target(), putting.apply(batch)), Sent.FOR_EVER,
                    (call, end) -> ended(end, batch.size())).number;
        }
    }

    private void ended(Call.End end, int count) {
        synchronized (session) {
            underWay -= count;
            batchesUnderWay--;
            if (end instanceof Call.Replied(Reply.Refused why)) {
                refused = why;
            }
            if (!session.isEnded()) {
                send(false);
            }
            waiters.lookAgain();
        }
    }

    /** Everything goes out now, to be in the keeper's hands. */
    void settle() {
        if (!session.isEnded()) {
            send(true);
        }
    }

    /** Waits until everything is confirmed; false if that took longer. */
    boolean flush(long timeout) throws InterruptedException {
        synchronized (session) {
            settle();
        }
        boolean confirmed = waiters.await(Waiters.until(timeout), () -> isEmpty() || refused != null || session.isEnded());
        synchronized (session) {
            refuseIfRefused();
            if (session.isEnded() && !isEmpty()) {
                throw session.over();
            }
        }
        return confirmed;
    }

    private boolean isEmpty() {
        return waiting.isEmpty() && underWay == 0;
    }

    /** Hands everything to the keeper, and hears whether it was refused. */
    void close(boolean mayWait) {
        boolean interrupted = false;
        synchronized (session) {
            settle();
        }
        while (mayWait) {
            try {
                session.awaitSettled(lastBatch);
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (session) {
            refuseIfRefused();
        }
    }
}
