package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import procession.core.Command.AcquireLock;
import procession.core.Command.BreakLock;
import procession.core.Command.ClaimLock;
import procession.core.Command.ForLock;
import procession.core.Command.KeepLock;
import procession.core.Command.ReleaseLock;
import procession.core.Command.ReturnLoan;
import procession.core.Command.ReturnLock;

/** Locks that are lent, from the keeper's side. */
class LentLockMachineTest {

    private final Stage<LockMachine, ForLock> lock = new Stage<>(LockMachine.of(new Spec.Lock(false), true), Long.MAX_VALUE / 2);

    private Ticket acquire(Owner owner) {
        return lock.asks(owner, new AcquireLock());
    }

    /** Anna has it on loan, and does not hold it as far as anybody knows; the fence of her grant. */
    private long lentToAnna() {
        long fence = lock.grant(acquire(ANNA)).fence();
        lock.asks(ANNA, new KeepLock(fence));
        lock.takeNotes(Happening.Kind.LENT);
        return fence;
    }

    @Test
    void aGrantWhileNobodyWaitsIsALoanToo() {
        var anna = acquire(ANNA);

        assertThat(lock.grant(anna).lentUntil()).isEqualTo(lock.grant(anna).fence() + Lending.FENCES);
        assertThat(lock.view().holds()).containsExactly(new View.Hold(ANNA, 1, lock.grant(anna).fence(), 1, 0));
    }

    @Test
    void aGrantWhileSomebodyWaitsIsNone() {
        var anna = acquire(ANNA);
        var ben = acquire(BEN);
        acquire(CLEO);
        lock.asks(ANNA, new ClaimLock(lock.grant(anna).fence(), 1, 0, false));

        lock.asks(ANNA, new ReleaseLock(lock.grant(anna).fence()));

        assertThat(lock.grant(ben).lentUntil()).isZero();
    }

    @Test
    void aCallThatNoThreadWaitsForBorrowsNothing() {
        assertThat(lock.grant(lock.asks(ANNA, 0, new AcquireLock())).lentUntil()).isZero();
    }

    @Test
    void aLockThatIsKeptIsLentAndNotHeld() {
        lentToAnna();

        assertThat(lock.view().holds()).singleElement().satisfies(hold -> assertThat(hold.isLent()).isTrue());
        assertThat(lock.machine().held()).isEmpty();
        assertThat(lock.count("lent")).isEqualTo(1);
    }

    @Test
    void whoAsksForALentLockWaitsWhileItIsCalledInOnce() {
        lentToAnna();

        var ben = acquire(BEN);
        var cleo = acquire(CLEO);

        assertThat(lock.waits(ben)).isTrue();
        assertThat(lock.waits(cleo)).isTrue();
        assertThat(lock.takeNotes(Happening.Kind.CALLED_IN)).singleElement().satisfies(call -> assertThat(call.ticket().owner()).isEqualTo(ANNA));
    }

    @Test
    void aLoanThatIsHandedBackGoesToTheFirstInLineAboveAllFencesOfTheLoan() {
        long fence = lentToAnna();
        var ben = acquire(BEN);

        lock.asks(ANNA, new ReturnLoan(fence + 7));

        assertThat(lock.grant(ben).fence()).isGreaterThanOrEqualTo(fence + Lending.FENCES);
        assertThat(lock.grant(ben).abandoned()).isEmpty();
    }

    @Test
    void aLoanThatIsClaimedIsAHoldLikeAnyOther() {
        long fence = lentToAnna();
        var ben = acquire(BEN);

        lock.asks(ANNA, 5, new ClaimLock(fence + 3, 1, 40, false));

        assertThat(lock.waits(ben)).isTrue();
        assertThat(lock.view().holds()).containsExactly(new View.Hold(ANNA, 5, fence + 3, 1, 40));
        lock.asks(ANNA, new ReleaseLock(fence + 3));
        assertThat(lock.waits(ben)).isFalse();
    }

    @Test
    void aHoldThatLastsIsToldAndTheLoanGoesOn() {
        long fence = lentToAnna();

        lock.asks(ANNA, new ClaimLock(fence + 1, 1, 0, true));
        assertThat(lock.machine().held()).isPresent();
        lock.asks(ANNA, new KeepLock(fence + 1));

        assertThat(lock.count("lent")).isEqualTo(1);
    }

    @Test
    void aClaimUnderAFenceThatIsNotTheLoansIsRefused() {
        long fence = lentToAnna();

        assertThat(lock.refusal(lock.asks(ANNA, new ClaimLock(fence + Lending.FENCES, 1, 0, false)))).isEqualTo(Refusals.NOT_HELD);
        assertThat(lock.refusal(lock.asks(BEN, new ClaimLock(fence, 1, 0, false)))).isEqualTo(Refusals.NOT_HELD);
    }

    @Test
    void aCallThatCrossesWithARelaseIsAnsweredByTheLoan() {
        long fence = lock.grant(acquire(ANNA)).fence();
        var ben = acquire(BEN);

        lock.asks(ANNA, new KeepLock(fence));
        assertThat(lock.waits(ben)).as("she may hold it again").isTrue();
        lock.asks(ANNA, new ReturnLoan(fence));

        assertThat(lock.waits(ben)).isFalse();
    }

    @Test
    void theDeathOfABorrowerIsThatOfAHolder() {
        lentToAnna();
        var ben = acquire(BEN);

        var obituary = lock.departs(ANNA);

        assertThat(lock.grant(ben).abandoned()).contains(obituary);
    }

    @Test
    void aLoanCanBeTakenAwayAndWhatIsSaidOfItAfterwardsIsRefused() {
        long fence = lentToAnna();

        assertThat(lock.done(lock.asks(BEN, new BreakLock("anna", "ben")))).isTrue();

        assertThat(lock.takeNotes(Happening.Kind.CALLED_IN)).as("she is told").hasSize(1);
        assertThat(lock.refusal(lock.asks(ANNA, new ReturnLoan(fence)))).isEqualTo(Refusals.NOT_HELD);
        assertThat(lock.grant(acquire(BEN)).abandoned()).map(Obituary::owner).isEqualTo(Optional.of(ANNA));
    }

    @Test
    void aGrantThatComesTooLateTakesItsLoanWithIt() {
        long fence = lock.grant(acquire(ANNA)).fence();

        lock.asks(ANNA, new ReturnLock(fence));

        assertThat(lock.view().holds()).isEmpty();
        assertThat(lock.waits(acquire(BEN))).isFalse();
    }

    @Test
    void afterALoanThatWasOfNoUseOnlyTheSecondGrantInARowIsOne() {
        long fence = lentToAnna();
        var ben = acquire(BEN);
        lock.asks(ANNA, new ReturnLoan(fence));

        assertThat(lock.grant(ben).lentUntil()).isZero();
        lock.asks(BEN, new ReleaseLock(lock.grant(ben).fence()));
        assertThat(lock.grant(acquire(BEN)).lentUntil()).isPositive();
    }

    @Test
    void afterALoanThatWasOfUseTheNextGrantIsOne() {
        long fence = lentToAnna();
        var ben = acquire(BEN);
        lock.asks(ANNA, new ReturnLoan(fence + 1));

        assertThat(lock.grant(ben).lentUntil()).isPositive();
    }
}
