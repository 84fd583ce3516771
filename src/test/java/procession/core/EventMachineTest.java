package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.DORA;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import procession.Row;
import procession.core.Command.AwaitEvent;
import procession.core.Command.ClearEvent;
import procession.core.Command.ForEvent;
import procession.core.Command.SetEvent;

class EventMachineTest {

    private final Stage<EventMachine, ForEvent> event = Stage.of(new Spec.Event());

    private Ticket await(Owner owner) {
        return event.asks(owner, new AwaitEvent());
    }

    private Ticket set(Owner owner) {
        return event.asks(owner, new SetEvent());
    }

    private Ticket clear(Owner owner) {
        return event.asks(owner, new ClearEvent());
    }

    @Test
    void atFirstItIsNotSet() {
        var anna = await(ANNA);

        assertThat(event.waits(anna)).isTrue();
        assertThat(event.count("set")).isZero();
    }

    @Test
    void whileItIsSetNobodyWaits() {
        set(ANNA);

        var ben = await(BEN);

        assertThat(event.done(ben)).isTrue();
    }

    @Test
    @Row("EVENT-07")
    void aSetWakesEveryoneInTheOrderInWhichTheyCame() {
        var waiters = Stream.of(ANNA, BEN, CLEO).map(this::await).toList();

        set(DORA);

        assertThat(event.answeredInOrder()).startsWith(waiters.toArray(Ticket[]::new));
        assertThat(waiters).allMatch(event::done);
    }

    @Test
    @Row("G05")
    void aSetWakesEveryoneWhateverFollows() {
        var waiters = Stream.of(ANNA, BEN, CLEO).map(this::await).toList();

        set(DORA);
        clear(DORA);

        assertThat(waiters).allMatch(event::done);
        assertThat(event.count("set")).isZero();
    }

    @Test
    @Row("EVENT-08")
    void afterAClearOneWaitsAgain() {
        set(ANNA);
        clear(ANNA);

        var ben = await(BEN);

        assertThat(event.waits(ben)).isTrue();
    }

    @Test
    void settingTwiceIsAsGoodAsOnce() {
        set(ANNA);

        var again = set(BEN);

        assertThat(event.done(again)).isTrue();
        assertThat(event.count("set")).isEqualTo(1);
    }

    @Test
    void clearingWakesNobody() {
        var anna = await(ANNA);

        var clear = clear(BEN);

        assertThat(event.done(clear)).isTrue();
        assertThat(event.waits(anna)).isTrue();
    }

    @Test
    void aWaiterThatExpiresIsToldSo() {
        var anna = await(ANNA);

        event.expires(anna);
        set(BEN);

        assertThat(event.timedOut(anna)).isTrue();
    }

    @Test
    void anExpiryThatComesLateIsHarmless() {
        var anna = await(ANNA);
        set(BEN);

        event.expires(anna);

        assertThat(event.done(anna)).isTrue();
    }

    @Test
    @Row({"EVENT-12", "G04"})
    void aWaiterThatDepartsNeverHoldsUpASet() {
        await(ANNA);
        var ben = await(BEN);
        event.departs(ANNA);

        var set = set(CLEO);

        assertThat(event.done(set)).isTrue();
        assertThat(event.done(ben)).isTrue();
    }

    @Test
    void itStaysSetWhenItsSetterDeparts() {
        set(ANNA);

        event.departs(ANNA);

        assertThat(event.done(await(BEN))).isTrue();
    }
}
