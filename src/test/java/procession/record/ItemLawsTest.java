package procession.record;

import static procession.core.Happening.Kind.DEAD_LETTER;
import static procession.core.Happening.Kind.DONE;
import static procession.core.Happening.Kind.END_OF_STREAM;
import static procession.core.Happening.Kind.GOT;
import static procession.core.Happening.Kind.JOINED;
import static procession.core.Happening.Kind.PUT;
import static procession.core.Happening.Kind.READY;
import static procession.core.Happening.Kind.RECEIVED;
import static procession.core.Happening.Kind.REQUEUED;
import static procession.core.Happening.Kind.SENT;
import static procession.core.Happening.Kind.SHUT_DOWN;
import static procession.core.Happening.Kind.TIMED_OUT;
import static procession.record.ByHand.ANNA;
import static procession.record.ByHand.BEN;
import static procession.record.ByHand.CLEO;

import org.junit.jupiter.api.Test;
import procession.core.Sent;

/** The laws of queues and pipes, each kept and broken by a few lines. */
class ItemLawsTest {

    private static final String KEPT = "items are kept";

    private final ByHand queue = ByHand.with("a queue without a bound");
    private final ByHand tasks = ByHand.with("a joinable queue without a bound");
    private final ByHand pipe = ByHand.with("a one-way pipe");

    private static int puts(ByHand record, long owner, long request, long number) {
        record.asks(owner, request, "Put", 0, 0);
        int put = record.then(PUT, owner, request, number, 0, "");
        record.returned(owner, request, "Done", 0, 0);
        return put;
    }

    private static int gets(ByHand record, long owner, long request, long number, int redelivered) {
        record.asks(owner, request, "Get", 0, 0);
        int got = record.then(GOT, owner, request, number, redelivered, "");
        record.returned(owner, request, "Item", 0, redelivered);
        return got;
    }

    private static int sends(ByHand record, long owner, long request, long number) {
        record.invoked(owner, request, "Send", 0, 0, "to 1", Sent.FOR_EVER, false);
        record.asked(owner, request, "Send", 0, 0);
        int sent = record.then(SENT, owner, request, number, 0, "to 1");
        record.returned(owner, request, "Done", 0, 0);
        return sent;
    }

    private static int receives(ByHand record, long owner, long request, long number) {
        record.invoked(owner, request, "Receive", 0, 0, "to 1", Sent.FOR_EVER, false);
        record.asked(owner, request, "Receive", 0, 0);
        int received = record.then(RECEIVED, owner, request, number, 0, "to 1");
        record.returned(owner, request, "Item", 0, 0);
        return received;
    }

    @Test
    void whatIsPutIsGotInItsOrder() {
        puts(queue, ANNA, 1, 1);
        puts(queue, ANNA, 2, 2);
        gets(queue, BEN, 1, 1, 0);
        gets(queue, CLEO, 1, 2, 0);
        queue.end();

        queue.isClean();
    }

    @Test
    void whatWasNeverPutIsNotGot() {
        puts(queue, ANNA, 1, 1);
        int got = gets(queue, BEN, 1, 2, 0);

        queue.breaks(KEPT, got);
    }

    @Test
    void whatIsOutWithOneIsNotGivenToAnother() {
        puts(queue, ANNA, 1, 1);
        int ben = gets(queue, BEN, 1, 1, 0);
        int cleo = gets(queue, CLEO, 1, 1, 0);

        queue.breaks(KEPT, ben, cleo);
    }

    @Test
    void theFirstItemGoesFirst() {
        int first = puts(queue, ANNA, 1, 1);
        int second = puts(queue, ANNA, 2, 2);
        int got = gets(queue, BEN, 1, 2, 0);

        queue.breaks(KEPT, first, second, got);
    }

    @Test
    void whatAProducerPutFirstIsTakenInFirst() {
        int second = puts(queue, ANNA, 2, 1);
        int first = puts(queue, ANNA, 1, 2);

        queue.breaks(KEPT, second, first);
    }

    @Test
    void whoAskedFirstGetsFirst() {
        int ben = queue.asks(BEN, 1, "Get", 0, 0);
        int cleo = queue.asks(CLEO, 1, "Get", 0, 0);
        puts(queue, ANNA, 1, 1);
        int got = queue.and().happened(GOT, CLEO, 1, 1, 0, "");

        queue.breaks(KEPT, ben, cleo, got);
    }

    @Test
    void nobodyWaitsForWhatIsThere() {
        int waits = queue.asks(BEN, 1, "Get", 0, 0);
        int put = puts(queue, ANNA, 1, 1);
        queue.ended(CLEO, "returned");

        queue.breaks(KEPT, waits, put);
    }

    @Test
    void nobodyWaitsInVainForWhatIsThere() {
        int put = puts(queue, ANNA, 1, 1);
        queue.asks(BEN, 1, "Get", 0, 0);
        int late = queue.then(TIMED_OUT, BEN, 1, 0, 0, "It has 1 item.");

        queue.breaks(KEPT, put, late);
    }

    @Test
    void aQueueIsNotFilledAboveItsBound() {
        var small = ByHand.with("a queue for 1 items");
        puts(small, ANNA, 1, 1);
        int second = puts(small, ANNA, 2, 2);

        small.breaks(KEPT, second);
    }

    @Test
    void afterAShutdownNothingIsPut() {
        queue.asks(ANNA, 1, "ShutDown", 0, 0);
        int shut = queue.then(SHUT_DOWN, ANNA, 1, 0, 0, "");
        int put = puts(queue, ANNA, 2, 1);

        queue.breaks(KEPT, shut, put);
    }

    @Test
    void theEndIsToldWhenNothingIsLeft() {
        int put = puts(queue, ANNA, 1, 1);
        queue.asks(ANNA, 2, "ShutDown", 0, 0);
        queue.then(SHUT_DOWN, ANNA, 2, 0, 0, "");
        queue.asks(BEN, 1, "Get", 0, 0);
        int end = queue.then(END_OF_STREAM, BEN, 1, 0, 0, "");

        queue.breaks(KEPT, put, end);
    }

    @Test
    void anItemOfTheDeadComesBackAndSaysSo() {
        puts(tasks, ANNA, 1, 1);
        gets(tasks, BEN, 1, 1, 0);
        tasks.ended(BEN, "killed by signal 9");
        tasks.then(REQUEUED, BEN, 1, 1, 1, "");
        gets(tasks, CLEO, 1, 1, 1);
        tasks.asks(CLEO, 2, "TaskDone", 0, 0);
        tasks.then(DONE, CLEO, 2, 1, 0, "");
        tasks.returned(CLEO, 2, "Done", 0, 0);
        tasks.end();

        tasks.isClean();
    }

    @Test
    void anItemOfTheDeadThatDoesNotComeBackIsLost() {
        puts(tasks, ANNA, 1, 1);
        int got = gets(tasks, BEN, 1, 1, 0);
        int death = tasks.ended(BEN, "killed by signal 9");
        tasks.end();

        tasks.breaks(KEPT, got, death);
    }

    @Test
    void anItemThatCameBackIsCounted() {
        int put = puts(tasks, ANNA, 1, 1);
        gets(tasks, BEN, 1, 1, 0);
        tasks.ended(BEN, "killed by signal 9");
        tasks.then(REQUEUED, BEN, 1, 1, 1, "");
        int got = gets(tasks, CLEO, 1, 1, 0);

        tasks.breaks(KEPT, put, got);
    }

    @Test
    void anItemThatComesBackTooOftenBecomesADeadLetter() {
        puts(tasks, ANNA, 1, 1);
        gets(tasks, BEN, 1, 1, 0);
        tasks.ended(BEN, "killed by signal 9");
        tasks.then(REQUEUED, BEN, 1, 1, 1, "");
        int got = gets(tasks, CLEO, 1, 1, 1);
        tasks.ended(CLEO, "killed by signal 9");
        int back = tasks.then(REQUEUED, CLEO, 1, 1, 2, ""); // The record allows one redelivery.

        tasks.breaks(KEPT, got, back);
    }

    @Test
    void aDeadLetterIsNoLossAndIsDone() {
        puts(tasks, ANNA, 1, 1);
        gets(tasks, BEN, 1, 1, 0);
        tasks.ended(BEN, "killed by signal 9");
        tasks.then(REQUEUED, BEN, 1, 1, 1, "");
        gets(tasks, CLEO, 1, 1, 1);
        tasks.asks(ANNA, 2, "JoinQueue", 0, 0);
        tasks.ended(CLEO, "killed by signal 9");
        tasks.then(DEAD_LETTER, CLEO, 1, 1, 2, "cleo killed by signal 9");
        tasks.then(JOINED, ANNA, 2, 0, 0, "");
        tasks.returned(ANNA, 2, "Done", 0, 0);
        tasks.end();

        tasks.isClean();
    }

    @Test
    void whoJoinsWaitsUntilEverythingIsDone() {
        puts(tasks, ANNA, 1, 1);
        int got = gets(tasks, BEN, 1, 1, 0);
        tasks.asks(ANNA, 2, "JoinQueue", 0, 0);
        int joined = tasks.then(JOINED, ANNA, 2, 0, 0, "");

        tasks.breaks(KEPT, got, joined);
    }

    @Test
    void nothingIsDoneTwice() {
        puts(tasks, ANNA, 1, 1);
        gets(tasks, BEN, 1, 1, 0);
        tasks.asks(BEN, 2, "TaskDone", 0, 0);
        tasks.then(DONE, BEN, 2, 1, 0, "");
        tasks.asks(BEN, 3, "TaskDone", 0, 0);
        int again = tasks.then(DONE, BEN, 3, 1, 0, "");

        tasks.breaks(KEPT, again);
    }

    @Test
    void aPipeGivesAPrefixAndThenTheEnd() {
        sends(pipe, ANNA, 1, 1);
        receives(pipe, BEN, 1, 1);
        pipe.invoked(BEN, 2, "Receive", 0, 0, "to 1", Sent.FOR_EVER, false);
        pipe.asked(BEN, 2, "Receive", 0, 0);
        int end = pipe.then(END_OF_STREAM, BEN, 2, 0, 0, "to 1");
        pipe.returned(BEN, 2, "EndOfStream", 0, 0);
        pipe.keeps(KEPT);
        int late = sends(pipe, ANNA, 2, 2);

        pipe.breaks(KEPT, end, late);
    }

    @Test
    void aMessageIsNotLeftOut() {
        int first = sends(pipe, ANNA, 1, 1);
        int second = sends(pipe, ANNA, 2, 2);
        int received = receives(pipe, BEN, 1, 2);

        pipe.breaks(KEPT, first, second, received);
    }

    @Test
    void ofAPipeWhoseUserDidNotTellTheDirectionNothingIsSaid() {
        sends(pipe, ANNA, 1, 1);
        pipe.asked(BEN, 1, "Receive", 0, 0);
        pipe.then(RECEIVED, BEN, 1, 7, 0, "to 1");

        pipe.keeps(KEPT);
    }

    // By their receivers' own lines.

    @Test
    void nothingIsReceivedByTwoThatLive() {
        puts(queue, ANNA, 1, 1);
        int ben = gets(queue, BEN, 1, 1, 0) + 1;
        queue.happened(REQUEUED, BEN, 1, 1, 0, "");
        int cleo = gets(queue, CLEO, 1, 1, 0) + 1;

        queue.breaks("items go to one", ben, cleo);
    }

    @Test
    void whatTheFirstGaveBackOrNeverHadIsTheSeconds() {
        puts(queue, ANNA, 1, 1);
        queue.asks(BEN, 1, "Get", 0, 0);
        queue.then(GOT, BEN, 1, 1, 0, "");
        queue.returned(BEN, 1, "KeeperSilent", 0, 0);
        queue.invoked(BEN, 2, "GiveBack", 1, 0, "", Sent.FOR_EVER, true);
        queue.asked(BEN, 2, "GiveBack", 1, 0);
        queue.then(REQUEUED, BEN, 1, 1, 0, "");
        gets(queue, CLEO, 1, 1, 0);
        queue.end();

        queue.isClean();
    }

    @Test
    void whatOneHadThatDiedIsTheNexts() {
        puts(queue, ANNA, 1, 1);
        gets(queue, BEN, 1, 1, 0); // It was told, and its receipt was not known yet.
        queue.ended(BEN, "killed by signal 9");
        queue.then(REQUEUED, BEN, 1, 1, 0, "");
        gets(queue, CLEO, 1, 1, 0);
        queue.end();

        queue.isClean();
    }

    // Who waits to see something.

    private static int polls(ByHand record, long owner, long request) {
        return record.asks(owner, request, "PollQueue", 0, 0);
    }

    @Test
    void whoWaitsToSeeAnItemIsToldAndTakesNothing() {
        polls(queue, BEN, 1);
        queue.asks(ANNA, 1, "Put", 0, 0);
        queue.then(PUT, ANNA, 1, 1, 0, "");
        queue.then(READY, BEN, 1, 0, 0, "");
        queue.returned(ANNA, 1, "Done", 0, 0);
        queue.returned(BEN, 1, "Ready", 0, 0);
        gets(queue, CLEO, 1, 1, 0);
        queue.end();

        queue.isClean();
    }

    @Test
    void whoWaitsToSeeAnItemDoesNotWaitOnWhenItIsThere() {
        int polls = polls(queue, BEN, 1);
        queue.asks(ANNA, 1, "Put", 0, 0);
        int put = queue.then(PUT, ANNA, 1, 1, 0, "");
        queue.returned(ANNA, 1, "Done", 0, 0);
        queue.end();

        queue.breaks(KEPT, polls, put);
    }

    @Test
    void nobodyIsToldOfAnItemThatSomebodyInLineGets() {
        queue.asks(CLEO, 1, "Get", 0, 0);
        polls(queue, BEN, 1);
        queue.asks(ANNA, 1, "Put", 0, 0);
        queue.then(PUT, ANNA, 1, 1, 0, "");
        queue.then(GOT, CLEO, 1, 1, 0, "");
        int told = queue.then(READY, BEN, 1, 0, 0, "");
        queue.returned(ANNA, 1, "Done", 0, 0);
        queue.returned(CLEO, 1, "Item", 0, 0);
        queue.returned(BEN, 1, "Ready", 0, 0);
        queue.end();

        queue.breaks(KEPT, told);
    }

    @Test
    void theEndIsSomethingToSeeAsWell() {
        polls(queue, BEN, 1);
        queue.asks(ANNA, 1, "ShutDown", 0, 0);
        queue.then(SHUT_DOWN, ANNA, 1, 0, 0, "");
        queue.then(READY, BEN, 1, 0, 0, "");
        queue.returned(ANNA, 1, "Done", 0, 0);
        queue.returned(BEN, 1, "Ready", 0, 0);
        queue.end();

        queue.isClean();
    }
}
