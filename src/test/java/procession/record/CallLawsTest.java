package procession.record;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Happening.Kind.CLEARED;
import static procession.core.Happening.Kind.GRANTED;
import static procession.core.Happening.Kind.PROCESS_STARTED;
import static procession.core.Happening.Kind.REFUSED;
import static procession.core.Happening.Kind.TIMED_OUT;
import static procession.record.ByHand.ANNA;
import static procession.record.ByHand.BEN;
import static procession.record.ByHand.MAIN;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import procession.core.Sent;

/** The laws of all calls, each kept and broken by a few lines. */
class CallLawsTest {

    private final ByHand record = ByHand.with("a lock");

    @Nested
    class CallsEndLaw {

        private static final String LAW = "calls end";

        @Test
        void aCallThatNobodyIsToldOfIsNamed() {
            int invoked = record.invoked(ANNA, 1, "AcquireLock");
            record.end();

            record.breaks(LAW, invoked);
        }

        @Test
        void oneThatTheKeeperHasAnsweredIsNamedWithTheAnswer() {
            int invoked = record.invoked(ANNA, 1, "AcquireLock");
            record.asked(ANNA, 1, "AcquireLock", 0, 0);
            int granted = record.then(GRANTED, ANNA, 1, 1, 1, "");
            record.end();

            record.breaks(LAW, invoked, granted);
        }

        @Test
        void theDeadAreToldNothing() {
            record.invoked(ANNA, 1, "AcquireLock");
            record.ended(ANNA, "killed by signal 9");
            record.end();

            record.isClean();
        }

        @Test
        void nobodyIsToldOfWhatHeDidNotWaitFor() {
            record.acquires(ANNA, 1, 1);
            record.releases(ANNA, 2, 1);
            record.end();

            record.isClean();
        }

        @Test
        void whoLivesOnAfterTheRunIsToldLater() {
            record.happened(PROCESS_STARTED, ANNA, 0, 0, 0, "pid 7, joined");
            record.invoked(ANNA, 1, "AcquireLock");
            record.end();

            record.isClean();
        }

        @Test
        void whomItHasStartedIsToldLaterToo() {
            record.happened(PROCESS_STARTED, ANNA, 0, 0, 0, "pid 7, joined");
            record.happened(PROCESS_STARTED, BEN, 0, ANNA, 0, "pid 8");
            record.invoked(BEN, 1, "AcquireLock");
            record.end();

            record.isClean();
        }

        @Test
        void ofARunThatWasCutShortNothingIsSaid() {
            record.invoked(ANNA, 1, "AcquireLock");

            record.isClean();
            assertThat(record.judge().reservations()).singleElement().asString().contains("has no end");
        }
    }

    @Nested
    class LateAnswersGoBackLaw {

        private static final String LAW = "late answers go back";

        /** A call that is given up, and a grant for it; and then one more call, that is answered. */
        private int[] grantedTooLate(boolean givesBack) {
            record.invoked(ANNA, 1, "AcquireLock", 0, 0, "", 1_000_000, false);
            record.asked(ANNA, 1, "AcquireLock", 0, 0);
            int gaveUp = record.returned(ANNA, 1, "KeeperSilent", 0, 0);
            int granted = record.then(GRANTED, ANNA, 1, 1, 1, "");
            if (givesBack) {
                record.invoked(ANNA, 2, "ReturnLock", 1, 0, "", Sent.FOR_EVER, true);
            }
            record.on("1.2").made("an event");
            record.asks(ANNA, 3, "ClearEvent", 0, 0);
            record.then(CLEARED, ANNA, 3, 0, 0, "");
            return new int[] {gaveUp, granted, record.returned(ANNA, 3, "Done", 0, 0)};
        }

        @Test
        void whatIsKeptThoughItCameTooLateIsNamed() {
            record.breaks(LAW, grantedTooLate(false));
        }

        @Test
        void whatIsGivenBackIsNotMissed() {
            grantedTooLate(true);

            record.keeps(LAW);
        }

        @Test
        void whatMayStillBeOnItsWayIsNotMissed() {
            record.invoked(ANNA, 1, "AcquireLock", 0, 0, "", 1_000_000, false);
            record.asked(ANNA, 1, "AcquireLock", 0, 0);
            record.returned(ANNA, 1, "KeeperSilent", 0, 0);
            record.then(GRANTED, ANNA, 1, 1, 1, "");

            record.keeps(LAW);
        }
    }

    @Nested
    class TheDeadAreSilentLaw {

        private static final String LAW = "the dead are silent";

        @Test
        void aLineThatIsLaterThanTheEndOfItsProcessIsNamed() {
            int death = record.ended(ANNA, "killed by signal 9");
            int spoke = record.invoked(ANNA, 1, "AcquireLock");

            record.breaks(LAW, death, spoke);
        }

        /** The keeper's lines come late. */
        @Test
        void theClockDecidesAndNotThePlaceInTheFile() {
            int spoke = record.acquires(ANNA, 1, 1);
            int death = record.later(-2).ended(ANNA, "killed by signal 9");

            record.breaks(LAW, spoke, death);
        }

        @Test
        void theKeeperHearsNothingOfTheDead() {
            int death = record.ended(ANNA, "killed by signal 9");
            int asked = record.asked(ANNA, 1, "AcquireLock", 0, 0);

            record.breaks(LAW, death, asked);
        }

        @Test
        void whoHasLeftLivesOn() {
            record.ended(ANNA, "left the run");
            record.invoked(ANNA, 1, "AcquireLock");
            record.returned(ANNA, 1, "RunEnded", 0, 0);
            record.end();

            record.isClean();
        }
    }

    @Nested
    class OutcomesAgreeLaw {

        private static final String LAW = "outcomes agree";

        @Test
        void anotherFenceThanTheKeepersIsNamedWithTheKeepers() {
            record.asks(ANNA, 1, "AcquireLock", 0, 0);
            int granted = record.then(GRANTED, ANNA, 1, 1, 1, "");
            int told = record.returned(ANNA, 1, "Granted", 2, 1);

            record.breaks(LAW, granted, told);
        }

        @Test
        void aGrantThatWasATimeOutIsNamed() {
            record.asks(ANNA, 1, "AcquireLock", 0, 0);
            int late = record.then(TIMED_OUT, ANNA, 1, 0, 0, "It is held.");
            int told = record.returned(ANNA, 1, "Granted", 1, 1);

            record.breaks(LAW, late, told);
        }

        @Test
        void aDeathThatTheKeeperDidNotTellOfIsNamed() {
            record.asks(ANNA, 1, "AcquireLock", 0, 0);
            int granted = record.then(GRANTED, ANNA, 1, 1, 1, "");
            int told = record.returned(ANNA, 1, "Granted", "", 1, 1, BEN, "");

            record.breaks(LAW, granted, told);
        }

        @Test
        void anAnswerOfWhichTheKeeperSaysNothingIsNamed() {
            int invoked = record.invoked(ANNA, 1, "AcquireLock");
            record.asked(ANNA, 1, "AcquireLock", 0, 0);
            int told = record.returned(ANNA, 1, "Granted", 1, 1);
            record.end();

            record.breaks(LAW, invoked, told);
        }

        @Test
        void aCallIsAnsweredOnce() {
            record.asks(ANNA, 1, "AcquireLock", 0, 0);
            int first = record.then(TIMED_OUT, ANNA, 1, 0, 0, "");
            int second = record.then(TIMED_OUT, ANNA, 1, 0, 0, "");

            record.breaks(LAW, first, second);
        }

        @Test
        void nobodyAsksForAnother() {
            record.acquires(ANNA, 1, 1);
            int asked = record.asked(ANNA, 2, "ReleaseLock", 1, 0);

            record.breaks(LAW, asked);
        }

        @Test
        void nothingIsHeardOfBeforeItIsAsked() {
            int asked = record.asked(ANNA, 1, "AcquireLock", 0, 0);
            int invoked = record.invoked(ANNA, 1, "AcquireLock");

            record.breaks(LAW, asked, invoked);
        }

        @Test
        void nobodyIsToldOfAnAnswerBeforeItIsGiven() {
            record.asks(ANNA, 1, "AcquireLock", 0, 0);
            int told = record.returned(ANNA, 1, "Granted", 1, 1);
            int granted = record.then(GRANTED, ANNA, 1, 1, 1, "");

            record.breaks(LAW, told, granted);
        }

        @Test
        void aRefusalForAnotherReasonIsNamed() {
            record.asks(ANNA, 1, "AcquireLock", 0, 0);
            int refused = record.then(REFUSED, ANNA, 1, 0, 0, "deadlock: it would close a cycle.");
            int told = record.returned(ANNA, 1, "Refused", "not-found", 0, 0, 0, "");

            record.breaks(LAW, refused, told);
        }

        @Test
        void whatIsNotThereIsRefusedUnseen() {
            record.invoked(ANNA, 1, "AcquireLock");
            record.returned(ANNA, 1, "Refused", "not-found", 0, 0, 0, "");
            record.end();

            record.isClean();
        }

        @Test
        void whoeverGaveUpAgreesWithAnything() {
            record.invoked(ANNA, 1, "AcquireLock", 0, 0, "", 1_000_000, false);
            record.asked(ANNA, 1, "AcquireLock", 0, 0);
            record.returned(ANNA, 1, "KeeperSilent", 0, 0);
            record.then(GRANTED, ANNA, 1, 1, 1, "");
            record.invoked(ANNA, 2, "ReturnLock", 1, 0, "", Sent.FOR_EVER, true);
            record.asks(MAIN, 1, "AcquireLock", 0, 0);
            record.returned(MAIN, 1, "RunEnded", 0, 0);
            record.end();

            record.keeps(LAW);
            assertThat(record.judge().figures().silences()).isEqualTo(1);
        }

        @Test
        void aProcessThatLeftNoLinesIsSaidToHaveNone() {
            record.asked(ANNA, 1, "AcquireLock", 0, 0);
            record.then(GRANTED, ANNA, 1, 1, 1, "");
            record.end();

            record.isClean();
            assertThat(record.judge().reservations()).singleElement().asString().contains("Without lines of their own").contains("anna");
        }
    }
}
