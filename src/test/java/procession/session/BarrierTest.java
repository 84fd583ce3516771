package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Barrier;
import procession.BrokenBarrierException;
import procession.Row;

/** Barriers among the threads of one process. */
class BarrierTest extends OneProcess {

    private static void isBroken(Elsewhere<?> call, String why) throws Exception {
        assertThat(call.error()).isInstanceOf(BrokenBarrierException.class).hasMessageContaining(why);
    }

    // Rounds.

    @Test
    @Row({"BAR-01", "BAR-02"})
    void allGoThroughTenRoundsTogetherEachWithANumberOfItsOwn() throws Exception {
        var barrier = run.barrier(3);
        var arrived = new AtomicInteger();
        var parties = new ArrayList<Elsewhere<List<Integer>>>();
        for (int party = 0; party < 3; party++) {
            parties.add(Elsewhere.call(() -> rounds(barrier, arrived, 10)));
        }

        for (int round = 0; round < 10; round++) {
            int now = round;
            assertThat(parties).extracting(party -> party.result().get(now)).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    /** Fails when somebody is a round ahead or behind. */
    private static List<Integer> rounds(Barrier barrier, AtomicInteger arrived, int rounds) throws InterruptedException {
        var numbers = new ArrayList<Integer>();
        for (int round = 1; round <= rounds; round++) {
            arrived.incrementAndGet();
            numbers.add(barrier.await());
            assertThat(arrived.get()).isBetween(3 * round, 3 * round + 2);
        }
        return numbers;
    }

    @Test
    @Row({"BAR-12", "BAR-14"})
    void ofOnePartyNobodyWaits() throws Exception {
        var barrier = run.barrier(1);

        assertThat(barrier.await()).isZero();
        assertThat(barrier.await(Duration.ZERO)).isZero();
        assertThat(barrier.parties()).isEqualTo(1);
        assertThat(barrier.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    @Row({"BAR-12", "G31"})
    void fewerPartiesThanOneAreRefused(int parties) {
        assertThatThrownBy(() -> run.barrier(parties)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A barrier has 1 or more parties, not " + parties + ".");
    }

    @Test
    @Row("BAR-14")
    void howManyWaitIsSeenWhileTheyDo() throws Exception {
        var barrier = run.barrier(2);
        var first = Elsewhere.waits(barrier, barrier::await);
        assertThat(barrier.waiting()).isEqualTo(1);
        assertThat(barrier.isBroken()).isFalse();

        assertThat(barrier.await()).isEqualTo(1);

        assertThat(first.result()).isZero();
        assertThat(barrier.waiting()).isZero();
    }

    @Test
    void callsAndFuturesAreParties() throws Exception {
        var barrier = run.barrier(2);
        var future = barrier.awaitAsync();
        var limited = barrier.awaitAsync(LONG);

        assertThat(List.of(future.get(10, TimeUnit.SECONDS), limited.get(10, TimeUnit.SECONDS))).containsExactly(0, 1);
    }

    // The action.

    @Test
    @Row("BAR-03")
    void theActionOfTheLastOneRunsBeforeAnyoneGoesOn() throws Exception {
        var barrier = run.barrier(2);
        var story = new ConcurrentLinkedQueue<String>();
        var first = Elsewhere.waits(barrier, () -> {
            int index = barrier.await(() -> story.add("the action of the first"));
            story.add("the first goes on");
            return index;
        });

        assertThat(barrier.await(() -> {
            assertThat(first.isDone()).isFalse();
            story.add("the action of the last");
        })).isEqualTo(1);

        assertThat(first.result()).isZero();
        assertThat(story).containsExactly("the action of the last", "the first goes on");
    }

    @Test
    @Row("BAR-04")
    void whatTheActionThrowsIsThrownAndBreaksItForTheOthers() throws Exception {
        var barrier = run.barrier(2);
        var first = Elsewhere.waits(barrier, barrier::await);

        assertThatThrownBy(() -> barrier.await(() -> {
            throw new UnsupportedOperationException("mine");
        })).isInstanceOf(UnsupportedOperationException.class).hasMessage("mine");

        isBroken(first, "the action of the last party failed with java.lang.UnsupportedOperationException: mine");
        assertThat(barrier.isBroken()).isTrue();
    }

    @Test
    void whatTheActionSaysIsCutWhereItIsTooLongForAMessage() throws Exception {
        var barrier = run.barrier(2);
        var first = Elsewhere.waits(barrier, barrier::await);

        assertThatThrownBy(() -> barrier.await(() -> {
            throw new UnsupportedOperationException("long ".repeat(1 << 20));
        })).isInstanceOf(UnsupportedOperationException.class);

        assertThat(first.error()).message().hasSizeLessThan(2_000).contains("UnsupportedOperationException: long long");
    }

    @Test
    void anActionThatCannotSayWhyItFailedBreaksItToo() throws Exception {
        var barrier = run.barrier(2);
        var first = Elsewhere.waits(barrier, barrier::await);

        assertThatThrownBy(() -> barrier.await(() -> {
            throw new Unspeakable();
        })).isInstanceOf(Unspeakable.class);

        isBroken(first, Unspeakable.class.getName());
    }

    private static final class Unspeakable extends RuntimeException {
        @Override
        public String toString() {
            throw new IllegalStateException("no words");
        }
    }

    @Test
    void whoeverActsIsToldWhenTheOthersHaveLostPatience() throws Exception {
        var barrier = run.barrier(2);
        var impatient = Elsewhere.waits(barrier, () -> barrier.await(Duration.ofMillis(200)));

        assertThatThrownBy(() -> barrier.await(() -> await().until(impatient::isDone))).isInstanceOf(BrokenBarrierException.class)
                .hasMessageContaining("waited no longer");

        isBroken(impatient, "was not passed within 0.2 s, which breaks it. All parties have come, and wait for the action of the last.");
    }

    @Test
    void anActionThatIsMissingIsRefused() throws Exception {
        var barrier = run.barrier(2);

        refused(barrier, () -> barrier.await((Runnable) null)).isInstanceOf(NullPointerException.class);
    }

    // Abort and reset.

    @Test
    @Row({"BAR-05", "BAR-06"})
    void anAbortBreaksItForWhoWaitsAndWhoComes() throws Exception {
        var barrier = run.barrier(3);
        var waiting = Elsewhere.waits(barrier, barrier::await);

        barrier.abort();

        isBroken(waiting, "The barrier is broken: MainProcess (pid " + ProcessHandle.current().pid() + ") aborted it.");
        assertThat(barrier.isBroken()).isTrue();
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
        assertThatThrownBy(() -> barrier.await(Duration.ZERO)).isInstanceOf(BrokenBarrierException.class);
        assertThatThrownBy(() -> barrier.awaitAsync().get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(BrokenBarrierException.class);
        assertThatCode(barrier::abort).doesNotThrowAnyException();
        assertThat(barrier.isBroken()).isTrue();
    }

    @Test
    @Row({"BAR-07", "BAR-08"})
    void aResetBreaksItForWhoWaitsAndMakesItWhole() throws Exception {
        var barrier = run.barrier(2);
        var waiting = Elsewhere.waits(barrier, barrier::await);

        barrier.reset();
        isBroken(waiting, "reset it");
        assertThat(barrier.isBroken()).isFalse();

        barrier.abort();
        barrier.reset();
        var first = barrier.awaitAsync();
        assertThat(barrier.await()).isEqualTo(1);
        assertThat(first.get(10, TimeUnit.SECONDS)).isZero();
    }

    // Time and giving up.

    @Test
    @Row({"BAR-09", "G30"})
    void theShortestTimeOutBreaksItForAll() throws Exception {
        var barrier = run.barrier(3);
        var patient = Elsewhere.waits(barrier, barrier::await);

        assertThatThrownBy(() -> barrier.await(SHORT)).isInstanceOf(BrokenBarrierException.class)
                .hasMessageContaining("was not passed within 0.02 s, which breaks it. 2 of 3 parties have come.");

        isBroken(patient, "MainProcess (pid " + ProcessHandle.current().pid() + ") waited no longer");
        assertThatThrownBy(barrier::await).as("who comes late").isInstanceOf(BrokenBarrierException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    @Row({"BAR-11", "K4"})
    void whoeverIsAloneAndWaitsForNoTimeBreaksIt(long millis) throws Exception {
        var barrier = run.barrier(2);

        assertThatThrownBy(() -> barrier.await(Duration.ofMillis(millis))).isInstanceOf(BrokenBarrierException.class)
                .hasMessageContaining("was not passed at once");

        assertThat(barrier.isBroken()).isTrue();
    }

    @Test
    void whoeverComesLastPassesWithoutTime() throws Exception {
        var barrier = run.barrier(2);
        var first = barrier.awaitAsync();

        assertThat(barrier.await(Duration.ZERO)).isEqualTo(1);
        assertThat(first.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    @Row("BAR-10")
    void withoutATimeOfItsOwnAWaitLastsAsLongAsTheBarrierSays() throws Exception {
        var barrier = run.barrier(2, SHORT);

        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class).hasMessageContaining("within 0.02 s");
        barrier.reset();
        assertThatThrownBy(() -> barrier.awaitAsync().get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(BrokenBarrierException.class);
    }

    @Test
    @Row("BAR-10")
    void aLongerTimeOfItsOwnWins() throws Exception {
        var wire = new Wired();
        var barrier = wire.handles.barrier(2, java.util.Optional.of(SHORT));
        var first = barrier.awaitAsync(LONG);
        wire.settle();

        wire.reachKeeper(SHORT.multipliedBy(2));
        var second = barrier.awaitAsync();
        wire.settle();

        assertThat(List.of(first.get(10, TimeUnit.SECONDS), second.get(10, TimeUnit.SECONDS))).containsExactly(0, 1);
    }

    @Test
    void aTimeOutThatMakesNoSenseIsRefusedAndOneThatIsTooLongIsForEver() throws Exception {
        assertThatThrownBy(() -> run.barrier(2, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The time-out of a barrier is more than zero, not PT0S.");
        assertThatThrownBy(() -> run.barrier(2, BEFORE_NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThat(run.barrier(1, Duration.ofSeconds(Long.MAX_VALUE)).await()).isZero();
    }

    @Test
    void whoIsInterruptedBreaksIt() throws Exception {
        var barrier = run.barrier(3);
        var patient = Elsewhere.waits(barrier, barrier::await);
        var interrupted = Elsewhere.waits(barrier, barrier::await);

        interrupted.interrupt();

        assertThat(interrupted.error()).isInstanceOf(InterruptedException.class);
        isBroken(patient, "waited no longer");
    }

    @Test
    void aFutureThatIsCancelledBreaksIt() throws Exception {
        var barrier = run.barrier(3);
        var patient = Elsewhere.waits(barrier, barrier::await);

        barrier.awaitAsync().cancel(true);

        isBroken(patient, "waited no longer");
    }

    // Names.

    @Test
    void aNameIsThatOfABarrierOfItsSize() {
        var barrier = run.barrier("meet", 3);

        assertThat(run.barrier("meet")).isEqualTo(barrier);
        assertThat(run.barrier("meet").parties()).isEqualTo(3);
        assertThatThrownBy(() -> run.barrier("meet", 4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'meet' is a barrier of 3, not a barrier of 4.");
        assertThatThrownBy(() -> run.barrier("meet", 3, SHORT)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a barrier of 3 with a time-out");
        assertThatThrownBy(() -> run.barrier("nowhere")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no barrier");
    }
}
