package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import procession.Row;
import procession.core.Command.AcquireLock;
import procession.core.Command.AwaitCondition;
import procession.core.Command.BreakLock;
import procession.core.Command.ReleaseLock;
import procession.core.Command.Signal;

/** Cycles of waits: found when they close, and told as long as they stand. */
class KeeperDeadlocksTest extends KeeperStage {

    private Peer ben;
    private Peer cleo;

    @BeforeEach
    void threeProcesses() {
        ben = main.spawns("ben");
        cleo = main.spawns("cleo");
    }

    private long acquire(Peer who, long strand, PrimitiveId lock) {
        return who.asksBy(strand, lock, new AcquireLock());
    }

    private long acquire(Peer who, PrimitiveId lock) {
        return acquire(who, 1, lock);
    }

    private PrimitiveId lock(String name) {
        return main.opens(name, LOCK);
    }

    /** Main holds A and waits for B, which ben holds; ben waits for A. The request that closed the cycle. */
    private long embrace(PrimitiveId a, PrimitiveId b) {
        acquire(main, a);
        acquire(ben, b);
        acquire(main, b);
        return acquire(ben, a);
    }

    private List<Deadlock> deadlocks() {
        return ((Reply.Deadlocks) cleo.reply(cleo.asks(new Request.FindDeadlocks()))).deadlocks();
    }

    // Found.

    @Test
    @Row({"LOCK-21", "G27"})
    void twoThatWaitForEachOtherAreFoundWhenTheCycleCloses() {
        var a = lock("A");
        var b = lock("B");
        long since = now;

        long closing = embrace(a, b);

        assertThat(ben.reply(closing)).as("it waits").isNull();
        assertThat(deadlocks()).singleElement().satisfies(deadlock -> {
            assertThat(deadlock.chain()).containsExactly(
                    new Deadlock.Wait("ben", 101, 1, a, Optional.of("A"), since),
                    new Deadlock.Wait("MainProcess", 100, 1, b, Optional.of("B"), since));
            assertThat(deadlock.words()).isEqualTo("ben (pid 101, thread 1) holds lock 'B', waits for lock 'A' held by MainProcess"
                    + " (pid 100, thread 1); MainProcess (pid 100, thread 1) holds lock 'A', waits for lock 'B' held by ben"
                    + " (pid 101, thread 1)");
            assertThat(deadlock.found()).isEqualTo(since);
        });
    }

    @Test
    @Row("G27")
    void aPersonHearsOfItOnceAndItIsRecorded() {
        embrace(lock("A"), lock("B"));
        acquire(cleo, lock("A"));

        assertThat(keeper.takeAlarms()).singleElement().asString()
                .startsWith("Deadlock: ben (pid 101, thread 1) holds lock 'B', waits for lock 'A'").endsWith(".");
        assertThat(happenings).extracting(Happening::kind).containsOnlyOnce(Happening.Kind.DEADLOCK);
    }

    @Test
    @Row("G27")
    void aCycleOfThreeIsFound() {
        var a = lock("A");
        var b = lock("B");
        var c = lock("C");
        acquire(main, a);
        acquire(ben, b);
        acquire(cleo, c);
        acquire(main, b);
        acquire(ben, c);
        assertThat(keeper.deadlocks()).isEmpty();

        acquire(cleo, a);

        assertThat(keeper.deadlocks()).singleElement().satisfies(found ->
                assertThat(found.chain()).extracting(Deadlock.Wait::process).containsExactly("cleo", "MainProcess", "ben"));
    }

    @Test
    @Row({"LOCK-05", "G27"})
    void whoWaitsForALockThatItsOwnThreadHoldsIsFound() {
        var a = lock("A");
        acquire(main, 4, a);

        acquire(main, 4, a);

        assertThat(keeper.deadlocks()).singleElement().satisfies(found -> assertThat(found.words())
                .isEqualTo("MainProcess (pid 100, thread 4) holds lock 'A', waits for lock 'A' held by itself"));
    }

    @Test
    @Row("G27")
    void aReentrantLockIsPartOfACycleToo() {
        var a = main.opens("A", new Spec.Lock(true));
        var b = lock("B");
        acquire(main, a);
        acquire(main, a);
        acquire(ben, b);
        acquire(main, b);

        acquire(ben, a);

        assertThat(keeper.deadlocks()).hasSize(1);
    }

    @Test
    @Row("G27")
    void whoComesBackFromAConditionWhenItsTimeIsOverMayCloseACycle() {
        var a = lock("A");
        var b = lock("B");
        long held = acquire(main, a);
        acquire(main, b);
        main.asksBy(1, a, new AwaitCondition("full", main.fence(held), 1), SECOND);
        acquire(ben, a);
        acquire(ben, b);
        assertThat(keeper.deadlocks()).isEmpty();

        now += SECOND;
        exchange();

        assertThat(keeper.deadlocks()).hasSize(1);
    }

    @Test
    @Row("G27")
    void whoIsSignalledWaitsForTheLockSoItsSignallerMayCloseACycle() {
        var a = lock("A");
        var b = lock("B");
        long held = acquire(main, a);
        acquire(main, b);
        main.asksBy(1, a, new AwaitCondition("full", main.fence(held), 1));
        long signaller = acquire(ben, a);
        ben.asksBy(1, a, new Signal("full", ben.fence(signaller), 1));
        assertThat(keeper.deadlocks()).isEmpty();

        acquire(ben, b);

        assertThat(keeper.deadlocks()).hasSize(1);
    }

    @Test
    void aCycleIsToldOnceAlsoWhenTheTimeOfOneWhoWasSignalledIsOver() {
        var a = lock("A");
        var b = lock("B");
        long held = acquire(main, a);
        acquire(main, b);
        main.asksBy(1, a, new AwaitCondition("full", main.fence(held), 1), SECOND);
        long signaller = acquire(ben, a);
        ben.asksBy(1, a, new Signal("full", ben.fence(signaller), 1));
        acquire(ben, b);
        keeper.takeAlarms();

        now += SECOND;
        exchange();

        assertThat(deadlocks()).hasSize(1);
        assertThat(keeper.takeAlarms()).isEmpty();
    }

    @Test
    void twoCyclesAreTwoDeadlocksInTheOrderInWhichTheyWereFound() {
        embrace(lock("A"), lock("B"));
        acquire(cleo, 1, lock("C"));
        acquire(cleo, 2, lock("D"));
        acquire(cleo, 1, lock("D"));

        acquire(cleo, 2, lock("C"));

        assertThat(keeper.deadlocks()).extracting(deadlock -> deadlock.chain().getFirst().process()).containsExactly("ben", "cleo");
    }

    // Not found, as there is none.

    @Test
    @Row("G27")
    void severalThatWaitForTheSameHolderAreNone() {
        var a = lock("A");
        var b = lock("B");
        acquire(main, a);
        acquire(ben, b);

        acquire(ben, a);
        acquire(cleo, a);
        acquire(cleo, 2, b);

        assertThat(keeper.deadlocks()).isEmpty();
    }

    @Test
    @Row("G27")
    void thatAnotherThreadOfTheHolderWaitsIsNone() {
        var a = lock("A");
        var b = lock("B");
        acquire(main, 1, a);
        acquire(ben, b);
        acquire(ben, a);

        acquire(main, 2, b);

        assertThat(keeper.deadlocks()).as("thread 1 may release A").isEmpty();
    }

    @Test
    void callsWithoutAThreadAreNone() {
        var a = lock("A");
        acquire(main, 0, a);

        acquire(main, 0, a);
        acquire(main, 1, a);

        assertThat(keeper.deadlocks()).isEmpty();
    }

    @Test
    void oneTryIsNone() {
        var a = lock("A");
        acquire(main, a);

        main.asksBy(1, a, new AcquireLock(), 0);

        assertThat(keeper.deadlocks()).isEmpty();
        assertThat(keeper.takeAlarms()).isEmpty();
    }

    @Test
    void whoWaitsForAConditionHoldsUpNobody() {
        var a = lock("A");
        var b = lock("B");
        long held = acquire(main, a);
        acquire(ben, b);
        main.asksBy(1, a, new AwaitCondition("full", main.fence(held), 1));

        acquire(ben, a);

        assertThat(keeper.deadlocks()).isEmpty();
    }

    // Gone.

    @Test
    @Row("G27")
    void itIsGoneWhenOneGivesUp() {
        var a = lock("A");
        acquire(main, a);
        acquire(ben, lock("B"));
        main.asksBy(1, lock("B"), new AcquireLock(), SECOND);
        acquire(ben, a);
        assertThat(keeper.deadlocks()).hasSize(1);

        now += SECOND;
        exchange();

        assertThat(keeper.deadlocks()).isEmpty();
    }

    @Test
    @Row("G27")
    void itIsGoneWhenOneDies() {
        embrace(lock("A"), lock("B"));

        keeper.gone(ben.owner, "killed", now);

        assertThat(deadlocks()).isEmpty();
    }

    @Test
    @Row("G27")
    void itIsGoneWhenALockIsTakenAway() {
        var a = lock("A");
        long closing = embrace(a, lock("B"));

        cleo.asks(a, new BreakLock("", ""));

        assertThat(ben.reply(closing)).isInstanceOf(Reply.Granted.class);
        assertThat(deadlocks()).isEmpty();
    }

    @Test
    void itIsGoneWhenAnotherThreadOfTheHolderReleases() {
        var a = lock("A");
        acquire(ben, lock("B"));
        long held = acquire(main, a);
        acquire(main, lock("B"));
        acquire(ben, a);
        assertThat(keeper.deadlocks()).hasSize(1);

        main.asksBy(2, a, new ReleaseLock(main.fence(held)));

        assertThat(keeper.deadlocks()).isEmpty();
    }

    @Test
    void itIsFoundAnewWhenItClosesAnew() {
        var a = lock("A");
        embrace(a, lock("B"));
        cleo.asks(a, new BreakLock("", ""));
        keeper.takeAlarms();

        acquire(ben, a);

        assertThat(keeper.deadlocks()).as("ben holds A now, and asks for it once more").hasSize(1);
        assertThat(keeper.takeAlarms()).hasSize(1);
    }
}
