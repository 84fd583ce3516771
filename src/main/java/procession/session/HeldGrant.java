package procession.session;

import java.util.Optional;
import procession.Grant;
import procession.Predecessor;
import procession.RunEndedException;

/** A grant in the hands of this process. */
final class HeldGrant implements Grant {

    /** Gives units back to the keeper. */
    @FunctionalInterface
    interface Returning {
        void giveBack(HeldGrant grant, int units);
    }

    private final long fence;
    private final Optional<Predecessor> abandoned;
    private final Returning returning;
    private int units;

    HeldGrant(long fence, int units, Optional<Predecessor> abandoned, Returning returning) {
        this.fence = fence;
        this.units = units;
        this.abandoned = abandoned;
        this.returning = returning;
    }

    @Override
    public long fence() {
        return fence;
    }

    @Override
    public Optional<Predecessor> abandoned() {
        return abandoned;
    }

    /** Takes units off this grant, as many as it has of those asked for. */
    synchronized int take(int wanted) {
        int taken = Math.min(units, wanted);
        units -= taken;
        return taken;
    }

    synchronized boolean isSpent() {
        return units == 0;
    }

    @Override
    public void release() {
        int taken = take(Integer.MAX_VALUE);
        if (taken == 0) {
            throw new IllegalStateException("This grant (fence " + fence + ") has been released already.");
        }
        returning.giveBack(this, taken);
    }

    @Override
    public void close() {
        int taken = take(Integer.MAX_VALUE);
        if (taken > 0) {
            try {
                returning.giveBack(this, taken);
            } catch (RunEndedException over) {
                // With the run, everything was given back.
            }
        }
    }

    @Override
    public String toString() {
        return "Grant[fence " + fence + (isSpent() ? ", released]" : "]");
    }
}
