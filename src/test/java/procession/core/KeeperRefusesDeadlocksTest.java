package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import procession.Row;
import procession.core.Command.AcquireLock;
import procession.core.Command.AwaitCondition;

/** A keeper that refuses the request that would close a cycle of waits. */
class KeeperRefusesDeadlocksTest extends KeeperStage {

    KeeperRefusesDeadlocksTest() {
        super(new Rules(1000, Rules.REDELIVERIES, Rules.OnDeadlock.REFUSE, false));
    }

    private final Peer ben = main.spawns("ben");
    private final PrimitiveId a = main.opens("A", LOCK);
    private final PrimitiveId b = main.opens("B", LOCK);

    @Test
    @Row({"LOCK-21", "G27"})
    void theRequestThatWouldCloseACycleIsRefusedAndTheOthersWaitOn() {
        main.asks(a, new AcquireLock());
        ben.asks(b, new AcquireLock());
        long waits = main.asks(b, new AcquireLock());

        long refused = ben.asks(a, new AcquireLock());

        assertThat(ben.reply(refused)).isEqualTo(new Reply.Refused(Refusals.DEADLOCK, "To wait for it would close a cycle of waits: ben"
                + " (pid 101, thread 1) holds lock 'B', waits for lock 'A' held by MainProcess (pid 100, thread 1); MainProcess (pid 100,"
                + " thread 1) holds lock 'A', waits for lock 'B' held by ben (pid 101, thread 1)."));
        assertThat(main.reply(waits)).isNull();
        assertThat(keeper.view(a).orElseThrow().waiting()).isEmpty();
        assertThat(keeper.deadlocks()).as("none stands").isEmpty();
        assertThat(keeper.takeAlarms()).hasSize(1);
    }

    @Test
    @Row({"LOCK-05", "G27"})
    void whoAsksForWhatItHoldsItselfIsRefusedAlsoWithATimeOut() {
        main.asks(a, new AcquireLock());

        long refused = main.asksBy(1, a, new AcquireLock(), SECOND);

        assertThat(((Reply.Refused) main.reply(refused)).code()).isEqualTo(Refusals.DEADLOCK);
        assertThat(keeper.load().deadlines()).isZero();
    }

    @Test
    void whoOnlyTriesIsToldThatItIsHeld() {
        main.asks(a, new AcquireLock());

        long once = main.asksBy(1, a, new AcquireLock(), 0);

        assertThat(main.reply(once)).isInstanceOf(Reply.TimedOut.class);
        assertThat(keeper.takeAlarms()).isEmpty();
    }

    @Test
    void whoComesBackFromAConditionIsNotRefusedAsItMustHaveTheLockAgain() {
        long held = main.asks(a, new AcquireLock());
        main.asks(b, new AcquireLock());
        long waited = main.asksBy(1, a, new AwaitCondition("full", main.fence(held), 1), SECOND);
        ben.asks(a, new AcquireLock());
        ben.asks(b, new AcquireLock());

        now += SECOND;
        exchange();

        assertThat(main.reply(waited)).isNull();
        assertThat(keeper.deadlocks()).as("reported").hasSize(1);
    }

    @Test
    void aWaitThatClosesNothingIsNotRefused() {
        main.asks(a, new AcquireLock());

        long waits = ben.asks(a, new AcquireLock());

        assertThat(ben.reply(waits)).isNull();
    }
}
