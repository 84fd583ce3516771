package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.carrying;
import static procession.core.Stage.item;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Row;
import procession.core.Command.ForQueue;
import procession.core.Command.Get;
import procession.core.Command.GiveBack;
import procession.core.Command.JoinQueue;
import procession.core.Command.Put;
import procession.core.Command.ReadDeadLetter;
import procession.core.Command.RemoveDeadLetter;
import procession.core.Command.TaskDone;

class JoinableQueueMachineTest {

    private Stage<QueueMachine, ForQueue> queue = Stage.of(new Spec.Queue(0, Spec.QueueKind.JOINABLE));

    private Ticket put(Owner owner, String text) {
        return queue.asks(owner, new Put(item(text)));
    }

    /** Gets an item and acknowledges it. */
    private Ticket got(Owner owner, long strand) {
        var ticket = queue.asks(owner, strand, new Get());
        queue.confirms(ticket);
        return ticket;
    }

    private Ticket got(Owner owner) {
        return got(owner, 1);
    }

    private Ticket taskDone(Owner owner) {
        return queue.asks(owner, new TaskDone(0));
    }

    private Ticket join(Owner owner) {
        return queue.asks(owner, new JoinQueue());
    }

    @Test
    @Row("JQ-01")
    void whenNothingWasEverPutJoinReturnsAtOnce() {
        assertThat(queue.done(join(ANNA))).isTrue();
    }

    @Test
    void joinWaitsForItemsInTheQueueAndForThoseNotDone() {
        put(ANNA, "a");
        var join = join(ANNA);
        assertThat(queue.waits(join)).isTrue();

        got(BEN);
        assertThat(queue.waits(join)).isTrue();

        taskDone(BEN);
        assertThat(queue.done(join)).isTrue();
    }

    @Test
    @Row("JQ-07")
    void theLastTaskDoneReleasesEveryoneInJoin() {
        put(ANNA, "a");
        got(BEN);
        var joiners = Stream.of(ANNA, BEN, CLEO).map(this::join).toList();

        taskDone(BEN);

        assertThat(joiners).allMatch(queue::done);
    }

    @Test
    @Row({"JQ-03", "G31"})
    void aTaskDoneTooManyIsRefusedAndChangesNothing() {
        put(ANNA, "a");
        got(BEN);
        taskDone(BEN);
        var before = queue.machine();

        var again = taskDone(BEN);

        assertThat(queue.refusal(again)).isEqualTo(Refusals.NOTHING_UNFINISHED);
        assertThat(queue.machine()).isSameAs(before);
    }

    @Test
    @Row({"JQ-06", "G15"})
    void taskDoneBeforeAnyGetIsRefusedSoTheItemStillCounts() {
        put(ANNA, "a");

        var done = taskDone(ANNA);

        assertThat(queue.refusal(done)).isEqualTo(Refusals.NOTHING_UNFINISHED);
        assertThat(queue.waits(join(ANNA))).isTrue();
    }

    @Test
    @Row({"JQ-05", "G15"})
    void taskDoneOfAProcessThatGotNothingIsRefused() {
        put(ANNA, "a");
        got(BEN);

        var done = taskDone(CLEO);

        assertThat(queue.refusal(done)).isEqualTo(Refusals.NOTHING_UNFINISHED);
    }

    @Test
    void taskDoneFinishesTheCallingThreadsOldestItem() {
        Stream.of("a", "b", "c").forEach(text -> put(ANNA, text));
        got(BEN, 1);
        got(BEN, 2);
        got(BEN, 2);

        queue.asks(BEN, 2, new TaskDone(0));
        queue.departs(BEN);

        assertThat(Stream.generate(() -> got(CLEO)).limit(2).map(queue::item)).containsExactly("a", "c");
    }

    @Test
    void aThreadThatGotNothingFinishesTheOldestItemOfItsProcess() {
        Stream.of("a", "b").forEach(text -> put(ANNA, text));
        got(BEN, 1);
        got(BEN, 2);

        queue.asks(BEN, 3, new TaskDone(0));
        queue.departs(BEN);

        assertThat(queue.item(got(CLEO))).isEqualTo("b");
    }

    @Test
    @Row({"JQ-08", "G15"})
    void whatADeadConsumerDidNotFinishReturnsToItsPlaceInOrder() {
        Stream.of("a", "b", "c", "d").forEach(text -> put(ANNA, text));
        got(BEN);
        got(CLEO);
        got(BEN);

        queue.departs(BEN);

        assertThat(Stream.generate(() -> got(CLEO)).limit(3).map(queue::item)).containsExactly("a", "c", "d");
    }

    @Test
    @Row({"JQ-08", "G15"})
    void joinWaitsForWhatADeadConsumerLeft() {
        put(ANNA, "a");
        got(BEN);
        var join = join(ANNA);

        queue.departs(BEN);
        assertThat(queue.waits(join)).isTrue();

        got(CLEO);
        taskDone(CLEO);
        assertThat(queue.done(join)).isTrue();
    }

    @Test
    void aFinishedItemStaysFinishedWhenItsConsumerDies() {
        put(ANNA, "a");
        got(BEN);
        taskDone(BEN);

        queue.departs(BEN);

        assertThat(queue.done(join(ANNA))).isTrue();
    }

    @Test
    @Row({"JQ-09", "G04"})
    void aJoinerThatDiesOrExpiresHoldsUpNobody() {
        put(ANNA, "a");
        got(BEN);
        join(CLEO);
        var late = join(ANNA);
        queue.departs(CLEO);
        queue.expires(late);

        var done = taskDone(BEN);

        assertThat(queue.timedOut(late)).isTrue();
        assertThat(queue.done(done)).isTrue();
    }

    @Test
    @Row("JQ-10")
    void aPutThatExpiredIsNotCounted() {
        queue = Stage.of(new Spec.Queue(1, Spec.QueueKind.JOINABLE));
        put(ANNA, "a");
        var late = put(ANNA, "b");
        queue.expires(late);
        got(BEN);

        taskDone(BEN);

        assertThat(queue.done(join(ANNA))).isTrue();
    }

    @Test
    void theJoinersSeeAPutterThatCameBeforeThem() {
        queue = Stage.of(new Spec.Queue(1, Spec.QueueKind.JOINABLE));
        put(ANNA, "a");
        put(ANNA, "b");
        var join = join(ANNA);
        got(BEN);

        taskDone(BEN);

        assertThat(queue.waits(join)).as("b took the room that a left").isTrue();
    }

    @Test
    void anItemGivenBackIsUnfinishedStill() {
        put(ANNA, "a");
        var ben = queue.asks(BEN, new Get());

        queue.asks(BEN, new GiveBack(ben.id()));

        assertThat(queue.refusal(taskDone(BEN))).isEqualTo(Refusals.NOTHING_UNFINISHED);
        assertThat(queue.count("unfinished")).isEqualTo(1);
    }

    @Test
    void aConfirmedItemCannotBeGivenBack() {
        put(ANNA, "a");
        var ben = got(BEN);

        queue.asks(BEN, new GiveBack(ben.id()));

        assertThat(queue.done(taskDone(BEN))).isTrue();
        assertThat(queue.count("unfinished")).isZero();
    }

    @Test
    void handlesAreAdoptedOnArrivalAndDiscardedWhenDone() {
        var payload = carrying("a handle");
        queue.asks(ANNA, new Put(payload));

        var ben = got(BEN);
        queue.confirms(ben);
        assertThat(queue.takeSettlements()).containsExactly(new Settlement.Adopted(BEN, payload));

        taskDone(BEN);
        assertThat(queue.takeSettlements()).containsExactly(new Settlement.Discarded(payload));
        assertThat(queue.machine().custody()).isEmpty();
    }

    @Test
    void handlesAreAdoptedOnceWhenTheItemIsDoneBeforeItsReceiptIsConfirmed() {
        var payload = carrying("a handle");
        queue.asks(ANNA, new Put(payload));
        var ben = queue.asks(BEN, new Get());

        taskDone(BEN);
        queue.confirms(ben);

        assertThat(queue.takeSettlements())
                .containsExactly(new Settlement.Adopted(BEN, payload), new Settlement.Discarded(payload));
    }

    @Test
    void handlesInWhatADeadConsumerLeftAreAdoptedByTheNextOne() {
        var payload = carrying("a handle");
        queue.asks(ANNA, new Put(payload));
        got(BEN);
        queue.departs(BEN);
        queue.takeSettlements();

        got(CLEO);

        assertThat(queue.takeSettlements()).containsExactly(new Settlement.Adopted(CLEO, payload));
        assertThat(queue.machine().custody()).containsExactly(payload);
    }

    @Test
    void bytesAreCountedUntilTheItemIsDone() {
        put(ANNA, "12345");
        got(BEN);
        assertThat(queue.machine().bytes()).isEqualTo(5);

        taskDone(BEN);
        assertThat(queue.machine().bytes()).isZero();
    }

    // Deliveries by name.

    private Ticket done(Ticket got) {
        return queue.asks(got.owner(), new TaskDone(got.id()));
    }

    private int redeliveries(Ticket got) {
        return ((Reply.Item) queue.reply(got)).redelivered();
    }

    @Test
    @Row("G15")
    void theDeliveryThatIsNamedIsDoneNotTheOldest() {
        Stream.of("a", "b").forEach(text -> put(ANNA, text));
        got(BEN);
        var second = got(BEN);

        done(second);
        queue.departs(BEN);

        assertThat(queue.item(got(CLEO))).isEqualTo("a");
        assertThat(queue.count("unfinished")).isEqualTo(1);
    }

    @Test
    @Row("G15")
    void aDeliveryIsDoneOnceAndByItsProcessOnly() {
        put(ANNA, "a");
        put(ANNA, "b");
        var ben = got(BEN);
        got(CLEO);
        var stolen = queue.asks(CLEO, new TaskDone(ben.id()));
        done(ben);
        var before = queue.machine();

        var again = done(ben);

        assertThat(queue.refusal(stolen)).isEqualTo(Refusals.NOTHING_UNFINISHED);
        assertThat(queue.refusal(again)).isEqualTo(Refusals.NOTHING_UNFINISHED);
        assertThat(queue.machine()).isSameAs(before);
    }

    @Test
    @Row("G15")
    void anItemTellsHowOftenItCameBackUnfinished() {
        put(ANNA, "a");
        assertThat(redeliveries(got(BEN))).isZero();

        queue.departs(BEN);
        assertThat(redeliveries(got(CLEO))).isEqualTo(1);

        queue.ends(CLEO);
        assertThat(redeliveries(got(new Owner(5)))).as("however its consumer ended").isEqualTo(2);
    }

    @Test
    void anItemThatNeverArrivedAndIsGivenBackIsAsGoodAsNew() {
        put(ANNA, "a");
        var ben = queue.asks(BEN, new Get());

        queue.asks(BEN, new GiveBack(ben.id()));

        assertThat(redeliveries(got(CLEO))).isZero();
    }

    @Test
    void anItemThatWasUnderWayToADeadConsumerMayHaveBeenWorkedOn() {
        put(ANNA, "a");
        queue.asks(BEN, new Get());

        queue.departs(BEN);

        assertThat(redeliveries(got(CLEO))).isEqualTo(1);
    }

    // Dead letters.

    private void given(int redeliveries) {
        queue = new Stage<>(QueueMachine.of(new Spec.Queue(0, Spec.QueueKind.JOINABLE), redeliveries), Long.MAX_VALUE / 2);
    }

    /** Each gets the item and dies. */
    private Obituary killedInTurn(int consumers) {
        Obituary last = null;
        for (int i = 0; i < consumers; i++) {
            var consumer = new Owner(100 + i);
            got(consumer);
            last = queue.departs(consumer);
        }
        return last;
    }

    private Reply letter(long from) {
        return queue.reply(queue.asks(ANNA, new ReadDeadLetter(from)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    @Row("G15")
    void whatComesBackOnceTooOftenIsADeadLetterAndCountsAsDone(int redeliveries) {
        given(redeliveries);
        put(ANNA, "a");
        var join = join(ANNA);
        killedInTurn(redeliveries);
        assertThat(queue.waits(join)).isTrue();
        assertThat(queue.count("dead-letters")).isZero();

        got(BEN);
        var last = queue.departs(BEN);

        assertThat(queue.done(join)).isTrue();
        assertThat(queue.count("unfinished")).isZero();
        assertThat(queue.count("dead-letters")).isEqualTo(1);
        assertThat(letter(0)).isEqualTo(new Reply.DeadLetter(1, redeliveries + 1, last, item("a")));
    }

    @Test
    void theOthersOfTheSameConsumerComeBackInTheirOrder() {
        given(1);
        Stream.of("a", "b", "c").forEach(text -> put(ANNA, text));
        killedInTurn(1);
        Stream.generate(() -> got(BEN)).limit(3).forEach(got -> { });

        queue.departs(BEN);

        assertThat(((Reply.DeadLetter) letter(0)).payload()).isEqualTo(item("a"));
        assertThat(Stream.generate(() -> got(CLEO)).limit(2).map(queue::item)).containsExactly("b", "c");
    }

    @Test
    void deadLettersAreReadInTheirOrderAndStayWhereTheyAre() {
        given(0);
        Stream.of("a", "b").forEach(text -> put(ANNA, text));
        got(BEN);
        got(CLEO);
        queue.departs(CLEO);
        queue.departs(BEN);

        for (int i = 0; i < 2; i++) {
            assertThat(((Reply.DeadLetter) letter(0)).payload()).isEqualTo(item("a"));
            assertThat(((Reply.DeadLetter) letter(2)).payload()).isEqualTo(item("b"));
            assertThat(letter(3)).isEqualTo(new Reply.Done());
        }
    }

    @Test
    void aDeadLetterIsRemovedOnceAndTakesRoomUntilThen() {
        given(0);
        put(ANNA, "12345");
        killedInTurn(1);
        assertThat(queue.machine().bytes()).isEqualTo(5);

        assertThat(queue.done(queue.asks(ANNA, new RemoveDeadLetter(1)))).isTrue();

        assertThat(queue.machine().bytes()).isZero();
        assertThat(queue.refusal(queue.asks(BEN, new RemoveDeadLetter(1)))).isEqualTo(Refusals.NOT_FOUND);
        assertThat(letter(0)).isEqualTo(new Reply.Done());
    }

    @Test
    void handlesInADeadLetterLiveUntilItIsRemovedAndReadersGetCopies() {
        given(0);
        var payload = carrying("a handle");
        queue.asks(ANNA, new Put(payload));
        killedInTurn(1);
        queue.takeSettlements();
        assertThat(queue.machine().custody()).containsExactly(payload);

        var read = queue.asks(BEN, new ReadDeadLetter(0));
        queue.asks(ANNA, new RemoveDeadLetter(1));

        assertThat(queue.takeSettlements()).containsExactly(new Settlement.Copied(read, payload), new Settlement.Discarded(payload));
        assertThat(queue.machine().custody()).isEmpty();
    }

    @Test
    void onlyAJoinableQueueHasDeadLetters() {
        queue = Stage.of(new Spec.Queue(0, Spec.QueueKind.PLAIN));

        assertThat(queue.refusal(queue.asks(ANNA, new ReadDeadLetter(0)))).isEqualTo(Refusals.WRONG_KIND);
        assertThat(queue.refusal(queue.asks(ANNA, new RemoveDeadLetter(1)))).isEqualTo(Refusals.WRONG_KIND);
    }
}
