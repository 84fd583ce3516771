package procession.session;

import java.util.Optional;
import procession.Grant;
import procession.Predecessor;
import procession.RunEndedException;

/** A grant in the hands of this process. */
final class HeldGrant implements Grant {

    /** Any thread may give it back. */
    static final long ANY_THREAD = 0;

    /** Gives units back to the keeper. */
    @FunctionalInterface
    interface Returning {
        void giveBack(HeldGrant grant, int units);
    }

    private final long strand;
    private final Returning returning;
    private long fence;
    private Optional<Predecessor> abandoned;
    private int units;
    private boolean asleep;

    HeldGrant(long fence, int units, Optional<Predecessor> abandoned, long strand, Returning returning) {
        this.fence = fence;
        this.units = units;
        this.abandoned = abandoned;
        this.strand = strand;
        this.returning = returning;
    }

    @Override
    public synchronized long fence() {
        return fence;
    }

    @Override
    public synchronized Optional<Predecessor> abandoned() {
        return abandoned;
    }

    /** Whether the calling thread may give it back. */
    boolean isOfThisThread() {
        return strand == ANY_THREAD || strand == Thread.currentThread().threadId();
    }

    boolean hasThread() {
        return strand != ANY_THREAD;
    }

    /** Takes units off this grant, as many as it has of those asked for. */
    synchronized int take(int wanted) {
        int taken = asleep ? 0 : Math.min(units, wanted);
        units -= taken;
        return taken;
    }

    /** What was taken is here again. */
    synchronized void putBack(int taken) {
        units += taken;
    }

    synchronized boolean isSpent() {
        return units == 0;
    }

    /** Whether it is there to be given back: neither has it been, nor is it given up to wait for a condition. */
    synchronized boolean isAwake() {
        return units > 0 && !asleep;
    }

    // While its process waits for a condition, the hold is nobody's.

    /** Given up to wait for a condition; false if there is nothing to give up. */
    synchronized boolean fallAsleep() {
        boolean falls = isAwake();
        asleep |= falls;
        return falls;
    }

    /** The hold was not given up after all. */
    synchronized void staysAwake() {
        asleep = false;
    }

    /** The lock is held again. */
    synchronized void wake(long newFence, Optional<Predecessor> died) {
        asleep = false;
        fence = newFence;
        abandoned = died;
    }

    /** If it is still given up, then for good. */
    synchronized boolean isLost() {
        if (asleep) {
            asleep = false;
            units = 0;
            return true;
        }
        return false;
    }

    @Override
    public void release() {
        refuseIfNotMine();
        int taken = take(Integer.MAX_VALUE);
        if (taken == 0) {
            throw new IllegalStateException("This grant (fence " + fence() + ") has been released already.");
        }
        returning.giveBack(this, taken);
    }

    @Override
    public void close() {
        if (isSpent()) {
            return;
        }
        refuseIfNotMine();
        int taken = take(Integer.MAX_VALUE);
        if (taken > 0) {
            try {
                returning.giveBack(this, taken);
            } catch (RunEndedException over) {
                // With the run, everything was given back.
            }
        }
    }

    private synchronized void refuseIfNotMine() {
        if (asleep) {
            throw new IllegalStateException("This grant (fence " + fence
                    + ") is given up to wait for a condition; it can be released when that wait has ended.");
        }
        if (!isOfThisThread()) {
            throw new IllegalStateException("This grant (fence " + fence + ") is thread " + strand
                    + "'s; only the thread that holds an RLock releases it.");
        }
    }

    @Override
    public synchronized String toString() {
        return "Grant[fence " + fence + (units == 0 ? ", released]" : asleep ? ", waits for a condition]" : "]");
    }
}
