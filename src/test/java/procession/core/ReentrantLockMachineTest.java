package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Row;
import procession.core.Command.AcquireLock;
import procession.core.Command.BreakLock;
import procession.core.Command.ForLock;
import procession.core.Command.ReleaseLock;
import procession.core.Command.ReturnLock;

class ReentrantLockMachineTest {

    private final Stage<LockMachine, ForLock> lock = Stage.of(new Spec.Lock(true));

    private Ticket acquire(Owner owner, long strand) {
        return lock.asks(owner, strand, new AcquireLock());
    }

    private Ticket acquire(Owner owner) {
        return acquire(owner, 1);
    }

    private Ticket release(Owner owner, long fence) {
        return lock.asks(owner, new ReleaseLock(fence));
    }

    private int depth() {
        return lock.view().holds().getFirst().units();
    }

    @Test
    @Row({"RLOCK-01", "RLOCK-02"})
    void theThreadThatHoldsItAcquiresItAgainAtOnceUnderTheSameFence() {
        var grants = Stream.generate(() -> acquire(ANNA)).limit(3).map(lock::grant).toList();

        assertThat(grants.stream().map(Reply.Granted::fence).distinct()).hasSize(1);
        assertThat(depth()).isEqualTo(3);
    }

    @Test
    @Row({"RLOCK-01", "RLOCK-05"})
    void itIsFreeWhenItHasBeenGivenBackAsOftenAsItWasAcquired() {
        var anna = acquire(ANNA);
        acquire(ANNA);
        var ben = acquire(BEN);

        release(ANNA, lock.grant(anna).fence());
        assertThat(lock.waits(ben)).isTrue();
        assertThat(depth()).isEqualTo(1);

        release(ANNA, lock.grant(anna).fence());
        assertThat(lock.grant(ben).fence()).isGreaterThan(lock.grant(anna).fence());
    }

    @Test
    @Row({"RLOCK-01", "G31"})
    void aReleaseTooManyIsRefusedAndChangesNothing() {
        var anna = acquire(ANNA);
        release(ANNA, lock.grant(anna).fence());
        var before = lock.machine();

        assertThat(lock.refusal(release(ANNA, lock.grant(anna).fence()))).isEqualTo(Refusals.NOT_HELD);
        assertThat(lock.machine()).isSameAs(before);
    }

    @Test
    void aReleaseByAnotherProcessIsRefused() {
        var anna = acquire(ANNA);

        assertThat(lock.refusal(release(BEN, lock.grant(anna).fence()))).isEqualTo(Refusals.NOT_HELD);
        assertThat(depth()).isEqualTo(1);
    }

    @Test
    @Row("RLOCK-02")
    void whoHoldsItIsNotHeldUpByWhoWaits() {
        acquire(ANNA);
        var ben = acquire(BEN);

        assertThat(lock.grant(acquire(ANNA)).abandoned()).isEmpty();
        assertThat(lock.waits(ben)).isTrue();
    }

    @Test
    void anotherThreadOfTheSameProcessWaits() {
        acquire(ANNA, 1);

        assertThat(lock.waits(acquire(ANNA, 2))).isTrue();
    }

    @Test
    void callsWithoutAThreadDoNotReenter() {
        acquire(ANNA, 0);

        assertThat(lock.waits(acquire(ANNA, 0))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    @Row({"RLOCK-06", "G03"})
    void theDeathOfItsHolderPassesItOnAtWhateverDepth(int depth) {
        for (int i = 0; i < depth; i++) {
            acquire(ANNA);
        }
        var ben = acquire(BEN);

        var obituary = lock.departs(ANNA);

        assertThat(lock.grant(ben).abandoned()).contains(obituary);
        assertThat(depth()).isEqualTo(1);
    }

    @Test
    void aReentryTellsOfNoDeathAgain() {
        acquire(ANNA);
        lock.departs(ANNA);
        acquire(BEN);

        assertThat(lock.grant(acquire(BEN)).abandoned()).isEmpty();
    }

    @Test
    void aLevelThatIsReturnedUnusedLeavesTheOthers() {
        acquire(ANNA);
        var unused = acquire(ANNA);

        lock.asks(ANNA, new ReturnLock(lock.grant(unused).fence()));

        assertThat(depth()).isEqualTo(1);
    }

    @Test
    @Row("G03")
    void breakingItTakesAwayEveryLevel() {
        var anna = acquire(ANNA);
        acquire(ANNA);
        var ben = acquire(BEN);

        lock.asks(CLEO, new BreakLock("process-1", "process-3"));

        assertThat(lock.grant(ben).abandoned().orElseThrow().process()).isEqualTo("process-1");
        assertThat(lock.refusal(release(ANNA, lock.grant(anna).fence()))).isEqualTo(Refusals.NOT_HELD);
    }

    @Test
    void afterABreakTheOldHolderIsInTheLineLikeEveryoneElse() {
        acquire(ANNA);
        acquire(BEN);
        lock.asks(CLEO, new BreakLock("process-1", "process-3"));

        assertThat(lock.waits(acquire(ANNA))).isTrue();
    }
}
