package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import procession.Row;
import procession.core.Command.AcquirePermits;
import procession.core.Command.ForSemaphore;
import procession.core.Command.ReleasePermits;

class SemaphoreMachineTest {

    private Stage<SemaphoreMachine, ForSemaphore> semaphore = Stage.of(new Spec.Semaphore(2, false));

    private void given(int permits) {
        semaphore = Stage.of(new Spec.Semaphore(permits, false));
    }

    private Ticket acquire(Owner owner, int permits) {
        return semaphore.asks(owner, new AcquirePermits(permits, true));
    }

    private Ticket release(Owner owner, int permits) {
        return semaphore.asks(owner, new ReleasePermits(permits, 0, true));
    }

    private long value() {
        return semaphore.count("value");
    }

    private long owed() {
        return semaphore.count("owed");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "5, 5"})
    void asManyPermitsAsItBeganWithAreGranted(int permits, int granted) {
        given(permits);

        var asked = Stream.generate(() -> acquire(ANNA, 1)).limit(permits + 1L).toList();

        assertThat(asked.stream().filter(ticket -> !semaphore.waits(ticket))).hasSize(granted);
        assertThat(value()).isZero();
    }

    @Test
    void everyGrantHasAHigherFence() {
        var first = acquire(ANNA, 1);
        var second = acquire(BEN, 1);

        assertThat(semaphore.grant(second).fence()).isGreaterThan(semaphore.grant(first).fence());
    }

    @Test
    @Row({"SEM-07", "G29"})
    void oneReleaseWakesOneAndTwoWakeTwo() {
        given(0);
        var first = acquire(ANNA, 1);
        var second = acquire(BEN, 1);
        var third = acquire(CLEO, 1);

        release(ANNA, 1);
        assertThat(Stream.of(first, second, third).map(semaphore::waits)).containsExactly(false, true, true);

        release(ANNA, 2);
        assertThat(Stream.of(first, second, third).map(semaphore::waits)).containsExactly(false, false, false);
    }

    @Test
    @Row({"SEM-10", "G29"})
    void aBigRequestIsNotOvertakenBySmallOnesBehindIt() {
        acquire(ANNA, 1);
        var big = acquire(BEN, 2);

        var small = acquire(CLEO, 1);

        assertThat(semaphore.waits(big)).isTrue();
        assertThat(semaphore.waits(small)).isTrue();
    }

    @Test
    void whenABigRequestExpiresThoseBehindItAreServed() {
        acquire(ANNA, 1);
        var big = acquire(BEN, 2);
        var small = acquire(CLEO, 1);

        semaphore.expires(big);

        assertThat(semaphore.timedOut(big)).isTrue();
        assertThat(semaphore.grant(small).units()).isEqualTo(1);
    }

    @Test
    @Row("K2")
    void whenABigRequestersProcessDepartsThoseBehindItAreServed() {
        acquire(ANNA, 1);
        acquire(BEN, 2);
        var small = acquire(CLEO, 1);

        semaphore.departs(BEN);

        assertThat(semaphore.grant(small).units()).isEqualTo(1);
    }

    @Test
    void anExpiryThatComesLateIsHarmless() {
        var anna = acquire(ANNA, 1);
        var before = semaphore.machine();

        semaphore.expires(anna);

        assertThat(semaphore.machine()).isSameAs(before);
    }

    @Test
    void aReleasePaysBackWhatTheReleaserOwes() {
        acquire(ANNA, 1);
        acquire(BEN, 1);

        release(BEN, 1);

        assertThat(semaphore.view().holds()).extracting(View.Hold::owner).containsExactly(ANNA);
        assertThat(value()).isEqualTo(1);
    }

    @Test
    void aReleasePaysTheGrantItNamesFirst() {
        var first = acquire(ANNA, 1);
        var second = acquire(ANNA, 1);

        semaphore.asks(ANNA, new ReleasePermits(1, semaphore.grant(second).fence(), true));

        assertThat(semaphore.view().holds()).extracting(View.Hold::fence).containsExactly(semaphore.grant(first).fence());
    }

    @Test
    void aReleaseThatNamesAnothersGrantDoesNotPayThatOne() {
        var anna = acquire(ANNA, 1);
        acquire(BEN, 1);

        semaphore.asks(BEN, new ReleasePermits(1, semaphore.grant(anna).fence(), true));

        assertThat(semaphore.view().holds()).extracting(View.Hold::owner).containsExactly(ANNA);
    }

    @Test
    void partOfAGrantMayBeReleased() {
        var anna = acquire(ANNA, 2);

        semaphore.asks(ANNA, new ReleasePermits(1, semaphore.grant(anna).fence(), true));

        assertThat(semaphore.view().holds()).containsExactly(new View.Hold(ANNA, 1, semaphore.grant(anna).fence(), 1, 0));
        assertThat(value()).isEqualTo(1);
    }

    @Test
    @Row("SEM-06")
    void aSignalAddsAPermitAndWritesOffTheLongestOwedOne() {
        acquire(ANNA, 1);
        acquire(BEN, 1);

        release(CLEO, 1);

        assertThat(value()).isEqualTo(1);
        assertThat(semaphore.view().holds()).extracting(View.Hold::owner).containsExactly(BEN);
    }

    @Test
    void aReleaseOfMoreThanIsOwedSignalsTheRest() {
        acquire(ANNA, 1);
        acquire(BEN, 1);

        release(BEN, 3);

        assertThat(value()).isEqualTo(3);
        assertThat(owed()).isZero();
    }

    @Test
    void aSignalWithNothingOwedRaisesTheCountAboveTheInitialOne() {
        release(CLEO, 1);

        assertThat(value()).isEqualTo(3);
        assertThat(owed()).isZero();
    }

    @Test
    void permitsAboveTheInitialCountOweNothing() {
        given(1);
        release(CLEO, 1);

        acquire(ANNA, 2);

        assertThat(value()).isZero();
        assertThat(owed()).isEqualTo(1);
    }

    @Test
    void aProducersSignalsAreNotTakenBackByTheConsumersDeath() {
        given(0);
        release(ANNA, 2);
        acquire(BEN, 1);

        semaphore.departs(BEN);

        assertThat(value()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "2, 1", "1, 3"})
    @Row({"SEM-09", "G01"})
    void aDeathNeverChangesValuePlusOwed(int acquired, int signals) {
        acquire(ANNA, acquired);
        if (signals > 0) {
            release(CLEO, signals);
        }
        long before = value() + owed();

        semaphore.departs(ANNA);

        assertThat(value() + owed()).isEqualTo(before);
        assertThat(semaphore.view().holds()).isEmpty();
    }

    @Test
    @Row({"SEM-09", "G01"})
    void aDeathReturnsWhatWasOwedToThoseWhoWait() {
        acquire(ANNA, 2);
        var ben = acquire(BEN, 1);
        var cleo = acquire(CLEO, 1);

        semaphore.departs(ANNA);

        assertThat(semaphore.grant(ben).fence()).isLessThan(semaphore.grant(cleo).fence());
    }

    @Test
    void aPermitThatWasWrittenOffIsNotReturnedAgainByItsTakersDeath() {
        acquire(ANNA, 1);
        release(CLEO, 1);

        semaphore.departs(ANNA);

        assertThat(value()).isEqualTo(2);
    }

    @Test
    @Row("SEM-05")
    void moreThanItCanCountIsRefusedAndChangesNothing() {
        var before = semaphore.machine();

        var release = release(ANNA, Integer.MAX_VALUE);

        assertThat(semaphore.refusal(release)).isEqualTo(Refusals.TOO_MANY);
        assertThat(semaphore.machine()).isSameAs(before);
    }

    @Test
    void theLargestCountSurvivesADeath() {
        given(Integer.MAX_VALUE);
        acquire(ANNA, Integer.MAX_VALUE);

        semaphore.departs(ANNA);

        assertThat(value()).isEqualTo(Integer.MAX_VALUE);
    }

    // With a bound.

    private void givenBound(int permits) {
        semaphore = Stage.of(new Spec.Semaphore(permits, true));
    }

    @Test
    @Row("BSEM-01")
    void withABoundItIsTakenAndReturnedAsWithout() {
        givenBound(2);
        acquire(ANNA, 1);
        acquire(BEN, 1);
        var cleo = acquire(CLEO, 1);
        assertThat(semaphore.waits(cleo)).isTrue();

        release(ANNA, 1);

        assertThat(semaphore.grant(cleo).units()).isEqualTo(1);
        release(BEN, 1);
        release(CLEO, 1);
        assertThat(value()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "2, 1", "2, 7"})
    @Row({"BSEM-02", "BSEM-04"})
    void aReleaseBeyondTheBoundIsRefusedAndChangesNothing(int bound, int permits) {
        givenBound(bound);
        var before = semaphore.machine();

        var release = release(ANNA, permits);

        assertThat(semaphore.refusal(release)).isEqualTo(Refusals.TOO_MANY);
        assertThat(semaphore.machine()).isSameAs(before);
    }

    @Test
    @Row("BSEM-02")
    void aReleaseOfWhichOnlyAPartFitsIsRefusedAsAWhole() {
        givenBound(2);
        acquire(ANNA, 1);
        var before = semaphore.machine();

        var release = release(ANNA, 2);

        assertThat(semaphore.refusal(release)).isEqualTo(Refusals.TOO_MANY);
        assertThat(semaphore.machine()).isSameAs(before);
    }

    @Test
    @Row({"BSEM-03", "G02"})
    void whoNeverAcquiredMayReleaseWhatAnotherOwesAndNoMore() {
        givenBound(2);
        acquire(ANNA, 1);

        assertThat(semaphore.done(release(CLEO, 1))).isTrue();

        assertThat(value()).isEqualTo(2);
        assertThat(semaphore.refusal(release(ANNA, 1))).as("it has been written off").isEqualTo(Refusals.TOO_MANY);
        assertThat(semaphore.refusal(release(CLEO, 1))).isEqualTo(Refusals.TOO_MANY);
    }

    @Test
    @Row({"BSEM-05", "G02"})
    void ofTwoReleasesTooManyAtOnceOneIsRefused() {
        givenBound(1);
        acquire(ANNA, 1);

        var both = List.of(release(BEN, 1), release(CLEO, 1));

        assertThat(both.stream().filter(semaphore::done)).hasSize(1);
        assertThat(value()).isEqualTo(1);
    }

    @Test
    @Row("BSEM-04")
    void ofNoPermitsThereIsNothingToTake() {
        givenBound(0);

        var anna = acquire(ANNA, 1);
        semaphore.expires(anna);

        assertThat(semaphore.timedOut(anna)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "2, 1", "2, 2"})
    void noDeathLiftsItAboveItsBound(int acquired, int signals) {
        givenBound(2);
        acquire(ANNA, acquired);
        for (int i = 0; i < signals; i++) {
            release(CLEO, 1);
        }

        semaphore.departs(ANNA);

        assertThat(value()).isEqualTo(2);
        assertThat(owed()).isZero();
    }

    // Unowned.

    private Ticket acquireUnowned(Owner owner, int permits) {
        return semaphore.asks(owner, new AcquirePermits(permits, false));
    }

    private Ticket releaseUnowned(Owner owner, int permits) {
        return semaphore.asks(owner, new ReleasePermits(permits, 0, false));
    }

    @Test
    void whatIsTakenUnownedIsOwedByNobodySoADeathBringsNothingBack() {
        acquireUnowned(ANNA, 2);
        assertThat(owed()).isZero();
        assertThat(semaphore.view().holds()).isEmpty();

        semaphore.departs(ANNA);

        assertThat(value()).isZero();
    }

    @Test
    void anUnownedReleaseAddsAPermitAndWritesOffNothing() {
        acquire(ANNA, 1);

        releaseUnowned(BEN, 1);

        assertThat(value()).isEqualTo(2);
        assertThat(owed()).isEqualTo(1);
    }

    @Test
    void whoTakesUnownedStandsInTheSameLine() {
        acquire(ANNA, 2);
        var ben = acquireUnowned(BEN, 1);
        var cleo = acquire(CLEO, 1);

        release(ANNA, 1);

        assertThat(semaphore.grant(ben).units()).isEqualTo(1);
        assertThat(semaphore.waits(cleo)).isTrue();
    }

    @Test
    void theBoundHoldsForUnownedPermitsToo() {
        givenBound(2);
        acquireUnowned(ANNA, 1);

        assertThat(semaphore.done(releaseUnowned(BEN, 1))).isTrue();
        assertThat(semaphore.refusal(releaseUnowned(BEN, 1))).isEqualTo(Refusals.TOO_MANY);
    }
}
