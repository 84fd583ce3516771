package procession.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import procession.core.Command;
import procession.core.Request;
import procession.core.Sent;

/**
 * One wait on many things. The keeper is asked about each of them with a request of its own, which takes nothing; all of them go out in
 * one frame. When one is answered, or a process has ended, the others are withdrawn, and each has its verdict. Guarded by the session's
 * monitor.
 */
final class OngoingWait {

    /** One of the things: the keeper is asked about it, or a process is to end. */
    static final class Source {
        private final Polled polled;
        private final Command polling;
        private final CompletableFuture<?> exit;
        private Call call;
        /** Null as long as the keeper has not answered. */
        private Call.End end;

        private Source(Polled polled, CompletableFuture<?> exit) {
            this.polled = polled;
            this.polling = polled == null ? null : polled.polling();
            this.exit = exit;
        }

        static Source of(Polled polled) {
            return new Source(polled, null);
        }

        static Source of(CompletableFuture<?> exit) {
            return new Source(null, exit);
        }

        private boolean isOpen() {
            return call != null && end == null;
        }

        private boolean isReady() {
            return exit != null ? exit.isDone() : end instanceof Call.Replied(var reply) && polled.ready(reply);
        }
    }

    private final Session session;
    private final List<Source> sources;
    private final long timeout;
    private final Waiters waiters;
    /** Completed when the ends of processes are not waited for any more, so that nothing is left with those that go on. */
    private final CompletableFuture<Object> enough = new CompletableFuture<>();
    private Runnable changed;
    private int open;
    /** Something is ready, or there is another reason to wait no longer: what is still open is to be withdrawn. */
    private boolean decided;
    private boolean withdrawn;
    /** The verdicts on what was withdrawn are waited for, and not for ever. */
    private boolean expected;
    /** Nothing more counts: the outcome is told, or nobody wants it. */
    private boolean over;

    OngoingWait(Session session, List<Source> sources, long timeout) {
        this.session = session;
        this.sources = sources;
        this.timeout = timeout;
        this.waiters = new Waiters(session);
    }

    /** After how long what is open is withdrawn in any case: the keeper has not said that time is up, or this process stood still. */
    private long patience() {
        if (sources.stream().allMatch(source -> source.call == null)) {
            return Math.max(0, timeout);
        }
        long patience = (withdrawn ? 0 : timeout) + Session.GRACE_STEPS / 2 * Session.GRACE_STEP;
        return patience < 0 ? Sent.FOR_EVER : patience;
    }

    /** Asks. What is known to be ready or is only looked at makes the keeper's verdict come at once. */
    private void begin(Runnable whenChanged) {
        var exits = sources.stream().filter(source -> source.exit != null).map(source -> source.exit).toList();
        synchronized (session) {
            changed = whenChanged;
            boolean known = exits.stream().anyMatch(CompletableFuture::isDone);
            for (var source : sources) {
                if (source.exit == null) {
                    var handle = source.polled.of();
                    source.call = session.askBehind(handle, new Request.Operate(handle.target(), source.polling),
                            known ? 0 : timeout, (call, end) -> ended(source, end));
                    open++;
                }
            }
            if (open > 0) {
                session.transmitNow();
            }
            decided = known;
            withdrawn = known || timeout <= 0;
        }
        if (!exits.isEmpty()) {
            CompletableFuture.anyOf(Stream.concat(exits.stream(), Stream.of(enough)).toArray(CompletableFuture[]::new))
                    .whenComplete((any, how) -> decide());
        }
    }

    private void ended(Source source, Call.End end) {
        synchronized (session) {
            source.end = end;
            open--;
            decide();
        }
    }

    private void decide() {
        synchronized (session) {
            boolean isNews = !decided || open == 0;
            decided = true;
            if (isNews && !over) {
                changed.run();
            }
        }
    }

    private boolean isSettled() {
        return decided && open == 0;
    }

    private void withdrawRest() {
        synchronized (session) {
            decided = true;
            if (!withdrawn) {
                withdrawn = true;
                sources.stream().filter(Source::isOpen).forEach(source -> session.withdrawBehind(source.call));
                session.transmitNow();
            }
        }
    }

    /** Ends it, if nothing has before; what is still open is not wanted any more. */
    private boolean close() {
        synchronized (session) {
            if (over) {
                return false;
            }
            over = true;
            sources.stream().filter(Source::isOpen).forEach(source -> session.abandonBehind(source.call));
            if (open > 0 && !session.isEnded()) {
                session.transmitNow();
            }
        }
        enough.complete(enough);
        return true;
    }

    /** Which of them are ready, as far as is known. */
    private List<Integer> ready() {
        synchronized (session) {
            if (sources.stream().anyMatch(source -> source.end instanceof Call.SessionEnded)) {
                throw session.over();
            }
            var ready = new ArrayList<Integer>();
            for (int i = 0; i < sources.size(); i++) {
                if (sources.get(i).isReady()) {
                    ready.add(i);
                }
            }
            if (ready.isEmpty() && open > 0) {
                throw Session.silent();
            }
            return ready;
        }
    }

    // For a thread that waits.

    List<Integer> await() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean interrupted = false;
        try {
            begin(waiters::lookAgain);
            try {
                waiters.await(Waiters.until(patience()), () -> decided || withdrawn);
            } catch (InterruptedException hurry) {
                interrupted = true;
            }
            withdrawRest();
            interrupted |= awaitVerdicts();
            var ready = ready();
            if (interrupted && ready.isEmpty()) {
                interrupted = false;
                throw new InterruptedException();
            }
            return ready;
        } finally {
            close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for them through interrupts, and says whether there were some. */
    private boolean awaitVerdicts() {
        boolean interrupted = false;
        for (int step = 0; step < Session.GRACE_STEPS; step++) {
            try {
                if (waiters.await(System.nanoTime() + Session.GRACE_STEP, this::isSettled)) {
                    return interrupted;
                }
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    // For a future.

    <T> CompletableFuture<T> awaitAsync(Function<List<Integer>, T> result) {
        var future = new Pending<T>();
        future.withdrawnBy(this::close, () -> { });
        begin(() -> session.soon(() -> advance(future, result)));
        long patience = patience();
        if (patience != Sent.FOR_EVER) {
            after(patience, future, () -> hurry(future, result));
        }
        session.soon(() -> advance(future, result));
        return future;
    }

    private <T> void after(long nanos, Pending<T> future, Runnable then) {
        var timer = session.after(nanos, then);
        future.whenComplete((value, error) -> timer.cancel(false));
    }

    /** Takes the keeper's verdict, as time is up. */
    private <T> void hurry(Pending<T> future, Function<List<Integer>, T> result) {
        synchronized (session) {
            decided = true;
        }
        advance(future, result);
    }

    private <T> void tellAfter(int steps, Pending<T> future, Function<List<Integer>, T> result) {
        after(Session.GRACE_STEP, future, () -> {
            if (steps > 1) {
                tellAfter(steps - 1, future, result);
            } else {
                tell(future, result);
            }
        });
    }

    private <T> void advance(Pending<T> future, Function<List<Integer>, T> result) {
        boolean settled;
        synchronized (session) {
            if (!decided) {
                return;
            }
            settled = isSettled();
            if (!settled && !expected) {
                expected = true;
                withdrawRest();
                tellAfter(Session.GRACE_STEPS, future, result);
            }
        }
        if (settled) {
            tell(future, result);
        }
    }

    private <T> void tell(Pending<T> future, Function<List<Integer>, T> result) {
        try {
            var ready = result.apply(ready());
            if (close()) {
                future.deliver(ready);
            }
        } catch (RuntimeException wrong) {
            if (close()) {
                future.fail(wrong);
            }
        }
    }
}
