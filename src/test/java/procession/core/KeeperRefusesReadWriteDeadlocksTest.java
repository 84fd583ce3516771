package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import procession.Row;
import procession.core.Command.AcquireRead;
import procession.core.Command.AcquireWrite;

/** A keeper that refuses the request that would close a cycle of waits through a lock that several hold. */
class KeeperRefusesReadWriteDeadlocksTest extends KeeperStage {

    KeeperRefusesReadWriteDeadlocksTest() {
        super(new Rules(1000, Rules.REDELIVERIES, Rules.OnDeadlock.REFUSE, false));
    }

    @Test
    @Row({"RW-06", "G27"})
    void theRequestThatWouldCloseACycleIsRefusedAndNobodyWaits() {
        var prices = main.opens("prices", new Spec.ReadWriteLock());
        main.asks(prices, new AcquireRead());

        long refused = main.asks(prices, new AcquireWrite());

        assertThat(((Reply.Refused) main.reply(refused)).code()).isEqualTo(Refusals.DEADLOCK);
        assertThat(keeper.view(prices).orElseThrow().waiting()).isEmpty();
        assertThat(keeper.deadlocks()).isEmpty();
    }
}
