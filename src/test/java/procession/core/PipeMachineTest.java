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
import procession.core.Command.ForPipe;
import procession.core.Command.GiveBack;
import procession.core.Command.Poll;
import procession.core.Command.Receive;
import procession.core.Command.Send;

class PipeMachineTest {

    private static final int BUFFER = 10;

    private Stage<PipeMachine, ForPipe> pipe = Stage.of(new Spec.Pipe(true, BUFFER));

    private void givenOneWay() {
        pipe = Stage.of(new Spec.Pipe(false, BUFFER));
    }

    private Ticket send(Owner owner, int end, String text) {
        return pipe.asks(owner, new Send(end, item(text)));
    }

    private Ticket receive(Owner owner, int end) {
        return pipe.asks(owner, new Receive(end));
    }

    private Ticket received(Owner owner, int end) {
        var ticket = receive(owner, end);
        pipe.confirms(ticket);
        return ticket;
    }

    private Ticket poll(Owner owner, int end) {
        return pipe.asks(owner, new Poll(end));
    }

    private boolean endOfStream(Ticket ticket) {
        return pipe.reply(ticket).equals(new Reply.EndOfStream());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Row("PIPE-01")
    void messagesArriveAtTheOtherEndWholeAndInOrder(int from) {
        Stream.of("a", "", "c").forEach(text -> send(ANNA, from, text));

        assertThat(Stream.generate(() -> received(BEN, 3 - from)).limit(3).map(pipe::item)).containsExactly("a", "", "c");
    }

    @Test
    void theTwoDirectionsDoNotMix() {
        send(ANNA, 1, "to ben");
        send(BEN, 2, "to anna");

        assertThat(pipe.item(receive(ANNA, 1))).isEqualTo("to anna");
        assertThat(pipe.item(receive(BEN, 2))).isEqualTo("to ben");
    }

    @Test
    @Row("PIPE-02")
    void aOneWayPipeRefusesTheWrongWay() {
        givenOneWay();

        assertThat(pipe.refusal(send(ANNA, 1, "a"))).isEqualTo(Refusals.WRONG_WAY);
        assertThat(pipe.refusal(receive(BEN, 2))).isEqualTo(Refusals.WRONG_WAY);
        assertThat(pipe.refusal(poll(BEN, 2))).isEqualTo(Refusals.WRONG_WAY);
    }

    @Test
    void aOneWayPipeGoesFromItsSecondEndToItsFirst() {
        givenOneWay();
        send(BEN, 2, "a");

        assertThat(pipe.item(receive(ANNA, 1))).isEqualTo("a");
    }

    @Test
    void handlesInAMessageSentTheWrongWayAreDiscarded() {
        givenOneWay();

        pipe.asks(ANNA, new Send(1, carrying("a handle")));

        assertThat(pipe.takeSettlements()).containsExactly(new Settlement.Discarded(carrying("a handle")));
    }

    @Test
    @Row("PIPE-04")
    void pollSeesAMessageAndLeavesIt() {
        send(ANNA, 1, "a");

        assertThat(pipe.reply(poll(BEN, 2))).isEqualTo(new Reply.Ready());
        assertThat(pipe.reply(poll(BEN, 2))).isEqualTo(new Reply.Ready());
        assertThat(pipe.item(receive(BEN, 2))).isEqualTo("a");
    }

    @Test
    void pollWaitsUntilThereIsSomething() {
        var poll = poll(BEN, 2);
        assertThat(pipe.waits(poll)).isTrue();

        send(ANNA, 1, "");

        assertThat(pipe.reply(poll)).isEqualTo(new Reply.Ready());
    }

    @Test
    void aPollThatExpiresIsToldSo() {
        var poll = poll(BEN, 2);

        pipe.expires(poll);
        send(ANNA, 1, "a");

        assertThat(pipe.timedOut(poll)).isTrue();
    }

    @Test
    @Row("PIPE-06")
    void aWaitingReceiverIsServedBeforeAPoller() {
        var poll = poll(BEN, 2);
        var receive = receive(BEN, 2);

        send(ANNA, 1, "a");

        assertThat(pipe.item(receive)).isEqualTo("a");
        assertThat(pipe.waits(poll)).isTrue();
    }

    @Test
    @Row({"PIPE-18", "G16"})
    void sendersWaitWhenTheBufferIsFull() {
        send(ANNA, 1, "1234567");
        var full = send(ANNA, 1, "1234");
        var small = send(ANNA, 1, "1");

        assertThat(pipe.waits(full)).isTrue();
        assertThat(pipe.waits(small)).as("not overtaken").isTrue();
    }

    @Test
    void oneMessageIsAlwaysTakenHoweverBig() {
        var big = send(ANNA, 1, "more than the buffer takes");
        var next = send(ANNA, 1, "1");

        assertThat(pipe.done(big)).isTrue();
        assertThat(pipe.waits(next)).isTrue();
    }

    @Test
    void aFullBufferInOneDirectionDoesNotHoldUpTheOther() {
        send(ANNA, 1, "1234567890");

        assertThat(pipe.done(send(BEN, 2, "1234567890"))).isTrue();
    }

    @Test
    void aSenderProceedsWhenAMessageHasArrived() {
        send(ANNA, 1, "1234567890");
        send(ANNA, 1, "1");
        var late = send(ANNA, 1, "123456789x");

        received(BEN, 2);
        received(BEN, 2);

        assertThat(pipe.done(late)).isTrue();
    }

    @Test
    void aSenderThatExpiresSendsNothing() {
        send(ANNA, 1, "1234567890");
        var late = send(ANNA, 1, "late");
        var small = send(ANNA, 1, "small");

        pipe.expires(late);
        received(BEN, 2);

        assertThat(pipe.timedOut(late)).isTrue();
        assertThat(pipe.done(small)).isTrue();
        assertThat(pipe.item(receive(BEN, 2))).isEqualTo("small");
    }

    @Test
    @Row("PIPE-07")
    void pendingMessagesComeFirstAndThenTheStreamEndsForGood() {
        send(ANNA, 1, "a");
        pipe.endGone(1);

        assertThat(pipe.item(received(BEN, 2))).isEqualTo("a");
        assertThat(endOfStream(receive(BEN, 2))).isTrue();
        assertThat(endOfStream(receive(BEN, 2))).isTrue();
    }

    @Test
    void aReceiverThatWaitsSeesTheEndOfTheStream() {
        var receive = receive(BEN, 2);
        var poll = poll(BEN, 2);

        pipe.endGone(1);

        assertThat(endOfStream(receive)).isTrue();
        assertThat(pipe.reply(poll)).isEqualTo(new Reply.Ready());
    }

    @Test
    @Row("PIPE-08")
    void theEndOfTheStreamCountsAsReadable() {
        pipe.endGone(1);

        assertThat(pipe.reply(poll(BEN, 2))).isEqualTo(new Reply.Ready());
    }

    @Test
    void whatItsSenderStillWaitedToSendComesBeforeTheEnd() {
        send(ANNA, 1, "1234567890");
        send(ANNA, 1, "waiting");
        pipe.endGone(1);

        assertThat(pipe.item(received(BEN, 2))).isEqualTo("1234567890");
        assertThat(pipe.item(received(BEN, 2))).isEqualTo("waiting");
        assertThat(endOfStream(receive(BEN, 2))).isTrue();
    }

    @Test
    void whatADeadSenderWaitedToSendIsNeverSent() {
        send(ANNA, 1, "1234567890");
        send(ANNA, 1, "waiting");
        pipe.departs(ANNA);
        pipe.endGone(1);

        received(BEN, 2);

        assertThat(endOfStream(receive(BEN, 2))).isTrue();
    }

    @Test
    void theStreamDoesNotEndWhileAMessageMayStillComeBack() {
        send(ANNA, 1, "a");
        receive(BEN, 2);
        pipe.endGone(1);

        var cleo = receive(CLEO, 2);
        var poll = poll(CLEO, 2);
        assertThat(pipe.waits(cleo)).isTrue();
        assertThat(pipe.waits(poll)).isTrue();

        pipe.departs(BEN);
        assertThat(pipe.item(cleo)).isEqualTo("a");
        assertThat(pipe.waits(poll)).isTrue();

        pipe.confirms(cleo);
        assertThat(pipe.reply(poll)).isEqualTo(new Reply.Ready());
    }

    @Test
    void theStreamEndsForTheOthersWhenTheLastMessageHasArrived() {
        send(ANNA, 1, "a");
        var ben = receive(BEN, 2);
        var cleo = receive(CLEO, 2);
        pipe.endGone(1);

        pipe.confirms(ben);

        assertThat(endOfStream(cleo)).isTrue();
    }

    @Test
    @Row("PIPE-09")
    void sendingToAnEndThatIsGoneIsRefused() {
        pipe.endGone(2);

        assertThat(pipe.refusal(send(ANNA, 1, "a"))).isEqualTo(Refusals.BROKEN_PIPE);
    }

    @Test
    void whoWaitsToSendIsRefusedWhenTheOtherEndGoes() {
        send(ANNA, 1, "1234567890");
        var late = send(ANNA, 1, "late");

        pipe.endGone(2);

        assertThat(pipe.refusal(late)).isEqualTo(Refusals.BROKEN_PIPE);
        assertThat(pipe.machine().bytes()).isZero();
    }

    @Test
    void whoeverReceivesOrPollsAtAnEndThatIsGoneIsRefused() {
        var receive = receive(BEN, 2);
        var poll = poll(BEN, 2);

        pipe.endGone(2);

        assertThat(pipe.refusal(receive)).isEqualTo(Refusals.NOT_FOUND);
        assertThat(pipe.refusal(poll)).isEqualTo(Refusals.NOT_FOUND);
        assertThat(pipe.refusal(receive(BEN, 2))).isEqualTo(Refusals.NOT_FOUND);
    }

    @Test
    void nothingIsSentFromAnEndThatIsGoneSoTheEndOfTheStreamIsItsEnd() {
        pipe.endGone(1);
        assertThat(endOfStream(receive(BEN, 2))).isTrue();

        assertThat(pipe.refusal(send(ANNA, 1, "too late"))).isEqualTo(Refusals.NOT_FOUND);
        assertThat(endOfStream(receive(BEN, 2))).isTrue();
    }

    @Test
    @Row({"PIPE-10", "G16"})
    void theOtherDirectionOutlivesAnEndUntilItIsRead() {
        send(BEN, 2, "a");
        pipe.endGone(2);

        assertThat(pipe.item(received(ANNA, 1))).isEqualTo("a");
        assertThat(endOfStream(receive(ANNA, 1))).isTrue();
    }

    @Test
    void aMessageInFlightToADeadReceiverReturnsToItsPlaceForAnotherCopyOfTheEnd() {
        Stream.of("a", "b", "c").forEach(text -> send(ANNA, 1, text));
        receive(BEN, 2);
        received(CLEO, 2);

        pipe.departs(BEN);

        assertThat(Stream.generate(() -> received(CLEO, 2)).limit(2).map(pipe::item)).containsExactly("a", "c");
    }

    @Test
    void aMessageGivenBackReturnsToItsPlace() {
        Stream.of("a", "b").forEach(text -> send(ANNA, 1, text));
        var ben = receive(BEN, 2);

        pipe.asks(BEN, new GiveBack(ben.id()));
        pipe.confirms(ben);

        assertThat(Stream.generate(() -> received(CLEO, 2)).limit(2).map(pipe::item)).containsExactly("a", "b");
    }

    @Test
    void aMessageGivenBackToAnEndThatIsGoneIsDropped() {
        pipe.asks(ANNA, new Send(1, carrying("a handle")));
        var ben = receive(BEN, 2);
        pipe.endGone(2);

        pipe.asks(BEN, new GiveBack(ben.id()));

        assertThat(pipe.takeSettlements()).containsExactly(new Settlement.Discarded(carrying("a handle")));
        assertThat(pipe.machine().bytes()).isZero();
    }

    @Test
    void anExpiryThatComesLateIsHarmless() {
        var send = send(ANNA, 1, "a");
        var receive = receive(BEN, 2);
        var before = pipe.machine();

        pipe.expires(send);
        pipe.expires(receive);

        assertThat(pipe.machine()).isSameAs(before);
    }

    @Test
    void handlesAreAdoptedByTheReceiverOnce() {
        pipe.asks(ANNA, new Send(1, carrying("a handle")));

        var ben = received(BEN, 2);
        pipe.confirms(ben);
        pipe.departs(BEN);

        assertThat(pipe.takeSettlements()).containsExactly(
                new Settlement.Adopted(BEN, carrying("a handle")), new Settlement.Discarded(carrying("a handle")));
    }

    @Test
    void handlesInWhatNobodyWillReadAreDiscardedOnce() {
        pipe.asks(ANNA, new Send(1, carrying("buffered, and very big")));
        pipe.asks(ANNA, new Send(1, carrying("waiting")));

        pipe.endGone(2);
        pipe.asks(ANNA, new Send(1, carrying("too late")));
        pipe.endGone(1);

        assertThat(pipe.takeSettlements()).containsExactly(
                new Settlement.Discarded(carrying("buffered, and very big")),
                new Settlement.Discarded(carrying("waiting")),
                new Settlement.Discarded(carrying("too late")));
        assertThat(pipe.machine().custody()).isEmpty();
    }
}
