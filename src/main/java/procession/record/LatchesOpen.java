package procession.record;

import procession.core.Happening;

/**
 * A wait for a latch ends when as many have been counted down as it had at first, and not before; and when a step of the keeper is over,
 * nobody waits for one that is at zero.
 */
final class LatchesOpen extends GateLaw<LatchesOpen.Latch> {

    /** A latch. */
    static final class Latch extends GateLaw.Gate {
        private long missing;

        private Latch(long count) {
            missing = count;
        }

        @Override
        boolean isOpen() {
            return missing == 0;
        }
    }

    LatchesOpen(Evidence evidence) {
        super("latches open", "A wait for a latch ends when its count is zero, and not before.", evidence, Primitive.Kind.LATCH,
                "AwaitLatch");
    }

    @Override
    Latch made(Primitive latch) {
        return new Latch(latch.size());
    }

    @Override
    boolean changes(Latch latch, Happening happening) {
        boolean changes = happening.kind() == Happening.Kind.COUNTED_DOWN;
        latch.missing = changes ? Math.max(0, latch.missing - happening.units()) : latch.missing;
        return changes;
    }

    @Override
    String open() {
        return "at zero";
    }

    @Override
    String goneOn(Latch latch, String whose) {
        return "had " + latch.missing + " missing when the wait of " + whose + " ended as if there were none.";
    }
}
