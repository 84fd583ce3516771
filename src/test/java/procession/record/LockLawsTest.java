package procession.record;

import static procession.core.Happening.Kind.ABANDONED;
import static procession.core.Happening.Kind.BROKEN;
import static procession.core.Happening.Kind.GRANTED;
import static procession.core.Happening.Kind.REFUSED;
import static procession.core.Happening.Kind.RELEASED;
import static procession.core.Happening.Kind.RETURNED;
import static procession.core.Happening.Kind.SIGNALLED;
import static procession.record.ByHand.ANNA;
import static procession.record.ByHand.BEN;
import static procession.record.ByHand.CLEO;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import procession.core.Sent;

/** The laws of locks and their conditions, each kept and broken by a few lines. */
class LockLawsTest {

    private final ByHand lock = ByHand.with("a lock");
    private final ByHand reentrant = ByHand.with("a re-entrant lock");

    @Nested
    class MutualExclusionLaw {

        @Test
        void holdsOneAfterAnotherAreNoContradiction() {
            lock.acquires(ANNA, 1, 1);
            lock.releases(ANNA, 2, 1);
            lock.acquires(BEN, 1, 2);
            lock.releases(BEN, 2, 2);
            lock.end();

            lock.isClean();
        }

        @Test
        void twoHoldsThatOverlapAreNamedWithTheEndOfTheFirst() {
            int anna = lock.acquires(ANNA, 1, 1);
            int ben = lock.acquires(BEN, 1, 2);
            int released = lock.releases(ANNA, 2, 1);
            lock.end();

            lock.breaks("mutual exclusion", anna, ben, released);
        }

        @Test
        void theHoldOfOneThatDiedEndsWithIt() {
            lock.acquires(ANNA, 1, 1);
            lock.asks(BEN, 1, "AcquireLock", 0, 0);
            lock.ended(ANNA, "killed by signal 9");
            lock.then(ABANDONED, BEN, 1, ANNA, 0, "anna killed by signal 9");
            lock.then(GRANTED, BEN, 1, 2, 1, "");
            lock.returned(BEN, 1, "Granted", "", 2, 1, ANNA, "");
            lock.end();

            lock.isClean();
        }

        @Test
        void theHoldThatWasTakenAwayEndsWithThatWhateverItsUserBelieves() {
            lock.acquires(ANNA, 1, 1);
            lock.asks(BEN, 1, "AcquireLock", 0, 0);
            lock.asks(CLEO, 1, "BreakLock", 0, 0);
            lock.then(BROKEN, CLEO, 1, 1, 1, "anna held it, cleo broke it");
            lock.then(ABANDONED, BEN, 1, ANNA, 0, "anna lost the lock");
            lock.then(GRANTED, BEN, 1, 2, 1, "");
            lock.returned(BEN, 1, "Granted", "", 2, 1, ANNA, "");
            lock.returned(CLEO, 1, "Done", 0, 0);
            lock.end();

            lock.isClean();
        }

        @Test
        void aReentrantHoldLastsUntilItsLastLevelIsGivenBack() {
            int anna = reentrant.acquires(ANNA, 1, 1);
            reentrant.acquires(ANNA, 2, 1);
            reentrant.releases(ANNA, 3, 1);
            int ben = reentrant.acquires(BEN, 1, 2);
            int released = reentrant.releases(ANNA, 4, 1);
            reentrant.end();

            reentrant.breaks("mutual exclusion", anna, ben, released);
        }

        @Test
        void twoThreadsOfOneProcessDoNotHoldAReentrantLockTogether() {
            int first = reentrant.acquires(ANNA, 1, 1);
            int second = reentrant.thread(2).acquires(ANNA, 2, 1);
            reentrant.end();

            reentrant.breaks("mutual exclusion", first, second);
        }

        @Test
        void whoWaitsForAConditionHasGivenAllLevelsUp() {
            reentrant.acquires(ANNA, 1, 1);
            reentrant.acquires(ANNA, 2, 1);
            reentrant.invoked(ANNA, 3, "AwaitCondition", 1, 0, "full", Sent.FOR_EVER, false);
            reentrant.asked(ANNA, 3, "AwaitCondition", 1, 0);
            reentrant.then(RELEASED, ANNA, 3, 1, 2, "full");
            reentrant.acquires(BEN, 1, 2);
            reentrant.keeps("mutual exclusion");
            reentrant.keeps("locks pass on");
        }

        @Test
        void ofARunThatWasCutShortNothingIsSaidThatTheKeeperHasNotTold() {
            lock.acquires(ANNA, 1, 1);
            lock.invoked(BEN, 1, "AcquireLock");
            lock.returned(BEN, 1, "Granted", 2, 1);

            lock.isClean();
        }

        @Test
        void whereLinesAreMissingOnlyHoldsWithAnEndAreJudged() {
            lock.acquires(ANNA, 1, 1);
            lock.write(new Line.Dropped(0, 0, "", 7));
            lock.acquires(BEN, 1, 2);
            lock.releases(BEN, 2, 2);
            lock.end();

            lock.keeps("mutual exclusion");
        }

        @Test
        void whereLinesAreMissingAnOverlapOfHoldsWithAnEndIsOneStill() {
            int anna = lock.acquires(ANNA, 1, 1);
            lock.write(new Line.Dropped(0, 0, "", 7));
            int ben = lock.acquires(BEN, 1, 2);
            int released = lock.releases(ANNA, 2, 1);
            lock.releases(BEN, 2, 2);
            lock.end();

            lock.breaks("mutual exclusion", anna, ben, released);
        }
    }

    @Nested
    class LocksPassOnLaw {

        @Test
        void aGrantWhileAnotherHoldsItIsNamedWithTheOthersGrant() {
            lock.asks(ANNA, 1, "AcquireLock", 0, 0);
            int anna = lock.then(GRANTED, ANNA, 1, 1, 1, "");
            lock.asks(BEN, 1, "AcquireLock", 0, 0);
            int ben = lock.then(GRANTED, BEN, 1, 2, 1, "");

            lock.breaks("locks pass on", anna, ben);
        }

        @Test
        void aLockThatStaysFreeWhileSomebodyIsInLineIsALeak() {
            lock.acquires(ANNA, 1, 1);
            int ben = lock.asks(BEN, 1, "AcquireLock", 0, 0);
            lock.invoked(ANNA, 2, "ReleaseLock", 1, 0, "", Sent.FOR_EVER, true);
            lock.asked(ANNA, 2, "ReleaseLock", 1, 0);
            int released = lock.then(RELEASED, ANNA, 2, 1, 0, "");
            lock.ended(CLEO, "returned");

            lock.breaks("locks pass on", ben, released);
        }

        @Test
        void whoAskedFirstIsNotOvertaken() {
            lock.acquires(ANNA, 1, 1);
            int ben = lock.asks(BEN, 1, "AcquireLock", 0, 0);
            int cleo = lock.asks(CLEO, 1, "AcquireLock", 0, 0);
            lock.releases(ANNA, 2, 1);
            int granted = lock.then(GRANTED, CLEO, 1, 2, 1, "");

            lock.breaks("locks pass on", ben, cleo, granted);
        }

        @Test
        void nobodyGivesBackWhatAnotherHolds() {
            lock.asks(ANNA, 1, "AcquireLock", 0, 0);
            int granted = lock.then(GRANTED, ANNA, 1, 1, 1, "");
            lock.asks(BEN, 1, "ReleaseLock", 1, 0);
            int released = lock.then(RELEASED, BEN, 1, 1, 0, "");

            lock.breaks("locks pass on", granted, released);
        }

        @Test
        void aHolderIsNotRefusedToGiveItBack() {
            lock.asks(ANNA, 1, "AcquireLock", 0, 0);
            int granted = lock.then(GRANTED, ANNA, 1, 1, 1, "");
            lock.asks(ANNA, 2, "ReleaseLock", 1, 0);
            int refused = lock.then(REFUSED, ANNA, 2, 0, 0, "not-held: it is not held.");

            lock.breaks("locks pass on", granted, refused);
        }
    }

    @Nested
    class FencesRiseLaw {

        @Test
        void aFenceThatWasGivenBeforeIsNamedWithTheGrantBefore() {
            lock.asks(ANNA, 1, "AcquireLock", 0, 0);
            int first = lock.then(GRANTED, ANNA, 1, 7, 1, "");
            lock.releases(ANNA, 2, 7);
            lock.asks(BEN, 1, "AcquireLock", 0, 0);
            int second = lock.then(GRANTED, BEN, 1, 7, 1, "");

            lock.breaks("fences rise", first, second);
        }

        @Test
        void fencesOfPermitsAndLocksAreOfOneCounter() {
            lock.asks(ANNA, 1, "AcquireLock", 0, 0);
            int first = lock.then(GRANTED, ANNA, 1, 7, 1, "");
            lock.on("1.2").made("a semaphore of 3");
            lock.asks(BEN, 1, "AcquirePermits", 0, 1);
            int second = lock.then(GRANTED, BEN, 1, 6, 1, "");

            lock.breaks("fences rise", first, second);
        }

        @Test
        void oneLevelMoreRepeatsTheFence() {
            reentrant.acquires(ANNA, 1, 1);
            reentrant.acquires(ANNA, 2, 1);
            reentrant.releases(ANNA, 3, 1);
            reentrant.releases(ANNA, 4, 1);
            reentrant.end();

            reentrant.isClean();
        }

        @Test
        void usersSeeThemRiseToo() {
            lock.asks(ANNA, 1, "AcquireLock", 0, 0);
            lock.then(GRANTED, ANNA, 1, 1, 1, "");
            lock.releases(ANNA, 2, 1);
            lock.asks(BEN, 1, "AcquireLock", 0, 0);
            lock.then(GRANTED, BEN, 1, 2, 1, "");
            int ben = lock.returned(BEN, 1, "Granted", 2, 1);
            int anna = lock.returned(ANNA, 1, "Granted", 1, 1);

            lock.breaks("fences rise", ben, anna);
        }
    }

    @Nested
    class DeathIsToldLaw {

        @Test
        void whoIsNotToldOfADeathIsNamedWithIt() {
            lock.acquires(ANNA, 1, 1);
            lock.asks(BEN, 1, "AcquireLock", 0, 0);
            int death = lock.ended(ANNA, "killed by signal 9");
            int granted = lock.then(GRANTED, BEN, 1, 2, 1, "");

            lock.breaks("deaths are told", death, granted);
        }

        @Test
        void whoIsToldOfADeathThatWasNoneIsNamed() {
            lock.asks(ANNA, 1, "AcquireLock", 0, 0);
            int told = lock.then(ABANDONED, ANNA, 1, BEN, 0, "ben killed by signal 9");
            int granted = lock.then(GRANTED, ANNA, 1, 1, 1, "");

            lock.breaks("deaths are told", told, granted);
        }

        @Test
        void onlyTheNextIsTold() {
            lock.acquires(ANNA, 1, 1);
            lock.ended(ANNA, "killed by signal 9");
            lock.asks(BEN, 1, "AcquireLock", 0, 0);
            lock.then(ABANDONED, BEN, 1, ANNA, 0, "anna killed by signal 9");
            lock.then(GRANTED, BEN, 1, 2, 1, "");
            lock.returned(BEN, 1, "Granted", "", 2, 1, ANNA, "");
            lock.releases(BEN, 2, 2);
            lock.acquires(CLEO, 1, 3);
            lock.releases(CLEO, 2, 3);
            lock.end();

            lock.isClean();
        }

        @Test
        void whoGivesTheLockBackUnusedLeavesItToTheNextToBeTold() {
            lock.acquires(ANNA, 1, 1);
            int death = lock.ended(ANNA, "killed by signal 9");
            lock.asks(BEN, 1, "AcquireLock", 0, 0);
            lock.then(ABANDONED, BEN, 1, ANNA, 0, "anna killed by signal 9");
            lock.then(GRANTED, BEN, 1, 2, 1, "");
            lock.asks(BEN, 2, "ReturnLock", 2, 0);
            lock.then(RETURNED, BEN, 2, 2, 0, "");
            lock.asks(CLEO, 1, "AcquireLock", 0, 0);
            int granted = lock.then(GRANTED, CLEO, 1, 3, 1, "");

            lock.breaks("deaths are told", death, granted);
        }
    }

    @Nested
    class SignalsWakeLaw {

        /** Anna, and then Ben, wait for the condition; Cleo holds the lock. */
        private final int[] asleep = new int[5];

        private void asleep() {
            asleep[(int) ANNA] = sleeps(ANNA, 1);
            asleep[(int) BEN] = sleeps(BEN, 2);
            lock.acquires(CLEO, 1, 3);
        }

        private int sleeps(long owner, long fence) {
            lock.acquires(owner, 1, fence);
            lock.invoked(owner, 2, "AwaitCondition", fence, 0, "full", Sent.FOR_EVER, false);
            lock.asked(owner, 2, "AwaitCondition", fence, 0);
            return lock.then(RELEASED, owner, 2, fence, 1, "full");
        }

        private int signals(long request, int waiters) {
            lock.invoked(CLEO, request, "Signal", 3, waiters, "full", Sent.FOR_EVER, true);
            return lock.asked(CLEO, request, "Signal", 3, waiters);
        }

        @Test
        void whoSleepsIsWokenAndGetsTheLockBack() {
            asleep();
            signals(2, 2);
            lock.then(SIGNALLED, ANNA, 2, 0, 0, "full");
            lock.then(SIGNALLED, BEN, 2, 0, 0, "full");
            lock.releases(CLEO, 3, 3);
            lock.then(GRANTED, ANNA, 2, 4, 1, "signalled");
            lock.returned(ANNA, 2, "Resumed", "", 4, 1, 0, "signalled");
            lock.releases(ANNA, 3, 4);
            lock.then(GRANTED, BEN, 2, 5, 1, "signalled");
            lock.returned(BEN, 2, "Resumed", "", 5, 1, 0, "signalled");
            lock.end();

            lock.isClean();
        }

        @Test
        void aSignalWakesNoMoreThanItSays() {
            asleep();
            int signal = signals(2, 1);
            lock.then(SIGNALLED, ANNA, 2, 0, 0, "full");
            int second = lock.then(SIGNALLED, BEN, 2, 0, 0, "full");

            lock.breaks("signals wake", signal, second);
        }

        @Test
        void theSignalOfTheDeadGoesToTheNext() {
            asleep();
            signals(2, 1);
            lock.then(SIGNALLED, ANNA, 2, 0, 0, "full");
            lock.ended(ANNA, "killed by signal 9");
            lock.and().happened(SIGNALLED, BEN, 2, 0, 0, "full");
            lock.releases(CLEO, 3, 3);
            lock.then(GRANTED, BEN, 2, 4, 1, "signalled");
            lock.returned(BEN, 2, "Resumed", "", 4, 1, 0, "signalled");
            lock.end();

            lock.isClean();
        }

        @Test
        void theSignalOfTheDeadIsNotLost() {
            asleep();
            signals(2, 1);
            lock.then(SIGNALLED, ANNA, 2, 0, 0, "full");
            int death = lock.ended(ANNA, "killed by signal 9");
            signals(3, 1);
            int later = lock.then(SIGNALLED, BEN, 2, 0, 0, "full");

            lock.breaks("signals wake", asleep[(int) BEN], death, later);
        }

        @Test
        void nobodyIsWokenWithoutASignal() {
            asleep();
            int woken = lock.happened(SIGNALLED, ANNA, 2, 0, 0, "full");

            lock.breaks("signals wake", woken);
        }

        @Test
        void whoDoesNotWaitIsNotWoken() {
            lock.acquires(CLEO, 1, 3);
            int signal = signals(2, 1);
            int woken = lock.then(SIGNALLED, ANNA, 2, 0, 0, "full");

            lock.breaks("signals wake", signal, woken);
        }

        @Test
        void whoWasNotWokenIsNotToldOfASignal() {
            asleep();
            lock.releases(CLEO, 2, 3);
            int granted = lock.then(GRANTED, ANNA, 2, 4, 1, "signalled");

            lock.breaks("signals wake", asleep[(int) ANNA], granted);
        }

        @Test
        void whoWasWokenIsToldOfTheSignal() {
            asleep();
            signals(2, 1);
            int woken = lock.then(SIGNALLED, ANNA, 2, 0, 0, "full");
            lock.releases(CLEO, 3, 3);
            int granted = lock.then(GRANTED, ANNA, 2, 4, 1, "not signalled");

            lock.breaks("signals wake", woken, granted);
        }

        @Test
        void aSignalThatWokeTooFewIsNamedWhenTheNextOneWakesWhoWasLeft() {
            asleep();
            int lost = signals(2, 1);
            signals(3, 1);
            int woken = lock.then(SIGNALLED, ANNA, 2, 0, 0, "full");

            lock.breaks("signals wake", asleep[(int) ANNA], lost, woken);
        }

        @Test
        void whoCameFirstIsNotPassedOver() {
            asleep();
            int first = signals(2, 1);
            lock.then(SIGNALLED, BEN, 2, 0, 0, "full");
            signals(3, 1);
            int woken = lock.then(SIGNALLED, ANNA, 2, 0, 0, "full");

            lock.breaks("signals wake", asleep[(int) ANNA], first, woken);
        }
    }
}
