package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.carrying;
import static procession.core.Stage.item;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import procession.core.Command.ForQueue;
import procession.core.Command.Get;
import procession.core.Command.GiveBack;
import procession.core.Command.JoinQueue;
import procession.core.Command.Put;
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
    void theLastTaskDoneReleasesEveryoneInJoin() {
        put(ANNA, "a");
        got(BEN);
        var joiners = Stream.of(ANNA, BEN, CLEO).map(this::join).toList();

        taskDone(BEN);

        assertThat(joiners).allMatch(queue::done);
    }

    @Test
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
    void taskDoneBeforeAnyGetIsRefusedSoTheItemStillCounts() {
        put(ANNA, "a");

        var done = taskDone(ANNA);

        assertThat(queue.refusal(done)).isEqualTo(Refusals.NOTHING_UNFINISHED);
        assertThat(queue.waits(join(ANNA))).isTrue();
    }

    @Test
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
    void whatADeadConsumerDidNotFinishReturnsToItsPlaceInOrder() {
        Stream.of("a", "b", "c", "d").forEach(text -> put(ANNA, text));
        got(BEN);
        got(CLEO);
        got(BEN);

        queue.departs(BEN);

        assertThat(Stream.generate(() -> got(CLEO)).limit(3).map(queue::item)).containsExactly("a", "c", "d");
    }

    @Test
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
}
