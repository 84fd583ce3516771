package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import procession.core.Command.AcquireLock;
import procession.core.Command.ClaimLock;
import procession.core.Command.KeepLock;
import procession.core.Command.ReturnLoan;

/** What the keeper knows of locks that are lent. */
class KeeperLentLocksTest extends KeeperStage {

    private Peer ben;

    KeeperLentLocksTest() {
        super(new Rules(1000, Rules.REDELIVERIES, Rules.OnDeadlock.REPORT, true));
    }

    @BeforeEach
    void twoProcesses() {
        ben = main.spawns("ben");
    }

    /** Lent to ben, who does not hold it as far as anybody knows; the fence of his grant. */
    private long lentToBen(PrimitiveId lock) {
        long fence = ben.fence(ben.asks(lock, new AcquireLock()));
        ben.quietly(lock, new KeepLock(fence));
        return fence;
    }

    @Test
    void theBorrowerIsCalledAndTheFirstInLineGetsTheLock() {
        var lock = main.opens("A", LOCK);
        long fence = lentToBen(lock);

        long wants = main.asks(lock, new AcquireLock());
        assertThat(ben.calledIn).containsExactly(lock);
        ben.quietly(lock, new ReturnLoan(fence));

        assertThat(main.fence(wants)).isGreaterThan(fence);
    }

    @Test
    void fencesRiseAboveThoseOfEveryLoan() {
        long fence = lentToBen(main.opens("A", LOCK));

        long other = main.fence(main.asks(main.opens("B", LOCK), new AcquireLock()));

        assertThat(other).isGreaterThanOrEqualTo(fence + Lending.FENCES);
    }

    @Test
    void aLentLockIsShownAsLentAndNotAsHeld() {
        var lock = main.opens("A", LOCK);
        lentToBen(lock);

        var seen = ((Reply.Viewed) main.reply(main.asks(new Request.Inspect(lock, true)))).snapshot();

        assertThat(seen.count("lent")).isEqualTo(1);
        assertThat(seen.count("holders")).isZero();
        assertThat(seen.holders()).singleElement().satisfies(holder -> {
            assertThat(holder.process()).isEqualTo("ben");
            assertThat(holder.units()).isZero();
        });
    }

    private long tries(PrimitiveId lock) {
        return main.asks(new Request.Operate(lock, new AcquireLock()), 0);
    }

    @Test
    void whoTriesALentLockGetsItWhenItsBorrowerDoesNotHoldIt() {
        var lock = main.opens("A", LOCK);
        long fence = lentToBen(lock);

        long tried = tries(lock);
        assertThat(main.reply(tried)).as("the borrower is asked first").isNull();
        ben.quietly(lock, new ReturnLoan(fence));

        assertThat(main.fence(tried)).isGreaterThan(fence);
    }

    @Test
    void whoTriesALentLockIsToldWhenItsBorrowerHoldsIt() {
        var lock = main.opens("A", LOCK);
        long fence = lentToBen(lock);

        long tried = tries(lock);
        ben.quietly(lock, new ClaimLock(fence + 1, 1, now, false));

        assertThat(((Reply.TimedOut) main.reply(tried)).situation()).startsWith("It is held by ben (pid 101)");
    }

    @Test
    void onlyTheFirstOfThoseWhoTryGetsIt() {
        var lock = main.opens("A", LOCK);
        long fence = lentToBen(lock);
        var cleo = main.spawns("cleo");

        long first = tries(lock);
        long second = cleo.asks(new Request.Operate(lock, new AcquireLock()), 0);
        ben.quietly(lock, new ReturnLoan(fence));

        assertThat(main.reply(first)).isInstanceOf(Reply.Granted.class);
        assertThat(cleo.reply(second)).isInstanceOf(Reply.TimedOut.class);
    }

    @Test
    void aBorrowerThatStandsStillIsNotWaitedForByWhoTries() {
        var lock = main.opens("A", LOCK);
        lentToBen(lock);
        long tried = tries(lock);

        now += Tries.LONGEST;
        exchange();

        assertThat(((Reply.TimedOut) main.reply(tried)).situation()).isEqualTo("It is lent to ben (pid 101) for 0.5 s.");
    }

    @Test
    void whoTriesALockWhoseBorrowerDiesGetsIt() {
        var lock = main.opens("A", LOCK);
        lentToBen(lock);
        long tried = tries(lock);

        keeper.gone(ben.owner, "killed", now);
        exchange();

        assertThat(main.reply(tried)).isInstanceOf(Reply.Granted.class);
    }

    @Test
    void aCycleThatWasKnownBeforeTheBorrowerSpokeIsToldOnce() {
        var a = main.opens("A", LOCK);
        var b = main.opens("B", LOCK);
        long fence = ben.fence(ben.asksBy(7, a, new AcquireLock()));
        main.asks(b, new AcquireLock());
        ben.asksBy(7, b, new AcquireLock());
        main.asks(a, new AcquireLock());
        assertThat(keeper.takeAlarms()).hasSize(1);

        ben.asksBy(7, a, new ClaimLock(fence, 1, now, false));

        assertThat(keeper.takeAlarms()).isEmpty();
        assertThat(keeper.deadlocks()).hasSize(1);
    }

    @Test
    void aCycleOfWaitsIsFoundWhenTheBorrowerSaysThatItHoldsTheLock() {
        var a = main.opens("A", LOCK);
        var b = main.opens("B", LOCK);
        long fence = lentToBen(a);
        main.asks(b, new AcquireLock());
        ben.asksBy(7, b, new AcquireLock());
        main.asks(a, new AcquireLock());
        assertThat(keeper.deadlocks()).isEmpty();

        ben.asksBy(7, a, new ClaimLock(fence + 1, 1, now, false));

        assertThat(keeper.deadlocks()).singleElement().satisfies(deadlock -> assertThat(deadlock.words()).isEqualTo(
                "MainProcess (pid 100, thread 1) holds lock 'B', waits for lock 'A' held by ben (pid 101, thread 7);"
                        + " ben (pid 101, thread 7) holds lock 'A', waits for lock 'B' held by MainProcess (pid 100, thread 1)"));
        assertThat(keeper.takeAlarms()).hasSize(1);
    }

    @Test
    void aCycleThatAClaimClosesIsRefusedToWhoWaitsForThatLock() {
        var stage = new KeeperStage(new Rules(1000, 0, Rules.OnDeadlock.REFUSE, true)) { };
        var other = stage.main.spawns("ben");
        var a = stage.main.opens("A", LOCK);
        var b = stage.main.opens("B", LOCK);
        long fence = other.fence(other.asks(a, new AcquireLock()));
        other.quietly(a, new KeepLock(fence));
        stage.main.asks(b, new AcquireLock());
        other.asksBy(7, b, new AcquireLock());
        long wants = stage.main.asks(a, new AcquireLock());

        other.asksBy(7, a, new ClaimLock(fence + 1, 1, stage.now, false));

        assertThat(((Reply.Refused) stage.main.reply(wants)).code()).isEqualTo(Refusals.DEADLOCK);
    }

    @Test
    void theLoanIsRecordedFromItsBeginningToItsEnd() {
        var lock = main.opens("A", LOCK);
        long fence = lentToBen(lock);
        main.asks(lock, new AcquireLock());
        ben.quietly(lock, new ReturnLoan(fence + 2));

        assertThat(happenings.stream().map(Happening::kind).filter(kind -> List.of(Happening.Kind.LENT, Happening.Kind.GRANTED,
                Happening.Kind.RELEASED, Happening.Kind.CALLED_IN, Happening.Kind.HANDED_BACK).contains(kind))).containsExactly(
                        Happening.Kind.LENT, Happening.Kind.GRANTED, Happening.Kind.RELEASED, Happening.Kind.CALLED_IN,
                        Happening.Kind.HANDED_BACK, Happening.Kind.LENT, Happening.Kind.GRANTED);
    }
}
