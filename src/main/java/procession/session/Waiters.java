package procession.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads that wait for something which a session's monitor guards. They are few, so all of them look again when anything has changed. */
final class Waiters {

    private final Session session;
    private final List<Thread> threads = new ArrayList<>(1);

    Waiters(Session session) {
        this.session = session;
    }

    /** Something has changed. To be called with the monitor held. */
    void lookAgain() {
        for (int i = 0; i < threads.size(); i++) {
            LockSupport.unpark(threads.get(i));
        }
    }

    /**
     * Waits, without the monitor, until something is so, which is looked at with the monitor held.
     *
     * @param until when to give up, by the clock; {@link Long#MAX_VALUE} never
     * @return whether it is so; what was looked at may have changed since
     */
    boolean await(long until, BooleanSupplier isSo) throws InterruptedException {
        var self = Thread.currentThread();
        synchronized (session) {
            if (isSo.getAsBoolean()) {
                return true;
            }
            threads.add(self);
        }
        try {
            while (true) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (until == Long.MAX_VALUE) {
                    LockSupport.park(this);
                } else if (until - System.nanoTime() > 0) {
                    LockSupport.parkNanos(this, until - System.nanoTime());
                }
                synchronized (session) {
                    if (isSo.getAsBoolean()) {
                        return true;
                    }
                }
                if (until != Long.MAX_VALUE && until - System.nanoTime() <= 0) {
                    return false;
                }
            }
        } finally {
            synchronized (session) {
                threads.remove(self);
            }
        }
    }

    /** The same for as long as the keeper may be silent: in steps that this process has lived through. */
    boolean awaitKeeper(BooleanSupplier isSo) throws InterruptedException {
        for (int step = 0; step < Session.GRACE_STEPS; step++) {
            if (await(System.nanoTime() + Session.GRACE_STEP, isSo)) {
                return true;
            }
        }
        return false;
    }

    /** When a time-out from now is over. */
    static long until(long timeout) {
        long at = System.nanoTime() + Math.max(0, timeout);
        return timeout == Long.MAX_VALUE || at < System.nanoTime() - 1_000_000_000L ? Long.MAX_VALUE : at;
    }
}
