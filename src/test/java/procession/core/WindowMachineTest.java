package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.ANNA;
import static procession.core.Stage.BEN;
import static procession.core.Stage.CLEO;
import static procession.core.Stage.carrying;
import static procession.core.Stage.item;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import procession.core.Command.ForPipe;
import procession.core.Command.ForQueue;

/** What windows ask of queues and pipes: batches, and items that may still come back. */
class WindowMachineTest {

    private static Stage<QueueMachine, ForQueue> queue(int maxSize) {
        return Stage.of(new Spec.Queue(maxSize, Spec.QueueKind.PLAIN));
    }

    private static Stage<QueueMachine, ForQueue> joinable() {
        return Stage.of(new Spec.Queue(0, Spec.QueueKind.JOINABLE));
    }

    private static Command.PutAll putAll(String... texts) {
        return new Command.PutAll(Arrays.stream(texts).map(Stage::item).toList());
    }

    private static List<String> items(Stage<?, ?> stage, Ticket ticket) {
        assertThat(stage.reply(ticket)).isInstanceOf(Reply.Items.class);
        return ((Reply.Items) stage.reply(ticket)).items().stream().map(one -> Stage.text(one.payload())).toList();
    }

    private static String first(Stage<QueueMachine, ForQueue> queue) {
        return queue.item(queue.asks(CLEO, new Command.Get()));
    }

    // Puts.

    @Test
    void aBatchIsThereInItsOrderBetweenWhatCameBeforeAndAfter() {
        var queue = queue(0);
        queue.asks(ANNA, new Command.Put(item("a")));
        var batch = queue.asks(BEN, putAll("b", "c", "d"));
        queue.asks(ANNA, new Command.Put(item("e")));

        assertThat(queue.done(batch)).isTrue();
        assertThat(Stream.generate(() -> first(queue)).limit(5)).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aBatchEntersAsFarAsThereIsRoomAndIsConfirmedWhenAllOfItIsThere() {
        var queue = queue(2);
        var batch = queue.asks(ANNA, putAll("a", "b", "c"));

        assertThat(queue.waits(batch)).isTrue();
        assertThat(queue.count("size")).isEqualTo(2);
        assertThat(first(queue)).isEqualTo("a");
        assertThat(queue.done(batch)).isTrue();
        assertThat(queue.count("size")).isEqualTo(2);
    }

    @Test
    void nobodyOvertakesABatchThatWaitsForRoom() {
        var queue = queue(1);
        queue.asks(ANNA, putAll("a", "b", "c"));
        queue.asks(BEN, new Command.Put(item("d")));

        assertThat(Stream.generate(() -> first(queue)).limit(4)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void theByteBudgetHoldsItemByItem() {
        Stage<QueueMachine, ForQueue> queue = Stage.of(new Spec.Queue(0, Spec.QueueKind.PLAIN), 5);
        var batch = queue.asks(ANNA, putAll("aa", "bb", "cc"));

        assertThat(queue.waits(batch)).isTrue();
        assertThat(queue.machine().bytes()).isEqualTo(4);
    }

    @Test
    void whatWaitsForRoomStaysInLineWhenItsProcessEnds() {
        var queue = queue(1);
        queue.asks(ANNA, putAll("a", "b", "c"));
        var plain = queue.asks(ANNA, new Command.Put(item("plain")));
        queue.asks(BEN, new Command.Put(item("d")));

        queue.departs(ANNA);

        assertThat(queue.count("left-behind")).isEqualTo(2);
        assertThat(queue.view().waiting()).hasSize(1);
        assertThat(Stream.generate(() -> first(queue)).limit(4)).containsExactly("a", "b", "c", "d");
        assertThat(queue.waits(plain)).isTrue();
    }

    @Test
    void whatWasLeftBehindTakesRoomButDoesNotWaitForTheKeepers() {
        Stage<QueueMachine, ForQueue> queue = Stage.of(new Spec.Queue(0, Spec.QueueKind.PLAIN), 5);
        queue.asks(ANNA, putAll("aa", "bb", "cc"));

        queue.departs(ANNA);

        assertThat(queue.count("size")).isEqualTo(3);
        assertThat(queue.machine().bytes()).isEqualTo(6);
        assertThat(queue.waits(queue.asks(BEN, new Command.Put(item("d"))))).isTrue();
    }

    @Test
    void aShutDownRefusesWhatWaitsForRoomButNotWhatOneThatHasEndedLeft() {
        var queue = queue(1);
        queue.asks(ANNA, putAll("a", "b"));
        queue.departs(ANNA);
        var waits = queue.asks(BEN, putAll("c", "d"));

        queue.asks(CLEO, new Command.ShutDown());

        assertThat(queue.refusal(waits)).isEqualTo(Refusals.SHUT_DOWN);
        assertThat(((Reply.Refused) queue.reply(waits)).message()).contains("the last 2 of 2");
        assertThat(first(queue)).isEqualTo("a");
        assertThat(first(queue)).isEqualTo("b");
    }

    @Test
    void theEndIsToldBehindWhatWasLeft() {
        var queue = queue(1);
        queue.asks(ANNA, putAll("a", "b"));
        queue.asks(BEN, new Command.CloseWhenGone(List.of(), List.of(ANNA)));
        queue.departs(ANNA);
        var got = queue.asks(BEN, new Command.GetSome(5));
        assertThat(items(queue, got)).containsExactly("a");
        queue.asks(BEN, new Command.Consumed(got.id(), 1));

        var next = queue.asks(BEN, new Command.GetSome(5));
        assertThat(items(queue, next)).containsExactly("b");
        var end = queue.asks(BEN, new Command.GetSome(5));
        assertThat(queue.waits(end)).as("b may still come back").isTrue();
        queue.asks(BEN, new Command.Consumed(next.id(), 1));
        assertThat(queue.reply(end)).isInstanceOf(Reply.EndOfStream.class);
    }

    // Gets.

    @Test
    void asManyAsAreThereAreGivenUpToWhatWasAsked() {
        var queue = queue(0);
        queue.asks(ANNA, putAll("a", "b", "c", "d"));

        assertThat(items(queue, queue.asks(BEN, new Command.GetSome(3)))).containsExactly("a", "b", "c");
        assertThat(items(queue, queue.asks(BEN, new Command.GetSome(3)))).containsExactly("d");
        assertThat(queue.waits(queue.asks(BEN, new Command.GetSome(3)))).isTrue();
    }

    @Test
    void whoAskedFirstIsServedFirstWhateverItAskedFor() {
        var queue = queue(0);
        var one = queue.asks(ANNA, new Command.Get());
        var some = queue.asks(BEN, new Command.GetSome(2));
        queue.asks(CLEO, putAll("a", "b", "c", "d"));

        assertThat(queue.item(one)).isEqualTo("a");
        assertThat(items(queue, some)).containsExactly("b", "c");
    }

    @Test
    void whatWasNotConsumedGoesBackToItsPlace() {
        var queue = queue(0);
        queue.asks(ANNA, putAll("a", "b", "c", "d"));
        var some = queue.asks(BEN, new Command.GetSome(3));
        queue.asks(BEN, new Command.Consumed(some.id(), 1));

        queue.asks(BEN, new Command.GiveBack(some.id()));

        assertThat(queue.count("unfinished")).isEqualTo(3);
        assertThat(Stream.generate(() -> first(queue)).limit(3)).containsExactly("b", "c", "d");
    }

    @Test
    void aDeathGivesBackWhatWasNotConsumedAndNothingElse() {
        var queue = queue(0);
        queue.asks(ANNA, putAll("a", "b", "c"));
        var some = queue.asks(BEN, new Command.GetSome(3));
        queue.confirms(some);
        queue.asks(BEN, new Command.Consumed(some.id(), 2));

        queue.departs(BEN);

        assertThat(first(queue)).isEqualTo("c");
        assertThat(queue.count("size")).isZero();
    }

    @Test
    void whatIsConsumedIsCountedOnce() {
        var queue = queue(0);
        queue.asks(ANNA, new Command.PutAll(List.of(carrying("a"), carrying("b"))));
        var some = queue.asks(BEN, new Command.GetSome(2));
        queue.asks(BEN, new Command.Consumed(some.id(), 1));
        queue.asks(BEN, new Command.Consumed(some.id(), 1));

        assertThat(queue.takeSettlements()).containsExactly(new Settlement.Adopted(BEN, carrying("a")),
                new Settlement.Discarded(carrying("a")));
        queue.asks(BEN, new Command.Consumed(some.id(), 9));
        assertThat(queue.takeSettlements()).containsExactly(new Settlement.Adopted(BEN, carrying("b")),
                new Settlement.Discarded(carrying("b")));
        assertThat(queue.machine().bytes()).isZero();
    }

    // Joinable queues.

    @Test
    void whatAWindowHoldsCannotBeDoneBeforeItIsConsumed() {
        var queue = joinable();
        queue.asks(ANNA, putAll("a", "b"));
        var some = queue.asks(BEN, new Command.GetSome(2));
        assertThat(queue.refusal(queue.asks(BEN, new Command.TaskDone(0)))).isEqualTo(Refusals.NOTHING_UNFINISHED);

        queue.asks(BEN, new Command.Consumed(some.id(), 1));

        assertThat(queue.done(queue.asks(BEN, new Command.TaskDone(0)))).isTrue();
        assertThat(queue.refusal(queue.asks(BEN, new Command.TaskDone(0)))).isEqualTo(Refusals.NOTHING_UNFINISHED);
        assertThat(queue.count("unfinished")).isEqualTo(1);
    }

    @Test
    void everythingAWindowHadAndDidNotFinishComesBackMarked() {
        var queue = joinable();
        queue.asks(ANNA, putAll("a", "b", "c"));
        var some = queue.asks(BEN, new Command.GetSome(3));
        queue.asks(BEN, new Command.Consumed(some.id(), 2));
        queue.asks(BEN, new Command.TaskDone(0));

        queue.departs(BEN);

        var again = queue.asks(CLEO, new Command.GetSome(3));
        assertThat(items(queue, again)).containsExactly("b", "c");
        assertThat(((Reply.Items) queue.reply(again)).items()).allMatch(one -> one.redelivered() == 1);
    }

    // Pipes.

    private static Stage<PipeMachine, ForPipe> pipe() {
        return Stage.of(new Spec.Pipe(true, 100));
    }

    private static Command.SendAll sendAll(int end, String... texts) {
        return new Command.SendAll(end, Arrays.stream(texts).map(Stage::item).toList());
    }

    @Test
    void aStreamEndsBehindWhatItsSenderLeft() {
        var pipe = pipe();
        pipe.asks(ANNA, sendAll(1, "a".repeat(90), "b".repeat(90)));
        pipe.departs(ANNA);
        pipe.endGone(1);

        var first = pipe.asks(BEN, new Command.ReceiveSome(2, 9));
        assertThat(items(pipe, first)).containsExactly("a".repeat(90));
        var second = pipe.asks(BEN, new Command.ReceiveSome(2, 9));
        pipe.asks(BEN, new Command.Consumed(first.id(), 1));
        assertThat(items(pipe, second)).containsExactly("b".repeat(90));
        pipe.asks(BEN, new Command.Consumed(second.id(), 1));
        assertThat(pipe.reply(pipe.asks(BEN, new Command.ReceiveSome(2, 9)))).isInstanceOf(Reply.EndOfStream.class);
    }

    @Test
    void whatLeadsToAnEndThatIsGoneIsRefusedAndDropped() {
        var pipe = pipe();
        pipe.endGone(2);
        var batch = pipe.asks(ANNA, new Command.SendAll(1, List.of(carrying("a"), carrying("b"))));

        assertThat(pipe.refusal(batch)).isEqualTo(Refusals.BROKEN_PIPE);
        assertThat(pipe.takeSettlements()).containsExactlyInAnyOrder(new Settlement.Discarded(carrying("a")),
                new Settlement.Discarded(carrying("b")));
    }

    @Test
    void theWrongEndOfAOneWayPipeRefusesBatchesToo() {
        Stage<PipeMachine, ForPipe> pipe = Stage.of(new Spec.Pipe(false, 100));

        assertThat(pipe.refusal(pipe.asks(ANNA, sendAll(1, "a")))).isEqualTo(Refusals.WRONG_WAY);
        assertThat(pipe.refusal(pipe.asks(ANNA, new Command.ReceiveSome(2, 1)))).isEqualTo(Refusals.WRONG_WAY);
    }
}
