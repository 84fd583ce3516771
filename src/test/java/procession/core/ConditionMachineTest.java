package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.DORA;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Row;
import procession.core.Command.AcquireLock;
import procession.core.Command.AwaitCondition;
import procession.core.Command.BreakLock;
import procession.core.Command.ForLock;
import procession.core.Command.ReleaseLock;
import procession.core.Command.Signal;

/** Conditions, which are part of their lock's machine. */
class ConditionMachineTest {

    private static final String FULL = "full";
    private static final String EMPTY = "empty";

    private Stage<LockMachine, ForLock> lock = Stage.of(new Spec.Lock(false));

    private void givenReentrant() {
        lock = Stage.of(new Spec.Lock(true));
    }

    private Ticket acquire(Owner owner) {
        return lock.asks(owner, new AcquireLock());
    }

    private long fence() {
        return lock.view().holds().getFirst().fence();
    }

    private Owner holder() {
        return lock.view().holds().getFirst().owner();
    }

    /** The holder gives it back, once. */
    private void release() {
        assertThat(lock.done(lock.asks(holder(), new ReleaseLock(fence())))).isTrue();
    }

    /** The holder waits. */
    private Ticket await(String condition, int depth) {
        return lock.asks(holder(), new AwaitCondition(condition, fence(), depth));
    }

    /** Acquires the lock, which is free, and waits. */
    private Ticket sleeps(Owner owner, String condition) {
        acquire(owner);
        return await(condition, 1);
    }

    private List<Ticket> sixSleep(int from) {
        return IntStream.range(from, from + 6).mapToObj(i -> sleeps(new Owner(10 + i), FULL)).toList();
    }

    private void signal(String condition, int waiters) {
        assertThat(lock.done(lock.asks(holder(), new Signal(condition, fence(), waiters)))).isTrue();
    }

    /** Somebody signals, and gives the lock back; who gets it then gives it back at once, and so on. */
    private List<Ticket> wokenBy(Owner signaller, int waiters) {
        int before = lock.answeredInOrder().size();
        acquire(signaller);
        signal(FULL, waiters);
        while (!lock.view().holds().isEmpty()) {
            release();
        }
        return new ArrayList<>(lock.answeredInOrder().subList(before, lock.answeredInOrder().size())).stream()
                .filter(ticket -> lock.reply(ticket) instanceof Reply.Resumed).toList();
    }

    // Waiting and signalling.

    @Test
    void whoWaitsGivesTheLockUpAndHasItUnderANewFenceAfterwards() {
        var anna = sleeps(ANNA, FULL);
        assertThat(lock.view().holds()).isEmpty();
        assertThat(lock.view().sleeping()).containsExactly(anna);

        acquire(BEN);
        long others = fence();
        signal(FULL, 1);
        release();

        assertThat(lock.resumed(anna).signalled()).isTrue();
        assertThat(lock.resumed(anna).fence()).isGreaterThan(others);
        assertThat(holder()).isEqualTo(ANNA);
    }

    @Test
    void whoIsSignalledWaitsForTheLockLikeEveryoneElse() {
        var anna = sleeps(ANNA, FULL);
        acquire(BEN);
        var cleo = acquire(CLEO);

        signal(FULL, 1);

        assertThat(lock.waits(anna)).isTrue();
        assertThat(lock.view().waiting()).as("behind who asked before").containsExactly(cleo, anna);
        assertThat(lock.view().sleeping()).isEmpty();
    }

    @Test
    @Row({"COND-02", "COND-03", "G29"})
    void signalsWakeAsManyAsTheySayThoseFirstWhoHaveWaitedLongest() {
        var six = sixSleep(0);

        assertThat(wokenBy(DORA, 2)).containsExactlyElementsOf(six.subList(0, 2));
        assertThat(wokenBy(DORA, 4)).containsExactlyElementsOf(six.subList(2, 6));
        assertThat(wokenBy(DORA, 3)).isEmpty();
    }

    @Test
    @Row("COND-04")
    void whoseTimeWasOverUsesUpNoSignal() {
        var expired = sixSleep(0);
        expired.forEach(lock::expires);
        while (!lock.view().holds().isEmpty()) {
            release();
        }
        assertThat(expired).allSatisfy(waiter -> assertThat(lock.resumed(waiter).signalled()).isFalse());

        var six = sixSleep(6);

        assertThat(wokenBy(DORA, Integer.MAX_VALUE)).containsExactlyElementsOf(six);
        assertThat(lock.view().sleeping()).isEmpty();
        assertThat(lock.count("sleeping")).isZero();
    }

    @Test
    void aSignalThatNobodyWaitsForIsNotKept() {
        acquire(ANNA);
        signal(FULL, 1);
        release();

        var ben = sleeps(BEN, FULL);

        assertThat(lock.waits(ben)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    @Row("COND-11")
    void aSignalForNobodyWakesNobody(int waiters) {
        var anna = sleeps(ANNA, FULL);
        acquire(BEN);

        signal(FULL, waiters);

        assertThat(lock.view().sleeping()).containsExactly(anna);
    }

    @Test
    @Row("COND-12")
    void twoConditionsShareALockAndNoSignals() {
        var full = sleeps(ANNA, FULL);
        var empty = sleeps(BEN, EMPTY);
        acquire(CLEO);

        signal(EMPTY, 5);

        assertThat(lock.view().sleeping()).containsExactly(full);
        assertThat(lock.view().waiting()).containsExactly(empty);
        assertThat(lock.count("sleeping full")).isEqualTo(1);
        assertThat(lock.count("sleeping empty")).isZero();
    }

    // Time.

    @Test
    @Row("COND-06")
    void whoseTimeIsOverHasTheLockAgainAndIsToldThatNoSignalCame() {
        var anna = sleeps(ANNA, FULL);

        lock.expires(anna);

        assertThat(lock.resumed(anna).signalled()).isFalse();
        assertThat(holder()).isEqualTo(ANNA);
    }

    @Test
    @Row("COND-06")
    void whoseTimeIsOverWhileAnotherHoldsTheLockWaitsForThatOne() {
        var anna = sleeps(ANNA, FULL);
        acquire(BEN);

        lock.expires(anna);
        assertThat(lock.waits(anna)).isTrue();

        release();
        assertThat(lock.resumed(anna).signalled()).isFalse();
    }

    @Test
    @Row("COND-07")
    void anExpiryAfterTheSignalTakesNothingBack() {
        var anna = sleeps(ANNA, FULL);
        acquire(BEN);
        signal(FULL, 1);

        lock.expires(anna);
        release();

        assertThat(lock.resumed(anna).signalled()).isTrue();
    }

    // Misuse.

    @Test
    @Row({"COND-01", "G31"})
    void whoDoesNotHoldTheLockNeitherWaitsNorSignals() {
        sleeps(ANNA, FULL);
        acquire(BEN);
        var before = lock.machine();

        var refused = List.of(
                lock.asks(CLEO, new AwaitCondition(FULL, fence(), 1)), lock.asks(CLEO, new Signal(FULL, fence(), 1)),
                lock.asks(BEN, new AwaitCondition(FULL, fence() - 1, 1)), lock.asks(BEN, new Signal(FULL, fence() + 1, 1)));

        assertThat(refused.stream().map(lock::refusal)).containsOnly(Refusals.NOT_HELD);
        assertThat(lock.machine()).isSameAs(before);
    }

    @Test
    @Row("COND-01")
    void nobodyWaitsOrSignalsOnALockThatIsFree() {
        var before = lock.machine();

        var refused = List.of(lock.asks(ANNA, new AwaitCondition(FULL, 1, 1)), lock.asks(ANNA, new Signal(FULL, 1, 1)));

        assertThat(refused.stream().map(lock::refusal)).containsOnly(Refusals.NOT_HELD);
        assertThat(lock.machine()).isSameAs(before);
    }

    // Depth.

    @Test
    @Row("COND-08")
    void aWaitGivesUpEveryLevelAndGetsThemAllBack() {
        givenReentrant();
        acquire(ANNA);
        acquire(ANNA);
        var anna = await(FULL, 2);
        assertThat(lock.view().holds()).isEmpty();

        acquire(BEN);
        signal(FULL, 1);
        release();

        assertThat(lock.resumed(anna).depth()).isEqualTo(2);
        release();
        assertThat(lock.waits(acquire(CLEO))).as("still held once").isTrue();
        release();
        assertThat(holder()).isEqualTo(CLEO);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 1})
    void whoKnowsOfFewerLevelsGetsBackNoMoreThanThose(int known) {
        givenReentrant();
        acquire(ANNA);
        acquire(ANNA);

        lock.expires(await(FULL, known));

        assertThat(lock.view().holds().getFirst().units()).isEqualTo(1);
    }

    @Test
    void nobodyGetsBackMoreLevelsThanThereWere() {
        givenReentrant();
        acquire(ANNA);

        lock.expires(await(FULL, 7));

        assertThat(lock.view().holds().getFirst().units()).isEqualTo(1);
    }

    // Death.

    @Test
    @Row({"COND-13", "G04", "K2"})
    void aWaiterThatDiedUsesUpNoSignalAndHoldsUpNobody() {
        sleeps(ANNA, FULL);
        var ben = sleeps(BEN, FULL);
        lock.departs(ANNA);

        acquire(CLEO);
        signal(FULL, 1);
        release();

        assertThat(lock.resumed(ben).signalled()).isTrue();
        assertThat(lock.resumed(ben).abandoned()).as("who waits holds nothing").isEmpty();
    }

    @Test
    @Row("G01")
    void whoIsWokenIsToldThatTheSignallerDiedWithTheLock() {
        var anna = sleeps(ANNA, FULL);
        acquire(BEN);
        signal(FULL, 1);

        var obituary = lock.departs(BEN);

        assertThat(lock.resumed(anna).signalled()).isTrue();
        assertThat(lock.resumed(anna).abandoned()).contains(obituary);
    }

    @Test
    void oneWhoIsWokenAndDiesBeforeItHasTheLockIsSkipped() {
        sleeps(ANNA, FULL);
        var ben = sleeps(BEN, FULL);
        acquire(CLEO);
        signal(FULL, 2);

        lock.departs(ANNA);
        release();

        assertThat(lock.resumed(ben).abandoned()).isEmpty();
    }

    @Test
    @Row("COND-13")
    void theSignalOfOneWhoIsWokenAndDiesBeforeItHasTheLockGoesToTheNext() {
        sleeps(ANNA, FULL);
        sleeps(BEN, EMPTY);
        var next = sleeps(DORA, FULL);
        acquire(CLEO);
        signal(FULL, 1);

        lock.departs(ANNA);
        release();

        assertThat(lock.resumed(next).signalled()).isTrue();
        assertThat(lock.view().sleeping()).hasSize(1);
    }

    @Test
    void whoDiesLeavesAllConditionsItWaitedFor() {
        lock.asks(ANNA, 1, new AcquireLock());
        lock.asks(ANNA, 1, new AwaitCondition(FULL, fence(), 1));
        lock.asks(ANNA, 2, new AcquireLock());
        lock.asks(ANNA, 2, new AwaitCondition(EMPTY, fence(), 1));

        lock.departs(ANNA);

        assertThat(lock.view().sleeping()).isEmpty();
        assertThat(lock.view().counts()).isEqualTo(java.util.Map.of("sleeping", 0L));
    }

    @Test
    void whoWaitsForAConditionLosesNothingWhenTheLockIsTakenAway() {
        var anna = sleeps(ANNA, FULL);
        acquire(BEN);
        lock.asks(DORA, new BreakLock("process-2", "process-4"));

        acquire(CLEO);
        signal(FULL, 1);
        release();

        assertThat(lock.resumed(anna).signalled()).isTrue();
    }

    @Test
    void everyoneIsAnsweredOnce() {
        var all = Stream.of(sixSleep(0), sixSleep(6)).flatMap(List::stream).toList();
        all.subList(3, 5).forEach(lock::expires);
        while (!lock.view().holds().isEmpty()) {
            release();
        }

        wokenBy(DORA, Integer.MAX_VALUE);

        lock.everyLivingTicketIsAnswered();
    }
}
