package procession.record;

import static procession.core.Happening.Kind.GRANTED;
import static procession.core.Happening.Kind.REFUSED;
import static procession.core.Happening.Kind.RELEASED;
import static procession.core.Happening.Kind.TIMED_OUT;
import static procession.record.ByHand.ANNA;
import static procession.record.ByHand.BEN;
import static procession.record.ByHand.CLEO;

import org.junit.jupiter.api.Test;
import procession.core.Sent;

/** Permits add up, or the lines that say otherwise are named. */
class SemaphoreLawTest {

    private final ByHand two = ByHand.with("a semaphore of 2");

    private static int takes(ByHand record, long owner, long request, long fence, int permits) {
        record.asks(owner, request, "AcquirePermits", 0, permits);
        int granted = record.then(GRANTED, owner, request, fence, permits, "");
        record.returned(owner, request, "Granted", fence, permits);
        return granted;
    }

    private static int gives(ByHand record, long owner, long request, long fence, int permits) {
        record.invoked(owner, request, "ReleasePermits", fence, permits, "", Sent.FOR_EVER, true);
        record.asked(owner, request, "ReleasePermits", fence, permits);
        return record.then(RELEASED, owner, request, fence, permits, "");
    }

    @Test
    void whatIsTakenAndGivenBackAddsUp() {
        takes(two, ANNA, 1, 1, 1);
        takes(two, BEN, 1, 2, 1);
        two.asks(CLEO, 1, "AcquirePermits", 0, 1);
        gives(two, ANNA, 2, 1, 1);
        two.then(GRANTED, CLEO, 1, 3, 1, "");
        two.returned(CLEO, 1, "Granted", 3, 1);
        two.end();

        two.isClean();
    }

    @Test
    void aPermitThatIsNotThereIsForged() {
        takes(two, ANNA, 1, 1, 1);
        int last = takes(two, BEN, 1, 2, 1);
        int forged = takes(two, CLEO, 1, 3, 1);
        two.end();

        two.breaks("permits add up", last, forged);
    }

    @Test
    void aPermitThatIsThereAndNotGrantedIsLeaked() {
        int taken = takes(two, ANNA, 1, 1, 1);
        int asked = two.asks(BEN, 1, "AcquirePermits", 0, 1);
        two.ended(CLEO, "returned");
        two.end();

        two.breaks("permits add up", taken, asked);
    }

    @Test
    void whatTheDeadOwedIsThereAtOnce() {
        takes(two, ANNA, 1, 1, 2);
        int asked = two.asks(BEN, 1, "AcquirePermits", 0, 1);
        int death = two.ended(ANNA, "killed by signal 9");
        two.ended(CLEO, "returned");

        two.breaks("permits add up", asked, death);
    }

    @Test
    void whatTheDeadOwedComesBackOnce() {
        takes(two, ANNA, 1, 1, 2);
        two.ended(ANNA, "killed by signal 9");
        int last = takes(two, BEN, 1, 2, 2);
        int forged = takes(two, CLEO, 1, 3, 1);

        two.breaks("permits add up", last, forged);
    }

    @Test
    void unownedPermitsDoNotComeBack() {
        two.invoked(ANNA, 1, "AcquirePermits", 0, 2, "unowned", Sent.FOR_EVER, false);
        two.asked(ANNA, 1, "AcquirePermits", 0, 2);
        int taken = two.then(GRANTED, ANNA, 1, 1, 2, "unowned");
        two.ended(ANNA, "killed by signal 9");
        two.asks(BEN, 1, "AcquirePermits", 0, 1);
        int forged = two.then(GRANTED, BEN, 1, 2, 1, "");

        two.breaks("permits add up", taken, forged);
    }

    @Test
    void aSignalWritesOffWhatIsOwedLongest() {
        takes(two, ANNA, 1, 1, 2);
        gives(two, BEN, 1, 0, 2); // Ben owes nothing: Anna's two are written off.
        two.ended(ANNA, "killed by signal 9");
        takes(two, CLEO, 1, 2, 2);
        two.end();

        two.isClean();
    }

    @Test
    void aBigRequestIsNotOvertaken() {
        takes(two, ANNA, 1, 1, 1);
        int big = two.asks(BEN, 1, "AcquirePermits", 0, 2);
        int small = two.asks(CLEO, 1, "AcquirePermits", 0, 1);
        int granted = two.then(GRANTED, CLEO, 1, 2, 1, "");

        two.breaks("permits add up", big, small, granted);
    }

    @Test
    void nobodyWaitsInVainForWhatIsThere() {
        int taken = takes(two, ANNA, 1, 1, 1);
        int asked = two.asks(BEN, 1, "AcquirePermits", 0, 1);
        int late = two.then(TIMED_OUT, BEN, 1, 0, 0, "It has 1 of 2 permits.");

        two.breaks("permits add up", taken, asked, late);
    }

    @Test
    void aBoundedOneTakesNoMoreThanItBeganWith() {
        var bounded = ByHand.with("a bounded semaphore of 1");
        takes(bounded, ANNA, 1, 1, 1);
        int first = gives(bounded, ANNA, 2, 1, 1);
        bounded.keeps("permits add up");
        int second = gives(bounded, BEN, 1, 0, 1);

        bounded.breaks("permits add up", first, second);
    }

    @Test
    void aBoundedOneRefusesOnlyWhatIsTooMuch() {
        var bounded = ByHand.with("a bounded semaphore of 1");
        int taken = takes(bounded, ANNA, 1, 1, 1);
        bounded.invoked(ANNA, 2, "ReleasePermits", 1, 1, "", Sent.FOR_EVER, true);
        int asked = bounded.asked(ANNA, 2, "ReleasePermits", 1, 1);
        int refused = bounded.then(REFUSED, ANNA, 2, 0, 0, "too-many: it is bounded.");

        bounded.breaks("permits add up", taken, asked, refused);
    }
}
