package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.carrying;
import static procession.core.Stage.item;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Row;
import procession.core.Command.ForQueue;
import procession.core.Command.Get;
import procession.core.Command.GiveBack;
import procession.core.Command.JoinQueue;
import procession.core.Command.Put;
import procession.core.Command.TaskDone;

class QueueMachineTest {

    private Stage<QueueMachine, ForQueue> queue = Stage.of(new Spec.Queue(0, Spec.QueueKind.PLAIN));

    private void given(int maxSize) {
        queue = Stage.of(new Spec.Queue(maxSize, Spec.QueueKind.PLAIN));
    }

    private Ticket put(Owner owner, String text) {
        return queue.asks(owner, new Put(item(text)));
    }

    private Ticket get(Owner owner) {
        return queue.asks(owner, new Get());
    }

    private Ticket giveBack(Ticket got) {
        return queue.asks(got.owner(), new GiveBack(got.id()));
    }

    @Test
    @Row("K5")
    void itemsComeOutInTheOrderInWhichTheyWentIn() {
        Stream.of("a", "b", "c").forEach(text -> put(ANNA, text));

        var got = Stream.generate(() -> get(BEN)).limit(3).map(queue::item).toList();

        assertThat(got).containsExactly("a", "b", "c");
    }

    @Test
    @Row("G29")
    void gettersAreServedInTheOrderInWhichTheyCame() {
        var getters = Stream.of(ANNA, BEN, CLEO).map(this::get).toList();

        Stream.of("a", "b", "c").forEach(text -> put(ANNA, text));

        assertThat(getters.stream().map(queue::item)).containsExactly("a", "b", "c");
    }

    @Test
    @Row("QUEUE-13")
    void ofThreeGettersOneGetsTheOneItem() {
        var getters = Stream.of(ANNA, BEN, CLEO).map(this::get).toList();

        put(ANNA, "a");
        getters.forEach(queue::expires);

        assertThat(queue.item(getters.getFirst())).isEqualTo("a");
        assertThat(getters.subList(1, 3)).allMatch(queue::timedOut);
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 100", "1, 1, 1", "1, 4, 1", "6, 6, 6", "6, 8, 6"})
    @Row("QUEUE-01")
    void asManyItemsAreAcceptedAsThereIsRoomFor(int maxSize, int puts, int accepted) {
        given(maxSize);

        var putters = IntStream.range(0, puts).mapToObj(i -> put(ANNA, "item " + i)).toList();

        assertThat(putters.stream().filter(queue::done)).hasSize(accepted);
        assertThat(queue.count("size")).isEqualTo(accepted);
        assertThat(queue.count("full")).isEqualTo(maxSize == accepted ? 1 : 0);
    }

    @Test
    @Row("QUEUE-04")
    void aBlockedPutterProceedsWhenOneSlotIsFreed() {
        given(1);
        put(ANNA, "a");
        var second = put(ANNA, "b");
        var third = put(BEN, "c");

        get(CLEO);

        assertThat(queue.done(second)).isTrue();
        assertThat(queue.waits(third)).isTrue();
    }

    @Test
    void anItemIsAcceptedThoughTheQueueIsFullWhenAGetterWaits() {
        given(1);
        var getters = Stream.of(BEN, CLEO).map(this::get).toList();

        put(ANNA, "a");
        put(ANNA, "b");
        put(ANNA, "c");
        var last = put(ANNA, "d");

        assertThat(getters.stream().map(queue::item)).containsExactly("a", "b");
        assertThat(queue.waits(last)).isTrue();
    }

    @Test
    @Row("G09")
    void roomIsCountedFromTheItemsPresentSoAnUnconfirmedOneTakesNone() {
        given(1);
        put(ANNA, "a");
        get(BEN);

        var next = put(ANNA, "b");

        assertThat(queue.done(next)).isTrue();
    }

    @Test
    @Row({"QUEUE-32", "G09"})
    void aConsumerThatDiesAfterTakingAnItemLeaksNoRoom() {
        given(1);
        put(ANNA, "a");
        get(BEN);

        queue.departs(BEN);
        var cleo = get(CLEO);
        var next = put(ANNA, "b");

        assertThat(queue.item(cleo)).isEqualTo("a");
        assertThat(queue.done(next)).isTrue();
    }

    @Test
    void aPutterThatExpiresPutsNothing() {
        given(1);
        put(ANNA, "a");
        var late = put(ANNA, "b");

        queue.expires(late);
        get(BEN);
        var ben = get(BEN);

        assertThat(queue.timedOut(late)).isTrue();
        assertThat(queue.waits(ben)).isTrue();
    }

    @Test
    @Row({"K2", "G30"})
    void aGetterThatExpiresTakesNothing() {
        var late = get(BEN);
        var next = get(CLEO);

        queue.expires(late);
        put(ANNA, "a");

        assertThat(queue.timedOut(late)).isTrue();
        assertThat(queue.item(next)).isEqualTo("a");
    }

    @Test
    void anExpiryThatComesLateIsHarmless() {
        var put = put(ANNA, "a");
        var get = get(BEN);
        var before = queue.machine();

        queue.expires(put);
        queue.expires(get);

        assertThat(queue.machine()).isSameAs(before);
    }

    @Test
    @Row({"QUEUE-31", "G08", "K2"})
    void aGetterThatDepartsTakesNothing() {
        get(BEN);
        var next = get(CLEO);
        queue.departs(BEN);

        put(ANNA, "a");

        assertThat(queue.item(next)).isEqualTo("a");
    }

    @Test
    @Row({"G12", "G06"})
    void aPutterThatDepartsPutsNothingButWhatWasAcceptedStays() {
        given(1);
        put(ANNA, "accepted");
        put(ANNA, "waiting");

        queue.departs(ANNA);

        assertThat(queue.item(get(BEN))).isEqualTo("accepted");
        assertThat(queue.waits(get(BEN))).isTrue();
    }

    @Test
    void aConfirmedItemIsGone() {
        put(ANNA, "a");
        var ben = get(BEN);

        queue.confirms(ben);
        queue.departs(BEN);

        assertThat(queue.count("size")).isZero();
        assertThat(queue.count("unfinished")).isZero();
        assertThat(queue.machine().bytes()).isZero();
    }

    @Test
    @Row({"K5", "G21"})
    void theItemsOfADeadGetterReturnToTheirPlaceInOrder() {
        Stream.of("a", "b", "c", "d").forEach(text -> put(ANNA, text));
        get(BEN);
        queue.confirms(get(CLEO));
        get(BEN);

        queue.departs(BEN);

        assertThat(Stream.generate(() -> get(CLEO)).limit(3).map(queue::item)).containsExactly("a", "c", "d");
    }

    @Test
    void anItemThatReturnsGoesToThoseWhoWait() {
        put(ANNA, "a");
        get(BEN);
        var cleo = get(CLEO);

        queue.departs(BEN);

        assertThat(queue.item(cleo)).isEqualTo("a");
    }

    @Test
    void anItemThatIsGivenBackReturnsToItsPlace() {
        Stream.of("a", "b").forEach(text -> put(ANNA, text));
        var ben = get(BEN);

        var back = giveBack(ben);

        assertThat(queue.done(back)).isTrue();
        assertThat(Stream.generate(() -> get(CLEO)).limit(2).map(queue::item)).containsExactly("a", "b");
    }

    @Test
    void severalItemsGivenBackAreInTheirOrderAgain() {
        Stream.of("a", "b", "c").forEach(text -> put(ANNA, text));
        var first = get(BEN);
        var second = get(BEN);

        giveBack(second);
        giveBack(first);

        assertThat(Stream.generate(() -> get(CLEO)).limit(3).map(queue::item)).containsExactly("a", "b", "c");
    }

    @Test
    void givingBackAConfirmedItemDoesNothing() {
        put(ANNA, "a");
        var ben = get(BEN);
        queue.confirms(ben);

        var back = giveBack(ben);

        assertThat(queue.done(back)).isTrue();
        assertThat(queue.count("size")).isZero();
    }

    @Test
    void confirmingAnItemThatWasGivenBackDoesNothing() {
        put(ANNA, "a");
        var ben = get(BEN);
        giveBack(ben);

        queue.confirms(ben);

        assertThat(queue.item(get(CLEO))).isEqualTo("a");
    }

    @Test
    void nobodyGivesBackWhatAnotherHas() {
        put(ANNA, "a");
        var ben = get(BEN);

        queue.asks(CLEO, new GiveBack(ben.id()));

        assertThat(queue.count("size")).isZero();
    }

    @Test
    void whatReturnsMayExceedTheBoundAndThenHoldsUpPutters() {
        given(1);
        put(ANNA, "a");
        get(BEN);
        put(ANNA, "b");
        queue.departs(BEN);

        var late = put(ANNA, "c");
        get(CLEO);

        assertThat(queue.waits(late)).isTrue();
        assertThat(queue.count("full")).isEqualTo(1);
    }

    @Test
    void onlyAJoinableQueueCountsWhatIsDone() {
        assertThat(queue.refusal(queue.asks(ANNA, new TaskDone(0)))).isEqualTo(Refusals.WRONG_KIND);
        assertThat(queue.refusal(queue.asks(ANNA, new JoinQueue()))).isEqualTo(Refusals.WRONG_KIND);
    }

    @Test
    void aPutWaitsForTheKeepersRoomAsIfTheQueueWereFull() {
        queue = Stage.of(new Spec.Queue(0, Spec.QueueKind.PLAIN), 10);
        put(ANNA, "12345678");
        var late = put(ANNA, "abc");
        var later = put(BEN, "x");

        assertThat(queue.waits(late)).isTrue();
        assertThat(queue.waits(later)).as("not overtaken").isTrue();

        queue.confirms(get(CLEO));
        queue.relieved();
        assertThat(queue.done(late)).isTrue();
        assertThat(queue.done(later)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 70_000})
    void bytesAreCountedUntilTheItemHasArrived(int size) {
        queue.asks(ANNA, new Put(new Payload(1, new byte[size], List.of())));
        assertThat(queue.machine().bytes()).isEqualTo(size);

        var ben = get(BEN);
        assertThat(queue.machine().bytes()).isEqualTo(size);

        queue.confirms(ben);
        assertThat(queue.machine().bytes()).isZero();
    }

    @Test
    void handlesInAnItemAreAdoptedByItsGetterOnceItHasArrived() {
        var payload = carrying("a handle");
        queue.asks(ANNA, new Put(payload));
        var ben = get(BEN);
        assertThat(queue.takeSettlements()).isEmpty();

        queue.confirms(ben);
        queue.confirms(ben);
        queue.departs(BEN);

        assertThat(queue.takeSettlements())
                .containsExactly(new Settlement.Adopted(BEN, payload), new Settlement.Discarded(payload));
        assertThat(queue.machine().custody()).isEmpty();
    }

    @Test
    void handlesInAnItemThatReturnsStayInCustody() {
        var payload = carrying("a handle");
        queue.asks(ANNA, new Put(payload));
        var ben = get(BEN);

        giveBack(ben);
        get(CLEO);
        queue.departs(CLEO);

        assertThat(queue.takeSettlements()).isEmpty();
        assertThat(queue.machine().custody()).containsExactly(payload);
    }

    @Test
    void handlesInAnItemThatIsNeverAcceptedAreDiscardedOnce() {
        given(1);
        put(ANNA, "a");
        var expired = queue.asks(ANNA, new Put(carrying("of one that expires")));
        queue.asks(BEN, new Put(carrying("of one that dies")));

        queue.expires(expired);
        queue.expires(expired);
        queue.departs(BEN);

        assertThat(queue.takeSettlements()).containsExactly(
                new Settlement.Discarded(carrying("of one that expires")), new Settlement.Discarded(carrying("of one that dies")));
        assertThat(queue.machine().custody()).isEmpty();
    }
}
