package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.DORA;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Row;
import procession.core.Command.AcquireLock;
import procession.core.Command.BreakLock;
import procession.core.Command.ForLock;
import procession.core.Command.ReleaseLock;
import procession.core.Command.ReturnLock;

class LockMachineTest {

    private final Stage<LockMachine, ForLock> lock = Stage.of(new Spec.Lock(false));

    private Ticket acquire(Owner owner) {
        return lock.asks(owner, new AcquireLock());
    }

    private Ticket release(Owner owner, long fence) {
        return lock.asks(owner, new ReleaseLock(fence));
    }

    @Test
    @Row("LOCK-01")
    void aFreeLockIsGrantedAtOnce() {
        var anna = acquire(ANNA);

        assertThat(lock.grant(anna).units()).isEqualTo(1);
        assertThat(lock.view().holds()).containsExactly(new View.Hold(ANNA, 1, lock.grant(anna).fence(), 1, 0));
    }

    @Test
    @Row("LOCK-02")
    void aHeldLockMakesTheNextOneWait() {
        acquire(ANNA);

        var ben = acquire(BEN);

        assertThat(lock.waits(ben)).isTrue();
        assertThat(lock.view().waiting()).containsExactly(ben);
    }

    @Test
    @Row("LOCK-05")
    void itIsNotReentrant() {
        acquire(ANNA);

        var again = acquire(ANNA);

        assertThat(lock.waits(again)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 100})
    @Row({"LOCK-19", "G29"})
    void waitersAreServedInTheOrderInWhichTheyCame(int waiters) {
        var first = acquire(ANNA);
        var line = IntStream.range(0, waiters).mapToObj(i -> acquire(new Owner(10 + i))).toList();

        release(ANNA, lock.grant(first).fence());
        for (var holder : line) {
            release(holder.owner(), lock.grant(holder).fence());
        }

        assertThat(lock.answeredInOrder().stream().filter(line::contains)).containsExactlyElementsOf(line);
    }

    @Test
    @Row("G02")
    void everyGrantHasAHigherFenceThanTheOneBefore() {
        var anna = acquire(ANNA);
        var ben = acquire(BEN);
        release(ANNA, lock.grant(anna).fence());
        lock.departs(BEN);

        var cleo = acquire(CLEO);

        assertThat(List.of(lock.grant(anna).fence(), lock.grant(ben).fence(), lock.grant(cleo).fence()))
                .isSorted().doesNotHaveDuplicates();
    }

    @Test
    @Row("LOCK-04")
    void aReleaseOfAFreeLockIsRefused() {
        var release = release(ANNA, 1);

        assertThat(lock.refusal(release)).isEqualTo(Refusals.NOT_HELD);
    }

    @Test
    @Row({"LOCK-17", "G02"})
    void aReleaseByAnotherProcessIsRefusedAndChangesNothing() {
        var anna = acquire(ANNA);
        var before = lock.machine();

        var release = release(BEN, lock.grant(anna).fence());

        assertThat(lock.refusal(release)).isEqualTo(Refusals.NOT_HELD);
        assertThat(lock.machine()).isSameAs(before);
    }

    @Test
    @Row("G02")
    void aStaleReleaseIsRefusedAndChangesNothing() {
        var old = acquire(ANNA);
        release(ANNA, lock.grant(old).fence());
        var anna = acquire(ANNA);
        var before = lock.machine();

        var release = release(ANNA, lock.grant(old).fence());

        assertThat(lock.refusal(release)).isEqualTo(Refusals.NOT_HELD);
        assertThat(lock.machine()).isSameAs(before);
        assertThat(lock.view().holds().getFirst().fence()).isEqualTo(lock.grant(anna).fence());
    }

    @Test
    void aGrantThatIsReturnedUnusedPassesOnWhatItTold() {
        acquire(ANNA);
        var ben = acquire(BEN);
        var cleo = acquire(CLEO);
        lock.departs(ANNA);

        lock.asks(BEN, new ReturnLock(lock.grant(ben).fence()));

        assertThat(lock.grant(cleo).abandoned()).isEqualTo(lock.grant(ben).abandoned()).isPresent();
    }

    @Test
    @Row("LOCK-04")
    void aSecondReleaseIsRefused() {
        var anna = acquire(ANNA);
        release(ANNA, lock.grant(anna).fence());

        var again = release(ANNA, lock.grant(anna).fence());

        assertThat(lock.refusal(again)).isEqualTo(Refusals.NOT_HELD);
    }

    @Test
    void anotherThreadOfTheHolderMayRelease() {
        var anna = lock.asks(ANNA, 1, new AcquireLock());

        var release = lock.asks(ANNA, 2, new ReleaseLock(lock.grant(anna).fence()));

        assertThat(lock.done(release)).isTrue();
        assertThat(lock.view().holds()).isEmpty();
    }

    @Test
    @Row({"K2", "G30"})
    void aWaiterThatExpiresIsToldSoAndSkipped() {
        var anna = acquire(ANNA);
        var ben = acquire(BEN);
        var cleo = acquire(CLEO);

        lock.expires(ben);
        release(ANNA, lock.grant(anna).fence());

        assertThat(lock.timedOut(ben)).isTrue();
        assertThat(lock.grant(cleo)).isNotNull();
    }

    @Test
    void anExpiryThatComesLateIsHarmless() {
        var anna = acquire(ANNA);
        var before = lock.machine();

        lock.expires(anna);

        assertThat(lock.machine()).isSameAs(before);
        assertThat(lock.view().holds()).hasSize(1);
    }

    @Test
    @Row("G01")
    void aHolderThatDepartsPassesTheLockOn() {
        acquire(ANNA);
        var ben = acquire(BEN);

        var obituary = lock.departs(ANNA);

        assertThat(lock.grant(ben).abandoned()).contains(obituary);
    }

    @Test
    @Row("K2")
    void aWaiterThatDepartsConsumesNothing() {
        var anna = acquire(ANNA);
        acquire(BEN);
        var cleo = acquire(CLEO);
        lock.departs(BEN);

        release(ANNA, lock.grant(anna).fence());

        assertThat(lock.grant(cleo).abandoned()).isEmpty();
    }

    @Test
    void aHolderThatDepartsWhileItAlsoWaitsDoesNotGetIt() {
        acquire(ANNA);
        lock.asks(ANNA, 2, new AcquireLock());
        var ben = acquire(BEN);

        lock.departs(ANNA);

        assertThat(lock.grant(ben)).isNotNull();
        assertThat(lock.view().waiting()).isEmpty();
    }

    @Test
    @Row("G01")
    void abandonmentIsToldToTheNextHolderOnly() {
        acquire(ANNA);
        var obituary = lock.departs(ANNA);

        var ben = acquire(BEN);
        release(BEN, lock.grant(ben).fence());
        var cleo = acquire(CLEO);

        assertThat(lock.grant(ben).abandoned()).contains(obituary);
        assertThat(lock.grant(cleo).abandoned()).isEmpty();
    }

    @Test
    void abandonmentIsToldThoughANonHolderDiedLater() {
        acquire(ANNA);
        var obituary = lock.departs(ANNA);
        lock.departs(BEN);

        var cleo = acquire(CLEO);

        assertThat(lock.grant(cleo).abandoned()).contains(obituary);
    }

    @Test
    void ofTwoHoldersThatDiedInARowTheLastOneIsTold() {
        acquire(ANNA);
        acquire(BEN);
        var dora = acquire(DORA);
        lock.departs(ANNA);

        var obituary = lock.departs(BEN);

        assertThat(lock.grant(dora).abandoned()).contains(obituary);
    }

    // Taken away by hand.

    private Ticket breaks(Owner owner) {
        return lock.asks(owner, new BreakLock("the holder", "the operator"));
    }

    @Test
    @Row("G03")
    void aLockThatIsTakenAwayGoesToTheNextWhoIsToldFromWhomAndByWhom() {
        var anna = acquire(ANNA);
        var ben = acquire(BEN);

        var broken = breaks(CLEO);

        assertThat(lock.done(broken)).isTrue();
        assertThat(lock.grant(ben).fence()).isGreaterThan(lock.grant(anna).fence());
        assertThat(lock.grant(ben).abandoned()).contains(
                new Obituary(ANNA, "the holder", "lost the lock: the operator broke it", false));
    }

    @Test
    void whoeverAsksAfterItWasTakenAwayIsToldToo() {
        acquire(ANNA);
        breaks(CLEO);

        var ben = acquire(BEN);

        assertThat(lock.grant(ben).abandoned()).isPresent();
    }

    @Test
    @Row("G02")
    void whoLostTheLockReleasesNobodyElses() {
        var anna = acquire(ANNA);
        var ben = acquire(BEN);
        breaks(CLEO);
        var before = lock.machine();

        var late = release(ANNA, lock.grant(anna).fence());

        assertThat(lock.refusal(late)).isEqualTo(Refusals.NOT_HELD);
        assertThat(lock.machine()).isSameAs(before);
        assertThat(lock.view().holds().getFirst().fence()).isEqualTo(lock.grant(ben).fence());
    }

    @Test
    @Row("G31")
    void aFreeLockCannotBeBroken() {
        var before = lock.machine();

        assertThat(lock.refusal(breaks(CLEO))).isEqualTo(Refusals.NOT_HELD);
        assertThat(lock.machine()).isSameAs(before);
    }

    @Test
    void itsHolderMayBreakItToo() {
        acquire(ANNA);

        breaks(ANNA);

        assertThat(lock.view().holds()).isEmpty();
    }
}
