package procession.session;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks out for an answer for a moment before its thread parks: waking a parked thread costs more than all else that its process does for
 * an answer. It is done only where answers come that soon as a rule, by one thread of the process at a time, with a core for others to work
 * on, and giving way to whoever wants to run.
 *
 * <p>Thread-safe; that an update of what is usual gets lost now and then does no harm.
 */
final class BriefWait {

    /** About what an answer from another process takes that nobody has to wait for. */
    static final long MOST = 300_000;

    /** One that takes this long when its thread parks comes sooner when it looks out. */
    static final long USUAL = MOST + MOST / 2;

    private final boolean hasCores = Runtime.getRuntime().availableProcessors() > 1;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile long usual = 4 * MOST;

    /** Returns when the call has ended, or when it is time to park. */
    void await(Call call) {
        if (!pays() || !taken.compareAndSet(false, true)) {
            return;
        }
        try {
            long until = System.nanoTime() + MOST;
            var self = Thread.currentThread();
            while (call.end() == null && !self.isInterrupted() && System.nanoTime() - until < 0) {
                Thread.yield();
            }
        } finally {
            taken.set(false);
        }
    }

    /** Whether an answer is likely to come while it is looked out for. */
    boolean pays() {
        return hasCores && usual <= USUAL;
    }

    /** A call has ended after so many nanoseconds. */
    void took(long nanos) {
        usual += (Math.min(nanos, 4 * MOST) - usual) / 8;
    }
}
