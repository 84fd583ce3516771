package procession.record;

import static procession.core.Happening.Kind.ABANDONED;
import static procession.core.Happening.Kind.COUNTED_DOWN;
import static procession.core.Happening.Kind.GRANTED;
import static procession.core.Happening.Kind.RELEASED;
import static procession.core.Happening.Kind.RETURNED;
import static procession.core.Happening.Kind.TIMED_OUT;
import static procession.core.Happening.Kind.WOKEN;
import static procession.record.ByHand.ANNA;
import static procession.record.ByHand.BEN;
import static procession.record.ByHand.CLEO;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The laws of latches and read-write locks, each kept and broken by a few lines. */
class LatchAndReadWriteLawsTest {

    @Nested
    class LatchesOpenLaw {

        private static final String LAW = "latches open";

        private final ByHand latch = ByHand.with("a latch of 2");

        private int countsDown(long owner, long request, int by) {
            latch.asks(owner, request, "CountDown", 0, by);
            return latch.then(COUNTED_DOWN, owner, request, 0, by, "");
        }

        @Test
        void whoWaitsGoesOnWhenAllHaveBeenCountedDown() {
            latch.asks(ANNA, 1, "AwaitLatch", 0, 0);
            countsDown(BEN, 1, 1);
            latch.returned(BEN, 1, "Done", 0, 0);
            countsDown(CLEO, 1, 5);
            latch.then(WOKEN, ANNA, 1, 0, 0, "");
            latch.returned(ANNA, 1, "Done", 0, 0);
            latch.returned(CLEO, 1, "Done", 0, 0);
            latch.end();

            latch.isClean();
        }

        @Test
        void nobodyGoesOnBefore() {
            latch.asks(ANNA, 1, "AwaitLatch", 0, 0);
            int counted = countsDown(BEN, 1, 1);
            int woken = latch.then(WOKEN, ANNA, 1, 0, 0, "");

            latch.breaks(LAW, counted, woken);
        }

        @Test
        void nobodyIsForgotten() {
            int anna = latch.asks(ANNA, 1, "AwaitLatch", 0, 0);
            int counted = countsDown(BEN, 1, 2);
            latch.ended(CLEO, "returned");

            latch.breaks(LAW, anna, counted);
        }

        @Test
        void theDeadAndThoseWhoHaveWaitedLongEnoughAreNotMissed() {
            latch.asks(ANNA, 1, "AwaitLatch", 0, 0);
            latch.asks(CLEO, 1, "AwaitLatch", 0, 0);
            latch.happened(TIMED_OUT, CLEO, 1, 0, 0, "2 of 2 are missing.");
            latch.ended(ANNA, "killed by signal 9");
            countsDown(BEN, 1, 2);
            latch.ended(BEN, "returned");

            latch.keeps(LAW);
        }
    }

    @Nested
    class ReadersAndWritersLaw {

        private static final String LAW = "readers and writers";

        private final ByHand lock = ByHand.with("a read-write lock");

        private int reads(long owner, long request) {
            return lock.asks(owner, request, "AcquireRead", 0, 0);
        }

        private int writes(long owner, long request) {
            return lock.asks(owner, request, "AcquireWrite", 0, 0);
        }

        private int granted(long owner, long request, long fence, String how) {
            return lock.then(GRANTED, owner, request, fence, 1, how);
        }

        private int releases(long owner, long request, long fence) {
            lock.invoked(owner, request, "ReleaseReadWrite", fence, 0, "", procession.core.Sent.FOR_EVER, true);
            lock.asked(owner, request, "ReleaseReadWrite", fence, 0);
            return lock.then(RELEASED, owner, request, fence, 0, "");
        }

        @Test
        void manyReadThenOneWrites() {
            reads(ANNA, 1);
            granted(ANNA, 1, 1, "read");
            lock.returned(ANNA, 1, "Granted", 1, 1);
            reads(BEN, 1);
            granted(BEN, 1, 2, "read");
            lock.returned(BEN, 1, "Granted", 2, 1);
            writes(CLEO, 1);
            releases(ANNA, 2, 1);
            releases(BEN, 2, 2);
            granted(CLEO, 1, 3, "write");
            lock.returned(CLEO, 1, "Granted", 3, 1);
            lock.end();

            lock.isClean();
        }

        @Test
        void nobodyWritesBesideAReader() {
            reads(ANNA, 1);
            int reading = granted(ANNA, 1, 1, "read");
            writes(BEN, 1);
            int writing = granted(BEN, 1, 2, "write");

            lock.breaks(LAW, reading, writing);
        }

        @Test
        void nobodyReadsBesideAWriter() {
            writes(ANNA, 1);
            int writing = granted(ANNA, 1, 1, "write");
            reads(BEN, 1);
            int reading = granted(BEN, 1, 2, "read");

            lock.breaks(LAW, writing, reading);
        }

        @Test
        void noReaderOvertakesAWriter() {
            reads(ANNA, 1);
            granted(ANNA, 1, 1, "read");
            int first = writes(BEN, 1);
            int second = reads(CLEO, 1);
            int overtakes = granted(CLEO, 1, 2, "read");

            lock.breaks(LAW, first, second, overtakes);
        }

        @Test
        void whoIsFirstInLineIsServedWhenItCanBe() {
            writes(ANNA, 1);
            granted(ANNA, 1, 1, "write");
            int waits = reads(BEN, 1);
            int released = releases(ANNA, 2, 1);
            lock.ended(CLEO, "returned");

            lock.breaks(LAW, waits, released);
        }

        @Test
        void whatIsNotHeldIsNotGivenBack() {
            reads(ANNA, 1);
            int reading = granted(ANNA, 1, 1, "read");
            int back = releases(BEN, 1, 1);

            lock.breaks(LAW, reading, back);
        }

        @Test
        void theDeathOfAWriterIsToldAndToldAgainUntilAWriterHasReleasedIt() {
            writes(ANNA, 1);
            granted(ANNA, 1, 1, "write");
            lock.ended(ANNA, "killed by signal 9");
            reads(BEN, 1);
            lock.then(ABANDONED, BEN, 1, ANNA, 0, "anna killed by signal 9");
            granted(BEN, 1, 2, "read");
            releases(BEN, 2, 2);
            writes(CLEO, 1);
            lock.then(ABANDONED, CLEO, 1, ANNA, 0, "anna killed by signal 9");
            granted(CLEO, 1, 3, "write");
            lock.asks(CLEO, 2, "ReturnReadWrite", 3, 0);
            lock.then(RETURNED, CLEO, 2, 3, 0, "");
            writes(CLEO, 3);
            lock.then(ABANDONED, CLEO, 3, ANNA, 0, "anna killed by signal 9");
            granted(CLEO, 3, 4, "write");
            releases(CLEO, 4, 4);
            reads(BEN, 3);
            granted(BEN, 3, 5, "read");

            lock.keeps(LAW);
        }

        @Test
        void theDeathOfAWriterIsNotKeptFromTheNext() {
            writes(ANNA, 1);
            granted(ANNA, 1, 1, "write");
            int death = lock.ended(ANNA, "killed by signal 9");
            reads(BEN, 1);
            int untold = granted(BEN, 1, 2, "read");

            lock.breaks(LAW, death, untold);
        }

        @Test
        void theDeathOfAReaderIsNotTold() {
            reads(ANNA, 1);
            granted(ANNA, 1, 1, "read");
            lock.ended(ANNA, "killed by signal 9");
            writes(BEN, 1);
            int told = lock.then(ABANDONED, BEN, 1, ANNA, 0, "anna killed by signal 9");
            int grant = granted(BEN, 1, 2, "write");

            lock.breaks(LAW, told, grant);
        }
    }
}
