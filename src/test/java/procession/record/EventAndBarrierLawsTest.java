package procession.record;

import static procession.core.Happening.Kind.BROKEN;
import static procession.core.Happening.Kind.CLEARED;
import static procession.core.Happening.Kind.PASSED;
import static procession.core.Happening.Kind.REFUSED;
import static procession.core.Happening.Kind.SET;
import static procession.core.Happening.Kind.TIMED_OUT;
import static procession.core.Happening.Kind.WOKEN;
import static procession.record.ByHand.ANNA;
import static procession.record.ByHand.BEN;
import static procession.record.ByHand.CLEO;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The laws of events and barriers, each kept and broken by a few lines. */
class EventAndBarrierLawsTest {

    @Nested
    class EventsWakeLaw {

        private static final String LAW = "events wake";

        private final ByHand event = ByHand.with("an event");

        @Test
        void aSetWakesAllWhateverFollows() {
            event.asks(ANNA, 1, "AwaitEvent", 0, 0);
            event.asks(BEN, 1, "AwaitEvent", 0, 0);
            event.asks(CLEO, 1, "SetEvent", 0, 0);
            event.then(WOKEN, ANNA, 1, 0, 0, "");
            event.then(WOKEN, BEN, 1, 0, 0, "");
            event.then(SET, CLEO, 1, 0, 0, "");
            event.asks(CLEO, 2, "ClearEvent", 0, 0);
            event.then(CLEARED, CLEO, 2, 0, 0, "");
            event.returned(ANNA, 1, "Done", 0, 0);
            event.returned(BEN, 1, "Done", 0, 0);
            event.returned(CLEO, 1, "Done", 0, 0);
            event.returned(CLEO, 2, "Done", 0, 0);
            event.end();

            event.isClean();
        }

        @Test
        void nobodyIsWokenByAnEventThatIsDown() {
            event.asks(CLEO, 1, "SetEvent", 0, 0);
            event.then(SET, CLEO, 1, 0, 0, "");
            event.asks(CLEO, 2, "ClearEvent", 0, 0);
            int cleared = event.then(CLEARED, CLEO, 2, 0, 0, "");
            event.asks(ANNA, 1, "AwaitEvent", 0, 0);
            int woken = event.then(WOKEN, ANNA, 1, 0, 0, "");

            event.breaks(LAW, cleared, woken);
        }

        @Test
        void aSetForgetsNobody() {
            event.asks(ANNA, 1, "AwaitEvent", 0, 0);
            int ben = event.asks(BEN, 1, "AwaitEvent", 0, 0);
            int set = event.asks(CLEO, 1, "SetEvent", 0, 0);
            event.then(WOKEN, ANNA, 1, 0, 0, "");
            event.then(SET, CLEO, 1, 0, 0, "");
            event.ended(CLEO, "returned");

            event.breaks(LAW, ben, set);
        }

        @Test
        void nobodyWaitsInVainForOneThatIsSet() {
            int set = event.asks(CLEO, 1, "SetEvent", 0, 0);
            event.then(SET, CLEO, 1, 0, 0, "");
            int asked = event.asks(ANNA, 1, "AwaitEvent", 0, 0);
            int late = event.then(TIMED_OUT, ANNA, 1, 0, 0, "It is not set.");

            event.breaks(LAW, set, asked, late);
        }
    }

    @Nested
    class BarriersGatherLaw {

        private static final String LAW = "barriers gather";

        private final ByHand barrier = ByHand.with("a barrier of 2");

        @Test
        void allPartiesGoTogether() {
            barrier.asks(ANNA, 1, "AwaitBarrier", 0, 0);
            barrier.asks(BEN, 1, "AwaitBarrier", 0, 0);
            barrier.then(PASSED, ANNA, 1, 0, 0, "");
            barrier.then(PASSED, BEN, 1, 1, 0, "");
            barrier.returned(ANNA, 1, "Passed", 0, 0);
            barrier.returned(BEN, 1, "Passed", 1, 0);
            barrier.end();

            barrier.isClean();
        }

        @Test
        void nobodyGoesWhileOneIsMissing() {
            barrier.asks(ANNA, 1, "AwaitBarrier", 0, 0);
            int passed = barrier.then(PASSED, ANNA, 1, 0, 0, "");
            barrier.ended(CLEO, "returned");

            barrier.breaks(LAW, passed);
        }

        @Test
        void nobodyStaysWhenAllHaveCome() {
            int anna = barrier.asks(ANNA, 1, "AwaitBarrier", 0, 0);
            int ben = barrier.asks(BEN, 1, "AwaitBarrier", 0, 0);
            barrier.ended(CLEO, "returned");

            barrier.breaks(LAW, anna, ben);
        }

        @Test
        void nobodyIsToldBeforeAllHaveAsked() {
            barrier.asks(ANNA, 1, "AwaitBarrier", 0, 0);
            int told = barrier.returned(ANNA, 1, "Passed", 0, 0);
            int ben = barrier.asks(BEN, 1, "AwaitBarrier", 0, 0) - 1;
            barrier.then(PASSED, ANNA, 1, 0, 0, "");
            barrier.then(PASSED, BEN, 1, 1, 0, "");

            barrier.breaks(LAW, told, ben);
        }

        @Test
        void theLastActsBeforeTheOthersGo() {
            barrier.asks(ANNA, 1, "AwaitBarrier", 0, 0);
            barrier.asks(BEN, 1, "AwaitBarrier", 0, 0);
            barrier.then(PASSED, BEN, 1, 1, 0, "acts");
            barrier.returned(BEN, 1, "Act", 1, 0);
            barrier.asks(BEN, 2, "ActionEnded", 1, 0);
            barrier.then(PASSED, ANNA, 1, 0, 0, "");
            barrier.returned(BEN, 2, "Done", 0, 0);
            barrier.returned(ANNA, 1, "Passed", 0, 0);
            barrier.end();

            barrier.isClean();
        }

        @Test
        void nobodyGoesBeforeTheActionOfTheLast() {
            barrier.asks(ANNA, 1, "AwaitBarrier", 0, 0);
            barrier.asks(BEN, 1, "AwaitBarrier", 0, 0);
            barrier.then(PASSED, BEN, 1, 1, 0, "acts");
            int passed = barrier.happened(PASSED, ANNA, 1, 0, 0, "");

            barrier.breaks(LAW, passed);
        }

        @Test
        void theDeathOfOneThatWaitsBreaksIt() {
            barrier.asks(ANNA, 1, "AwaitBarrier", 0, 0);
            int death = barrier.ended(ANNA, "killed by signal 9");
            barrier.ended(CLEO, "returned");

            barrier.breaks(LAW, death);
        }

        @Test
        void whoComesAfterItBrokeIsRefused() {
            barrier.asks(ANNA, 1, "AwaitBarrier", 0, 0);
            barrier.ended(ANNA, "killed by signal 9");
            barrier.then(BROKEN, ANNA, 0, 0, 0, "anna was killed");
            barrier.asks(BEN, 1, "AwaitBarrier", 0, 0);
            barrier.then(REFUSED, BEN, 1, 0, 0, "broken-barrier: it is broken.");
            barrier.returned(BEN, 1, "Refused", "broken-barrier", 0, 0, 0, "");
            barrier.end();

            barrier.isClean();
        }
    }
}
