package procession.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import procession.Row;
import procession.pool.Deed.End;
import procession.pool.Deed.Give;
import procession.pool.Deed.Kill;
import procession.pool.Deed.Recall;
import procession.pool.Deed.Retire;
import procession.pool.Deed.Start;

/** What is to be done because of what has happened, case by case. Workers and jobs are numbered from 1. */
class DispatchTest {

    private static final long PAUSE = 100;
    private static final long LONGEST = 300;

    private Dispatch dispatch;

    private List<Deed> open(int workers, int tasksPerWorker, int tries) {
        dispatch = new Dispatch(new Plan(workers, tasksPerWorker, tries, PAUSE, LONGEST));
        return dispatch.open(0);
    }

    /** A job for which a worker need not be told anything. */
    private List<Deed> submitted(long job, int tasks, int repeats, boolean mayGoAhead, long now) {
        return dispatch.submitted(job, tasks, repeats, mayGoAhead, "", now);
    }

    private void oneIdle() {
        open(1, 0, 3);
        dispatch.ready(1, 0);
    }

    private void oneBusy(int repeats) {
        oneIdle();
        submitted(1, 1, repeats, false, 0);
    }

    @Test
    void workersAreStartedAtOnceAndGetJobsInTheOrderOfTheirComing() {
        assertThat(open(2, 0, 3)).containsExactly(new Start(1), new Start(2));
        assertThat(submitted(1, 1, 0, false, 0)).isEmpty();
        assertThat(submitted(2, 1, 0, false, 0)).isEmpty();
        assertThat(submitted(3, 1, 0, false, 0)).isEmpty();
        assertThat(dispatch.ready(2, 0)).containsExactly(new Give(2, 1));
        assertThat(dispatch.ready(1, 0)).containsExactly(new Give(1, 2));
        assertThat(dispatch.done(2, 0)).containsExactly(new End(1, Verdict.DONE, 2), new Give(2, 3));
    }

    @Test
    @Row("POOL-15")
    void whoDiesBusyTakesItsJobWithItAndIsReplaced() {
        oneBusy(0);
        assertThat(dispatch.gone(1, Set.of(), 0)).containsExactly(new End(1, Verdict.LOST, 1), new Start(2));
    }

    @Test
    void aRepeatableJobGoesToTheNextAheadOfTheOthersAndNotForEver() {
        oneBusy(1);
        submitted(2, 1, 0, false, 0);
        assertThat(dispatch.gone(1, Set.of(), 0)).containsExactly(new Start(2));
        assertThat(dispatch.ready(2, 0)).containsExactly(new Give(2, 1));
        assertThat(dispatch.gone(2, Set.of(), 0)).containsExactly(new End(1, Verdict.LOST, 2), new Start(3));
    }

    @Test
    @Row("POOL-16")
    void whatAWorkerNeverReceivedGoesToTheNext() {
        oneBusy(0);
        assertThat(dispatch.gone(1, Set.of(1L), 0)).isEmpty();
        assertThat(dispatch.tick(PAUSE)).containsExactly(new Start(2));
        assertThat(dispatch.ready(2, PAUSE)).containsExactly(new Give(2, 1));
    }

    @Test
    void whoIsAwayGetsNothingMore() {
        oneIdle();
        dispatch.away(1);
        assertThat(submitted(1, 1, 0, false, 0)).isEmpty();
        oneBusy(0);
        dispatch.away(1);
        submitted(2, 1, 0, false, 0);
        assertThat(dispatch.done(1, 0)).containsExactly(new End(1, Verdict.DONE, 1));
        assertThat(dispatch.gone(1, Set.of(), 0)).containsExactly(new Start(2));
    }

    @Test
    @Row("POOL-16")
    void whoDiesIdleIsReplacedAndNothingIsLost() {
        oneBusy(0);
        dispatch.done(1, 0);
        assertThat(dispatch.gone(1, Set.of(), 0)).containsExactly(new Start(2));
    }

    @Test
    @Row("G17")
    void whoDiesWithoutHavingDoneAnythingIsReplacedAfterAPauseThatGrows() {
        oneIdle();
        assertThat(dispatch.gone(1, Set.of(), 0)).isEmpty();
        assertThat(dispatch.wakeAt()).hasValue(PAUSE);
        assertThat(dispatch.tick(PAUSE)).containsExactly(new Start(2));
        dispatch.ready(2, PAUSE);
        dispatch.gone(2, Set.of(), PAUSE);
        assertThat(dispatch.wakeAt()).hasValue(3 * PAUSE);
        dispatch.tick(3 * PAUSE);
        dispatch.ready(3, 3 * PAUSE);
        dispatch.gone(3, Set.of(), 3 * PAUSE);
        assertThat(dispatch.wakeAt()).hasValue(3 * PAUSE + LONGEST);
    }

    @Test
    @Row("G17")
    void startsThatFailEndThePoolAfterSomeTries() {
        open(1, 0, 2);
        submitted(1, 1, 5, false, 0);
        assertThat(dispatch.gone(1, Set.of(), 0)).isEmpty();
        assertThat(dispatch.tick(PAUSE)).containsExactly(new Start(2));
        assertThat(dispatch.gone(2, Set.of(), PAUSE)).containsExactly(new End(1, Verdict.BROKEN, 0));
        assertThat(dispatch.isBroken()).isTrue();
        assertThat(dispatch.isOver()).isTrue();
        assertThat(dispatch.wakeAt()).isEmpty();
        assertThatThrownBy(() -> submitted(2, 1, 0, false, PAUSE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPoolWithAWorkerThatWorksDoesNotEndAndTriesOneAtATime() {
        open(3, 0, 2);
        dispatch.ready(1, 0);
        dispatch.gone(2, Set.of(), 0);
        dispatch.gone(3, Set.of(), 0);
        assertThat(dispatch.isBroken()).isFalse();
        assertThat(dispatch.tick(10 * PAUSE)).containsExactly(new Start(4));
        assertThat(dispatch.gone(1, Set.of(), 10 * PAUSE)).isEmpty();
        assertThat(dispatch.isBroken()).isFalse();
        assertThat(dispatch.gone(4, Set.of(), 10 * PAUSE)).isEmpty();
        assertThat(dispatch.isBroken()).isTrue();
    }

    @Test
    void aStartThatSucceedsForgivesThoseThatFailed() {
        open(1, 0, 2);
        dispatch.gone(1, Set.of(), 0);
        dispatch.tick(PAUSE);
        dispatch.ready(2, PAUSE);
        dispatch.gone(2, Set.of(), PAUSE);
        dispatch.tick(10 * PAUSE);
        dispatch.gone(3, Set.of(), 10 * PAUSE);
        assertThat(dispatch.isBroken()).isFalse();
    }

    @Test
    void whatIsCancelledNeverBeginsOrItsWorkerIsEndedAndReplaced() {
        oneBusy(3);
        submitted(2, 1, 0, false, 0);
        assertThat(dispatch.cancelled(2, 0)).containsExactly(new End(2, Verdict.CANCELLED, 0));
        assertThat(dispatch.cancelled(1, 0)).containsExactly(new End(1, Verdict.CANCELLED, 1), new Kill(1), new Start(2));
        assertThat(dispatch.done(1, 0)).isEmpty();
        assertThat(dispatch.cancelled(1, 0)).isEmpty();
        assertThat(dispatch.gone(1, Set.of(), 0)).isEmpty();
    }

    @Test
    @Row("POOL-21")
    void aWorkerThatHasDoneItsTasksIsReplaced() {
        open(1, 5, 3);
        dispatch.ready(1, 0);
        submitted(1, 4, 0, false, 0);
        assertThat(dispatch.done(1, 0)).containsExactly(new End(1, Verdict.DONE, 1));
        submitted(2, 4, 0, false, 0);
        assertThat(dispatch.done(1, 0)).containsExactly(new End(2, Verdict.DONE, 1), new Retire(1), new Start(2));
        assertThat(dispatch.gone(1, Set.of(), 0)).isEmpty();
    }

    @Test
    @Row("POOL-18")
    void aPoolThatIsShutDownDoesWhatItHasThenItsWorkersEnd() {
        oneBusy(0);
        submitted(2, 1, 0, false, 0);
        assertThat(dispatch.shutdown(0)).isEmpty();
        assertThatThrownBy(() -> submitted(3, 1, 0, false, 0)).isInstanceOf(IllegalStateException.class);
        assertThat(dispatch.done(1, 0)).containsExactly(new End(1, Verdict.DONE, 1), new Give(1, 2));
        assertThat(dispatch.gone(1, Set.of(), 0)).containsExactly(new End(2, Verdict.LOST, 1));
        assertThat(dispatch.isOver()).isTrue();
    }

    @Test
    void aPoolThatIsShutDownReplacesWhomItStillNeedsAndNobodyElse() {
        open(3, 0, 3);
        dispatch.ready(1, 0);
        submitted(1, 1, 1, false, 0);
        assertThat(dispatch.shutdown(0)).containsExactly(new Kill(2), new Kill(3));
        assertThat(dispatch.gone(1, Set.of(), 0)).containsExactly(new Start(4));
        assertThat(dispatch.ready(4, 0)).containsExactly(new Give(4, 1));
        assertThat(dispatch.done(4, 0)).containsExactly(new End(1, Verdict.DONE, 4), new Retire(4));
    }

    @Test
    void whatIsPendingWhenAPoolIsTerminatedIsCancelled() {
        oneBusy(2);
        submitted(2, 1, 2, false, 0);
        assertThat(dispatch.terminated(0)).containsExactly(new End(2, Verdict.CANCELLED, 0), new End(1, Verdict.CANCELLED, 1),
                new Kill(1));
        assertThat(dispatch.isOver()).isFalse();
        assertThat(dispatch.gone(1, Set.of(), 0)).isEmpty();
        assertThat(dispatch.isOver()).isTrue();
    }

    // What is sent ahead.

    private void oneBusyWithOneAhead() {
        open(1, 0, 3);
        dispatch.ready(1, 0);
        for (long job = 1; job <= 3; job++) {
            submitted(job, 1, 0, true, 0);
        }
    }

    @Test
    void whileThereIsEnoughForEverybodyABusyWorkerGetsOneJobAhead() {
        oneIdle();
        assertThat(submitted(1, 1, 0, true, 0)).containsExactly(new Give(1, 1));
        assertThat(submitted(2, 1, 0, true, 0)).containsExactly(new Give(1, 2));
        assertThat(submitted(3, 1, 0, true, 0)).isEmpty();
        assertThat(dispatch.done(1, 0)).containsExactly(new End(1, Verdict.DONE, 1), new Give(1, 3));
        assertThat(dispatch.done(1, 0)).containsExactly(new End(2, Verdict.DONE, 1));
    }

    @Test
    void whatIsNotEnoughForEverybodyStaysInLine() {
        open(2, 0, 3);
        dispatch.ready(1, 0);
        submitted(1, 1, 0, true, 0);
        assertThat(submitted(2, 1, 0, true, 0)).isEmpty();
        assertThat(submitted(3, 1, 0, true, 0)).containsExactly(new Give(1, 2));
        assertThat(dispatch.ready(2, 0)).containsExactly(new Give(2, 3));
    }

    @Test
    void aJobThatMayNotGoAheadStaysInLine() {
        oneBusy(0);
        assertThat(submitted(2, 1, 0, false, 0)).isEmpty();
    }

    @Test
    @Row("POOL-21")
    void aWorkerThatIsToBeReplacedGetsNothingAhead() {
        open(1, 1, 3);
        dispatch.ready(1, 0);
        submitted(1, 1, 0, true, 0);
        assertThat(submitted(2, 1, 0, true, 0)).isEmpty();
    }

    @Test
    void aWorkerThatMayNotKnowYetWhatAJobNeedsGetsItOnlyWhenItIsIdle() {
        oneIdle();
        for (long job = 1; job <= 4; job++) {
            dispatch.submitted(job, 1, 0, true, job < 4 ? "type" : "other", 0);
        }
        assertThat(dispatch.done(1, 0)).containsExactly(new End(1, Verdict.DONE, 1), new Give(1, 2), new Give(1, 3));
        assertThat(dispatch.done(1, 0)).containsExactly(new End(2, Verdict.DONE, 1));
        assertThat(dispatch.done(1, 0)).containsExactly(new End(3, Verdict.DONE, 1), new Give(1, 4));
    }

    @Test
    void whoHasNothingToDoGetsWhatWaitsInAnothersPipe() {
        open(2, 0, 3);
        dispatch.ready(1, 0);
        for (long job = 1; job <= 3; job++) {
            submitted(job, 1, 0, true, 0);
        }
        dispatch.ready(2, 0);
        assertThat(dispatch.done(2, 0)).containsExactly(new End(3, Verdict.DONE, 2), new Recall(1));
        assertThat(dispatch.takenBack(1, Set.of(2L), 0)).containsExactly(new Give(2, 2));
        assertThat(dispatch.done(1, 0)).containsExactly(new End(1, Verdict.DONE, 1));
    }

    @Test
    void whatWasReceivedInTheMeantimeIsDoneWhereItIs() {
        open(2, 0, 3);
        dispatch.ready(1, 0);
        for (long job = 1; job <= 3; job++) {
            submitted(job, 1, 0, true, 0);
        }
        dispatch.ready(2, 0);
        dispatch.done(2, 0);
        assertThat(dispatch.takenBack(1, Set.of(), 0)).isEmpty();
        assertThat(dispatch.done(1, 0)).containsExactly(new End(1, Verdict.DONE, 1));
        assertThat(dispatch.done(1, 0)).containsExactly(new End(2, Verdict.DONE, 1));
    }

    @Test
    @Row("POOL-15")
    void aDeathTakesTheJobThatWasBegunAndNotTheOneBehindIt() {
        oneBusyWithOneAhead();
        assertThat(dispatch.gone(1, Set.of(2L), 0)).containsExactly(new End(1, Verdict.LOST, 1), new Start(2));
        assertThat(dispatch.ready(2, 0)).containsExactly(new Give(2, 2), new Give(2, 3));
    }

    @Test
    void whatIsCancelledInAPipeIsTakenBackAndNeverBegins() {
        oneBusyWithOneAhead();
        assertThat(dispatch.cancelled(2, 0)).containsExactly(new End(2, Verdict.CANCELLED, 1), new Recall(1));
        assertThat(dispatch.takenBack(1, Set.of(2L), 0)).containsExactly(new Give(1, 3));
    }

    @Test
    void whatIsCancelledInAPipeAndWasReceivedMeanwhileEndsItsWorker() {
        oneBusyWithOneAhead();
        dispatch.cancelled(2, 0);
        assertThat(dispatch.takenBack(1, Set.of(), 0)).isEmpty();
        assertThat(dispatch.done(1, 0)).containsExactly(new End(1, Verdict.DONE, 1), new Kill(1), new Start(2));
        assertThat(dispatch.gone(1, Set.of(), 0)).isEmpty();
    }

    @Test
    void whatWaitsBehindACancelledJobIsDoneByAnother() {
        oneBusyWithOneAhead();
        assertThat(dispatch.cancelled(1, 0)).containsExactly(new End(1, Verdict.CANCELLED, 1), new Recall(1));
        assertThat(dispatch.takenBack(1, Set.of(2L), 0)).containsExactly(new Kill(1), new Start(2));
        assertThat(dispatch.gone(1, Set.of(), 0)).isEmpty();
        assertThat(dispatch.ready(2, 0)).startsWith(new Give(2, 2));
    }

    @Test
    void aWorkerThatHasBegunWithTheNextIsNotEndedForACancelledJob() {
        oneBusyWithOneAhead();
        dispatch.cancelled(1, 0);
        assertThat(dispatch.takenBack(1, Set.of(), 0)).isEmpty();
        assertThat(dispatch.done(1, 0)).containsExactly(new Give(1, 3));
        assertThat(dispatch.done(1, 0)).containsExactly(new End(2, Verdict.DONE, 1));
    }

    @Test
    @Row("POOL-18")
    void aPoolThatIsShutDownKeepsWhoCanDoWhatWaitsInAnothersPipe() {
        open(2, 0, 3);
        dispatch.ready(1, 0);
        for (long job = 1; job <= 3; job++) {
            submitted(job, 1, 0, true, 0);
        }
        dispatch.ready(2, 0);
        dispatch.shutdown(0);
        assertThat(dispatch.done(2, 0)).containsExactly(new End(3, Verdict.DONE, 2), new Recall(1));
        assertThat(dispatch.takenBack(1, Set.of(2L), 0)).containsExactly(new Give(2, 2));
        assertThat(dispatch.done(2, 0)).containsExactly(new End(2, Verdict.DONE, 2), new Retire(2));
    }
}
