package procession.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import procession.core.Command;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;

/**
 * The getting half of a window: items are fetched before they are asked for, and the keeper is told behind which ones were got. Guarded by
 * the session's monitor.
 */
final class Inbox {

    /** So many requests for items are out at once: while one is answered and consumed, the other is on its way. */
    private static final int ASKING = 2;
    /** What was got is told no later than with the first get after this time. */
    private static final long TELL_AFTER = TimeUnit.MILLISECONDS.toNanos(5);

    /** What answered one request: so many of it were got, and of so many the keeper knows. */
    private static final class Batch {
        final long request;
        final List<Reply.Item> items;
        int got;
        int told;

        Batch(long request, List<Reply.Item> items) {
            this.request = request;
            this.items = items;
        }
    }

    private final Handle handle;
    private final Session session;
    private final int most;
    private final IntFunction<Command> getting;
    private final Waiters waiters;
    /** In their order; the first ones are got. */
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    /** The first batch of which something is left. */
    private final ArrayDeque<Batch> unread = new ArrayDeque<>();
    private final List<Call> asking = new ArrayList<>(ASKING);
    private int left;
    private int asked;
    private int untold;
    private long toldAt = System.nanoTime();
    private long verdicts;
    /** Why the last request gave nothing; null if it gave something. */
    private Reply nothing;

    /**
     * Of a window.
     *
     * @param handle what it is a view of
     * @param most how many items it may hold
     * @param getting what gets up to so many
     */
    Inbox(Handle handle, int most, IntFunction<Command> getting) {
        this.handle = handle;
        this.session = handle.home.session();
        this.most = most;
        this.getting = getting;
        this.waiters = new Waiters(session);
    }

    /** The next item; otherwise why there is none: the end, a refusal, or that it took too long. */
    Reply next(long timeout, Runnable unlessClosed) throws InterruptedException {
        long until = Waiters.until(timeout);
        while (true) {
            synchronized (session) {
                unlessClosed.run();
                if (session.isEnded()) {
                    throw session.over();
                }
                if (left > 0) {
                    return taken();
                }
                if (asking.isEmpty()) {
                    if (isFinal(nothing)) {
                        var why = nothing;
                        nothing = null;
                        return why;
                    }
                    nothing = null;
                }
                tell();
                ask();
                session.transmitNow();
            }
            if (timeout <= 0 || !waiters.await(until, this::isToBeSeen)) {
                var verdict = verdict();
                if (verdict != null) {
                    return verdict;
                }
            }
        }
    }

    private static boolean isFinal(Reply nothing) {
        return nothing != null && !(nothing instanceof Reply.TimedOut);
    }

    private boolean isToBeSeen() {
        return left > 0 || asking.isEmpty() || session.isEnded();
    }

    private Reply.Item taken() {
        var batch = unread.peek();
        var item = batch.items.get(batch.got++);
        if (batch.got == batch.items.size()) {
            unread.poll();
        }
        left--;
        untold++;
        boolean halfIsFree = most - left - asked >= (most + 1) / 2 && asking.size() < ASKING;
        if (halfIsFree || untold >= most || System.nanoTime() - toldAt > TELL_AFTER) {
            tell();
            if (halfIsFree) {
                ask();
            }
            session.transmitNow();
        }
        return item;
    }

    private void ask() {
        int share = Math.max(1, most / ASKING);
        for (int free = most - left - asked; free > 0 && asking.size() < ASKING; free = most - left - asked) {
            int some = asking.size() == ASKING - 1 ? Math.min(free, Math.max(share, most - share)) : Math.min(free, share);
            asked += some;
            var call = session.askBehind(this, new Request.Operate(handle.target(), getting.apply(some)), Sent.FOR_EVER,
                    (own, end) -> ended(own, end, some));
            asking.add(call);
        }
    }

    private void ended(Call call, Call.End end, int some) {
        synchronized (session) {
            asking.remove(call);
            asked -= some;
            verdicts++;
            if (end instanceof Call.Replied(Reply.Items(var items))) {
                var batch = new Batch(call.number, items);
                batches.add(batch);
                unread.add(batch);
                left += items.size();
                nothing = null;
            } else if (end instanceof Call.Replied(var reply)) {
                nothing = reply;
            }
            waiters.lookAgain();
        }
    }

    /** It has taken long enough: withdraws what is asked, and takes the keeper's word. Null if there is something to be seen. */
    private Reply verdict() throws InterruptedException {
        long before;
        synchronized (session) {
            if (left > 0 || session.isEnded() || asking.isEmpty() && isFinal(nothing)) {
                return null;
            }
            before = verdicts + asking.size();
            asking.forEach(session::withdraw);
        }
        if (!waiters.awaitKeeper(() -> verdicts >= before || left > 0 || session.isEnded())) {
            throw Session.silent();
        }
        synchronized (session) {
            return left > 0 || session.isEnded() || isFinal(nothing) ? null : nothing == null ? new Reply.TimedOut("") : nothing;
        }
    }

    /** Tells the keeper what was got, with the next frame. */
    void tell() {
        if (untold == 0 || session.isEnded()) {
            return;
        }
        while (!batches.isEmpty() && batches.peek().got > 0) {
            var batch = batches.peek();
            if (batch.told < batch.got) {
                session.tellBehind(handle.target(), new Command.Consumed(batch.request, batch.got));
                batch.told = batch.got;
            }
            if (batch.got < batch.items.size()) {
                break;
            }
            batches.poll();
        }
        untold = 0;
        toldAt = System.nanoTime();
    }

    /**
     * What was not got goes back. First everything that is asked is withdrawn, or it would be given what goes back; what came all the same
     * goes back with the rest, if this may wait for it, and otherwise when it comes.
     */
    void close(boolean mayWait) {
        boolean interrupted = false;
        synchronized (session) {
            asking.forEach(session::withdraw);
        }
        try {
            if (mayWait) {
                waiters.awaitKeeper(() -> asking.isEmpty() || session.isEnded());
            }
        } catch (InterruptedException hurry) {
            interrupted = true;
        }
        synchronized (session) {
            asking.forEach(session::abandon);
            asking.clear();
            if (!session.isEnded()) {
                tell();
                batches.forEach(batch -> session.tellBehind(handle.target(), new Command.GiveBack(batch.request)));
                session.transmitNow();
            }
            batches.clear();
            unread.clear();
            left = 0;
            waiters.lookAgain();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
