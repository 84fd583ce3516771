package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.DORA;
import static procession.core.Stage.carrying;
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
import procession.core.Command.JoinQueue;
import procession.core.Command.Put;
import procession.core.Command.ShutDown;
import procession.core.Command.TaskDone;

/** How a queue ends: shut down by hand, or with its last producer. */
class QueueEndMachineTest {

    private Stage<QueueMachine, ForQueue> queue = Stage.of(new Spec.Queue(0, Spec.QueueKind.PLAIN));

    private void given(int maxSize, Spec.QueueKind kind) {
        queue = Stage.of(new Spec.Queue(maxSize, kind));
    }

    private Ticket put(Owner owner, String text) {
        return queue.asks(owner, new Put(item(text)));
    }

    private Ticket get(Owner owner) {
        return queue.asks(owner, new Get());
    }

    private Ticket shutDown() {
        return queue.asks(DORA, new ShutDown());
    }

    private Ticket closeWhenGone(Owner... producers) {
        return queue.asks(DORA, new CloseWhenGone(List.of(), List.of(producers)));
    }

    private boolean isTheEnd(Ticket get) {
        return queue.reply(get).equals(new Reply.EndOfStream());
    }

    private boolean isShut() {
        return queue.count("shut-down") == 1;
    }

    // Shut down.

    @ParameterizedTest
    @EnumSource(Spec.QueueKind.class)
    @Row({"G14", "QUEUE-21"})
    void nothingMoreIsPutAndWhatIsThereIsGotAndThenTheEndIsTold(Spec.QueueKind kind) {
        given(0, kind);
        put(ANNA, "a");
        put(ANNA, "b");

        assertThat(queue.done(shutDown())).isTrue();

        assertThat(queue.refusal(put(ANNA, "c"))).isEqualTo(Refusals.SHUT_DOWN);
        var got = List.of(get(BEN), get(BEN));
        assertThat(got.stream().map(queue::item)).containsExactly("a", "b");
        got.forEach(queue::confirms);
        assertThat(isTheEnd(get(BEN))).isTrue();
        assertThat(isTheEnd(get(BEN))).as("every time").isTrue();
    }

    @Test
    @Row("G14")
    void whoWaitsToGetIsToldOfTheEndAtOnce() {
        var waiting = Stream.of(ANNA, BEN, CLEO).map(this::get).toList();

        shutDown();

        assertThat(waiting).allMatch(this::isTheEnd);
    }

    @Test
    @Row("G14")
    void whoWaitsToPutIsRefusedAndPutsNothing() {
        given(1, Spec.QueueKind.PLAIN);
        put(ANNA, "a");
        var waiting = put(BEN, "b");

        shutDown();

        assertThat(queue.refusal(waiting)).isEqualTo(Refusals.SHUT_DOWN);
        queue.confirms(get(CLEO));
        assertThat(isTheEnd(get(CLEO))).isTrue();
    }

    @Test
    void handlesInWhatIsRefusedAreLetGoOf() {
        given(1, Spec.QueueKind.PLAIN);
        put(ANNA, "a");
        queue.asks(ANNA, new Put(carrying("of one that waits")));

        shutDown();
        queue.asks(ANNA, new Put(carrying("of one that comes late")));

        assertThat(queue.takeSettlements()).containsExactly(
                new Settlement.Discarded(carrying("of one that waits")), new Settlement.Discarded(carrying("of one that comes late")));
        assertThat(queue.machine().custody()).isEmpty();
    }

    @Test
    @Row("QUEUE-21")
    void shuttingDownAgainIsHarmless() {
        put(ANNA, "a");
        shutDown();
        var before = queue.machine();

        var again = shutDown();

        assertThat(queue.done(again)).isTrue();
        assertThat(queue.machine()).isEqualTo(before);
    }

    @Test
    @Row({"QUEUE-23", "G14"})
    void howMuchThereIsIsStillTold() {
        given(2, Spec.QueueKind.PLAIN);
        put(ANNA, "a");
        put(ANNA, "b");

        shutDown();

        assertThat(queue.count("size")).isEqualTo(2);
        assertThat(queue.count("full")).isEqualTo(1);
        assertThat(isShut()).isTrue();
    }

    @Test
    void theEndWaitsForAnItemOnItsWayWhichMayComeBack() {
        put(ANNA, "a");
        get(BEN);
        shutDown();
        var cleo = get(CLEO);
        assertThat(queue.waits(cleo)).isTrue();

        queue.departs(BEN);

        assertThat(queue.item(cleo)).isEqualTo("a");
    }

    @Test
    void theEndComesWhenTheLastItemHasArrived() {
        put(ANNA, "a");
        var ben = get(BEN);
        shutDown();
        var cleo = get(CLEO);

        queue.confirms(ben);

        assertThat(isTheEnd(cleo)).isTrue();
    }

    @Test
    void whatIsGivenBackAfterTheEndIsThereStill() {
        put(ANNA, "a");
        var ben = get(BEN);
        shutDown();

        queue.asks(BEN, new GiveBack(ben.id()));

        assertThat(queue.item(get(CLEO))).isEqualTo("a");
    }

    @Test
    void whoGivesUpOrDiesWhileItWaitsForTheEndIsNotToldOfIt() {
        put(ANNA, "a");
        var ben = get(BEN);
        shutDown();
        var late = get(CLEO);
        get(ANNA);
        queue.expires(late);
        queue.departs(ANNA);

        queue.confirms(ben);

        assertThat(queue.timedOut(late)).isTrue();
    }

    // What is unfinished then.

    @Test
    @Row("JQ-13")
    void whatIsUnfinishedIsDoneAndJoinedAsBefore() {
        given(0, Spec.QueueKind.JOINABLE);
        put(ANNA, "a");
        queue.confirms(get(BEN));

        shutDown();
        var join = queue.asks(ANNA, new JoinQueue());
        assertThat(queue.waits(join)).isTrue();

        assertThat(queue.done(queue.asks(BEN, new TaskDone(0)))).isTrue();
        assertThat(queue.done(join)).isTrue();
    }

    @Test
    void whatComesBackUnfinishedAfterTheEndWasToldIsThereStill() {
        given(0, Spec.QueueKind.JOINABLE);
        put(ANNA, "a");
        queue.confirms(get(BEN));
        shutDown();
        assertThat(isTheEnd(get(CLEO))).isTrue();

        queue.departs(BEN);

        assertThat(queue.item(get(CLEO))).isEqualTo("a");
    }

    // With its last producer.

    @Test
    @Row("G14")
    void itShutsWhenTheLastOfItsProducersIsGoneHoweverTheyEnd() {
        closeWhenGone(ANNA, BEN);
        var cleo = get(CLEO);

        queue.ends(ANNA);
        assertThat(isShut()).isFalse();
        assertThat(queue.waits(cleo)).isTrue();

        queue.departs(BEN);
        assertThat(isShut()).isTrue();
        assertThat(isTheEnd(cleo)).isTrue();
    }

    @Test
    void whatTheProducersPutIsGotFirst() {
        closeWhenGone(ANNA);
        put(ANNA, "a");

        queue.departs(ANNA);

        assertThat(queue.item(get(BEN))).isEqualTo("a");
    }

    @Test
    void producersThatAreNamedLaterAreWaitedForToo() {
        closeWhenGone(ANNA);
        closeWhenGone(BEN, ANNA);

        queue.ends(ANNA);
        assertThat(isShut()).isFalse();

        queue.ends(BEN);
        assertThat(isShut()).isTrue();
    }

    @Test
    void whenAllWhoWereNamedAreGoneAlreadyItShutsAtOnce() {
        var cleo = get(CLEO);

        closeWhenGone();

        assertThat(isShut()).isTrue();
        assertThat(isTheEnd(cleo)).isTrue();
    }

    @Test
    void theEndOfOthersShutsNothing() {
        closeWhenGone(ANNA);
        put(BEN, "others may put");

        queue.departs(BEN);

        assertThat(isShut()).isFalse();
    }

    @Test
    void withoutNamedProducersNoEndShutsIt() {
        put(ANNA, "a");

        queue.departs(ANNA);

        assertThat(isShut()).isFalse();
    }

    @Test
    void whenAProducerDiesThatIsAlsoAGetterItsItemsComeBackBeforeTheEnd() {
        closeWhenGone(ANNA);
        put(ANNA, "a");
        get(ANNA);
        var ben = get(BEN);

        queue.departs(ANNA);

        assertThat(queue.item(ben)).isEqualTo("a");
        assertThat(isShut()).isTrue();
    }
}
