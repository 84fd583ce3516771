package procession.view;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import procession.core.Happening;

/**
 * What is told of a run and waits to be drawn: up to a number. Who tells never waits; what there is no room for is dropped, and counted
 * until half of the room is free again.
 *
 * <p>One thread tells, and one takes.
 */
final class Inflow {

    private final int size;
    private final BlockingQueue<Told> waiting;
    /** Written by the thread that tells only. */
    private volatile long lost;

    /** What is told. */
    sealed interface Told {
        /** Something has happened. */
        record Happened(Happening happening) implements Told {}

        /** So many happenings are missing here. */
        record Lost(long nanos, long count) implements Told {}

        /** The run is over. */
        record Ended(long nanos, boolean orderly) implements Told {}
    }

    Inflow(int size) {
        this.size = size;
        // Two places more, for what must not be dropped at the end.
        waiting = new ArrayBlockingQueue<>(size + 2);
    }

    /** Returns at once. */
    void tell(Happening happening) {
        long missing = lost;
        if (missing > 0 && waiting.size() <= size / 2) {
            waiting.offer(new Told.Lost(happening.nanos(), missing));
            lost = missing = 0;
        }
        if (missing > 0 || waiting.size() >= size) {
            lost = missing + 1;
        } else {
            waiting.offer(new Told.Happened(happening));
        }
    }

    /** Nothing is told any more. */
    void end(long nanos, boolean orderly) {
        if (lost > 0) {
            waiting.offer(new Told.Lost(nanos, lost));
        }
        waiting.offer(new Told.Ended(nanos, orderly));
    }

    /** The next that was told; null if nothing was for so long. */
    Told take(long millis) throws InterruptedException {
        return waiting.poll(millis, TimeUnit.MILLISECONDS);
    }
}
