package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.DORA;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import procession.Row;
import procession.core.Command.AwaitLatch;
import procession.core.Command.CountDown;
import procession.core.Command.ForLatch;

class LatchMachineTest {

    private Stage<LatchMachine, ForLatch> latch = Stage.of(new Spec.Latch(3));

    private Ticket await(Owner owner) {
        return latch.asks(owner, new AwaitLatch());
    }

    private Ticket countDown(Owner owner, int by) {
        return latch.asks(owner, new CountDown(by));
    }

    @Test
    @Row("LATCH-01")
    void eachCountDownIsCountedWhoeverDoesIt() {
        var first = countDown(ANNA, 1);
        countDown(ANNA, 1);

        assertThat(latch.done(first)).isTrue();
        assertThat(latch.count("count")).isEqualTo(1);
    }

    @Test
    @Row("LATCH-01")
    void itIsNotCountedBelowZero() {
        countDown(ANNA, 2);

        var more = countDown(BEN, Integer.MAX_VALUE);
        var again = countDown(BEN, 1);

        assertThat(latch.done(more)).isTrue();
        assertThat(latch.done(again)).isTrue();
        assertThat(latch.count("count")).isZero();
    }

    @Test
    @Row("LATCH-02")
    void nobodyGoesOnBeforeTheCountIsZero() {
        var anna = await(ANNA);

        countDown(BEN, 2);

        assertThat(latch.waits(anna)).isTrue();
    }

    @Test
    @Row("LATCH-02")
    void allGoOnWhenItIsInTheOrderInWhichTheyCame() {
        var waiters = Stream.of(ANNA, BEN, CLEO).map(this::await).toList();

        var last = countDown(DORA, 3);

        assertThat(latch.answeredInOrder()).startsWith(last).endsWith(waiters.toArray(Ticket[]::new));
        assertThat(waiters).allMatch(latch::done);
    }

    @Test
    @Row("LATCH-02")
    void whoComesLaterDoesNotWait() {
        countDown(ANNA, 3);

        assertThat(latch.done(await(BEN))).isTrue();
    }

    @Test
    @Row("LATCH-02")
    void atALatchOfNothingNobodyWaits() {
        latch = Stage.of(new Spec.Latch(0));

        assertThat(latch.done(await(ANNA))).isTrue();
    }

    @Test
    @Row("LATCH-03")
    void whoHasWaitedLongEnoughIsToldSoAndTheOthersWaitOn() {
        var anna = await(ANNA);
        var ben = await(BEN);

        latch.expires(anna);

        assertThat(latch.timedOut(anna)).isTrue();
        assertThat(latch.waits(ben)).isTrue();
        assertThat(latch.count("count")).isEqualTo(3);
    }

    @Test
    void aTimeOutThatComesTooLateIsHarmless() {
        var anna = await(ANNA);
        countDown(BEN, 3);

        latch.expires(anna);

        assertThat(latch.done(anna)).isTrue();
    }

    @Test
    @Row("LATCH-04")
    void oneThatDiesWhileItWaitsIsForgotten() {
        await(ANNA);
        var ben = await(BEN);

        latch.departs(ANNA);
        countDown(CLEO, 3);

        assertThat(latch.done(ben)).isTrue();
        latch.everyLivingTicketIsAnswered();
    }

    @Test
    @Row("LATCH-05")
    void aDeathChangesNoCount() {
        countDown(ANNA, 1);

        latch.departs(ANNA);
        latch.departs(BEN);

        assertThat(latch.count("count")).isEqualTo(2);
    }
}
