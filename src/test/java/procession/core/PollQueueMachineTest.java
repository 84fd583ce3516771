package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.DORA;
import static procession.core.Stage.item;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import procession.Row;
import procession.core.Command.CloseWhenGone;
import procession.core.Command.ForQueue;
import procession.core.Command.Get;
import procession.core.Command.GiveBack;
import procession.core.Command.PollQueue;
import procession.core.Command.Put;
import procession.core.Command.ShutDown;

/** Waiting until a queue has something to get, without getting it. */
class PollQueueMachineTest {

    private Stage<QueueMachine, ForQueue> queue = Stage.of(new Spec.Queue(0, Spec.QueueKind.PLAIN));

    private Ticket put(Owner owner, String text) {
        return queue.asks(owner, new Put(item(text)));
    }

    private Ticket get(Owner owner) {
        return queue.asks(owner, new Get());
    }

    private Ticket poll(Owner owner) {
        return queue.asks(owner, new PollQueue());
    }

    private boolean isReady(Ticket poll) {
        return !queue.waits(poll) && queue.reply(poll).equals(new Reply.Ready());
    }

    @ParameterizedTest
    @EnumSource(Spec.QueueKind.class)
    @Row("WAIT-03")
    void everyoneWhoLooksSeesAnItemAndTheItemStays(Spec.QueueKind kind) {
        queue = Stage.of(new Spec.Queue(0, kind));
        put(ANNA, "a");

        var polls = Stream.of(BEN, CLEO, BEN).map(this::poll).toList();

        assertThat(polls).allMatch(this::isReady);
        assertThat(queue.item(get(DORA))).isEqualTo("a");
    }

    @Test
    @Row("WAIT-03")
    void oneItemAnswersEveryoneWhoWaitsToSeeIt() {
        var polls = List.of(poll(BEN), poll(CLEO), poll(BEN));

        put(ANNA, "a");

        assertThat(polls).allMatch(this::isReady);
        assertThat(queue.count("size")).isEqualTo(1);
    }

    @Test
    void whoIsInLineGetsTheItemAndNobodyIsToldOfIt() {
        var poll = poll(BEN);
        var get = get(CLEO);

        put(ANNA, "a");

        assertThat(queue.item(get)).isEqualTo("a");
        assertThat(queue.waits(poll)).isTrue();
        put(ANNA, "b");
        assertThat(isReady(poll)).isTrue();
    }

    @Test
    void anItemThatComesBackFromTheDeadIsSomethingToGet() {
        put(ANNA, "a");
        get(BEN);
        var poll = poll(CLEO);

        queue.departs(BEN);

        assertThat(isReady(poll)).isTrue();
    }

    @Test
    void anItemThatIsGivenBackIsSomethingToGet() {
        put(ANNA, "a");
        var got = get(BEN);
        var poll = poll(CLEO);

        queue.asks(BEN, new GiveBack(got.id()));

        assertThat(isReady(poll)).isTrue();
    }

    @Test
    void aShutDownWithNothingLeftIsTold() {
        var polls = List.of(poll(BEN), poll(CLEO));

        queue.asks(ANNA, new ShutDown());

        assertThat(polls).allMatch(this::isReady);
        assertThat(isReady(poll(DORA))).isTrue();
    }

    @Test
    void theEndIsNotToldWhileAnItemOnItsWayMayComeBack() {
        put(ANNA, "a");
        var got = get(BEN);
        queue.asks(ANNA, new ShutDown());
        var poll = poll(CLEO);

        assertThat(queue.waits(poll)).isTrue();

        queue.confirms(got);
        assertThat(isReady(poll)).isTrue();
    }

    @Test
    @Row("WAIT-05")
    void theDeathOfTheLastProducerIsTold() {
        queue.asks(DORA, new CloseWhenGone(List.of(), List.of(ANNA)));
        var poll = poll(BEN);

        queue.departs(ANNA);

        assertThat(isReady(poll)).isTrue();
    }

    @Test
    @Row("WAIT-02")
    void aPollThatExpiresIsToldSoAndLeavesNothing() {
        var poll = poll(BEN);

        queue.expires(poll);

        assertThat(queue.timedOut(poll)).isTrue();
        assertThat(queue.view().waiting()).isEmpty();
        put(ANNA, "a");
        assertThat(queue.count("size")).isEqualTo(1);
    }

    @Test
    void oneThatDiesWhileItWaitsIsForgotten() {
        var dead = poll(BEN);
        var living = poll(CLEO);

        queue.departs(BEN);
        put(ANNA, "a");

        assertThat(queue.waits(dead)).isTrue();
        assertThat(isReady(living)).isTrue();
    }

    @Test
    void whoWaitsToSeeSomethingIsSeen() {
        var poll = poll(BEN);

        assertThat(queue.view().waiting()).containsExactly(poll);
    }
}
