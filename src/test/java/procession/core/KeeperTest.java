package procession.core;

import static org.assertj.core.api.Assertions.assertThat;
import static procession.core.Stage.item;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Row;
import procession.core.Command.AcquireLock;
import procession.core.Command.Get;
import procession.core.Command.GiveBack;
import procession.core.Command.Put;
import procession.core.Command.Receive;
import procession.core.Command.ReleaseLock;
import procession.core.Command.Send;
import procession.core.Command.TaskDone;

class KeeperTest extends KeeperStage {

    // Coming and going.

    @Test
    void sayingHelloAgainChangesNothing() {
        var child = main.spawns("child");

        assertThat(keeper.hello(child.hello, now)).isEqualTo(Hello.Verdict.WELCOME);
        assertThat(keeper.members()).hasSize(2);
    }

    @Test
    void aChildThatWasNotAnnouncedYetIsToldToAskAgain() {
        assertThat(keeper.hello(new Hello(main.owner.number(), 7, "early", 1, ""), now)).isEqualTo(Hello.Verdict.UNKNOWN);
    }

    @Test
    void aProcessThatIsGoneStaysGoneThoughALateHelloArrives() {
        var child = main.spawns("child");
        keeper.gone(child.owner, "killed", now);

        assertThat(keeper.hello(child.hello, now)).isEqualTo(Hello.Verdict.GONE);
        assertThat(keeper.members()).hasSize(1);
    }

    @Test
    void whoseParentHasToldOfItsEndIsForgottenAndALateHelloDoesNotBringItBack() {
        var child = main.spawns("child");
        main.asks(new Request.Ended(1, "killed", false));

        assertThat(keeper.hello(child.hello, now)).isEqualTo(Hello.Verdict.UNKNOWN);
        assertThat(keeper.members()).hasSize(1);
    }

    @Test
    void anOrphanThatSaysHelloAgainStillTakesPart() {
        var child = main.spawns("child");
        var grandchild = child.spawns("grandchild");
        main.asks(new Request.Ended(1, "killed", false));

        assertThat(keeper.unattended()).extracting(Member::owner).containsExactly(grandchild.owner);
        assertThat(keeper.hello(grandchild.hello, now)).isEqualTo(Hello.Verdict.WELCOME);
        assertThat(keeper.find(grandchild.hello)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAProcessReportedIsItsParentsWhoeverSawItEnd(boolean anotherSawItFirst) {
        var child = main.spawns("child");
        child.asks(new Request.Report(item("its value")));
        if (anotherSawItFirst) {
            keeper.gone(child.owner, "exit 0", now);
        }

        long ended = main.asks(new Request.Ended(1, "exit 0", true));

        assertThat(main.reply(ended)).isEqualTo(new Reply.Settled(item("its value")));
    }

    @Test
    void handlesInAReportOutliveTheProcessThatReported() {
        var child = main.spawns("child");
        var lock = child.makes(LOCK);
        child.asks(new Request.Report(with(handle(lock, LOCK))));
        keeper.gone(child.owner, "exit 0", now);

        main.asks(new Request.Ended(1, "exit 0", true));

        assertThat(main.reply(main.asks(lock, new AcquireLock()))).isInstanceOf(Reply.Granted.class);
    }

    @Test
    void nothingIsAcceptedFromAProcessThatIsGone() {
        var child = main.spawns("child");
        var lock = main.makes(LOCK);
        child.says(lock, new AcquireLock());
        var late = child.link.transmit(now).orElseThrow();
        keeper.gone(child.owner, "killed", now);

        keeper.receive(child.owner, late, now);

        assertThat(main.reply(main.asks(lock, new AcquireLock()))).isInstanceOf(Reply.Granted.class);
    }

    @Test
    @Row("G01")
    void whatItHeldIsSettledWhenItsParentIsAnswered() {
        var lock = main.makes(LOCK);
        var child = main.spawns("child", handle(lock, LOCK));
        child.asks(lock, new AcquireLock());
        long waits = main.asks(lock, new AcquireLock());

        long ended = main.asks(new Request.Ended(1, "killed", false));

        assertThat(main.reply(ended)).isEqualTo(new Reply.Settled(Payload.NONE));
        assertThat(((Reply.Granted) main.reply(waits)).abandoned().orElseThrow().outcome()).isEqualTo("killed");
    }

    // Waiting, once for all.

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    @Row("K4")
    void aTimeoutOfZeroOrLessTriesOnce(long timeout) {
        var lock = main.makes(LOCK);
        main.asks(lock, new AcquireLock());

        long once = main.asks(new Request.Operate(lock, new AcquireLock()), timeout);

        assertThat(main.reply(once)).isInstanceOf(Reply.TimedOut.class);
        assertThat(keeper.load().open()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 1})
    @Row({"LOCK-09", "K4"})
    void whatIsTooLongIsForEver(long timeout) {
        var lock = main.makes(LOCK);
        main.asks(lock, new AcquireLock());

        main.asks(new Request.Operate(lock, new AcquireLock()), timeout);

        now += Link.ACKNOWLEDGE_AFTER;
        exchange();
        assertThat(keeper.nextTick()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aRequestThatWaitedLongEnoughIsToldWhoHolds() {
        var lock = main.makes(LOCK);
        main.asks(lock, new AcquireLock());
        long late = main.asks(new Request.Operate(lock, new AcquireLock()), SECOND);
        now += Link.ACKNOWLEDGE_AFTER;
        exchange();
        assertThat(keeper.nextTick()).isEqualTo(now - Link.ACKNOWLEDGE_AFTER + SECOND);

        now += SECOND - Link.ACKNOWLEDGE_AFTER - 1;
        exchange();
        assertThat(main.reply(late)).isNull();

        now += 1;
        exchange();
        assertThat(main.reply(late)).isEqualTo(new Reply.TimedOut("It is held by MainProcess (pid 100) for 1.0 s (fence 1)."));
        assertThat(keeper.load().deadlines()).isZero();
    }

    @Test
    void aWithdrawalIsAnsweredByATimeoutAndOneThatIsLateByNothing() {
        var lock = main.makes(LOCK);
        long held = main.asks(lock, new AcquireLock());
        long waits = main.asks(lock, new AcquireLock());

        main.asks(new Request.Withdraw(waits));
        main.asks(new Request.Withdraw(waits));
        main.asks(new Request.Withdraw(held));

        assertThat(main.reply(waits)).isInstanceOf(Reply.TimedOut.class);
        assertThat(main.reply(held)).isInstanceOf(Reply.Granted.class);
    }

    @Test
    void aQuietRequestIsAnsweredOnlyWhenItIsRefused() {
        var lock = main.makes(LOCK);
        long held = main.asks(lock, new AcquireLock());
        main.quietly(lock, new ReleaseLock(((Reply.Granted) main.reply(held)).fence()));
        assertThat(main.replies).hasSize(1);

        main.quietly(lock, new ReleaseLock(77));
        assertThat(main.replies).hasSize(2);
        assertThat(main.replies.values()).anyMatch(reply -> reply instanceof Reply.Refused);
    }

    @Test
    @Row("G02")
    void fencesRiseAcrossPrimitives() {
        var one = main.makes(LOCK);
        var other = main.makes(new Spec.Semaphore(1, false));

        long first = main.asks(one, new AcquireLock());
        long second = main.asks(other, new Command.AcquirePermits(1, true));

        assertThat(((Reply.Granted) main.reply(second)).fence()).isGreaterThan(((Reply.Granted) main.reply(first)).fence());
    }

    @Test
    void putsWaitForTheKeepersRoomAndProceedWhenThereIsSome() {
        keeper = new Keeper(Rules.usual(10), null);
        keeper.hello(main.hello, now);
        var full = main.makes(QUEUE);
        var other = main.makes(QUEUE);
        main.asks(full, new Put(item("1234567890")));
        long waits = main.asks(other, new Put(item("x")));
        assertThat(main.reply(waits)).isNull();

        main.asks(full, new Get());

        assertThat(main.reply(waits)).isEqualTo(new Reply.Done());
        assertThat(keeper.load().payloadBytes()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"REMOVED", "DIED", "WITHDRAWN"}, value = Relief.class)
    void putsProceedHoweverTheRoomCameAbout(Relief relief) {
        keeper = new Keeper(Rules.usual(10), null);
        keeper.hello(main.hello, now);
        var big = main.makes(PIPE);
        var child = main.spawns("child", end(big, 2));
        var other = main.makes(QUEUE);
        main.asks(big, new Send(2, item("1234567")));
        long first = child.asks(other, new Put(item("4567")));
        long second = main.asks(other, new Put(item("1")));

        switch (relief) {
            case REMOVED -> main.drops(big, 1);
            case DIED -> main.asks(new Request.Ended(1, "killed", false));
            case WITHDRAWN -> child.asks(new Request.Withdraw(first));
        }

        assertThat(main.reply(second)).isEqualTo(new Reply.Done());
    }

    enum Relief { REMOVED, DIED, WITHDRAWN }

    // Items in flight, and the handles in them.

    @Test
    @Row("G21")
    void anItemIsInFlightUntilItsReceiptIsAcknowledged() {
        var queue = main.makes(QUEUE);
        main.asks(queue, new Put(item("a")));
        main.says(queue, new Get());
        up(main);
        hears();
        assertThat(keeper.load().inFlight()).isEqualTo(1);

        exchange();

        assertThat(keeper.load().inFlight()).isZero();
        assertThat(keeper.load().payloadBytes()).isZero();
    }

    @Test
    void givingAnItemBackBeforeItsAcknowledgementReturnsIt() {
        var queue = main.makes(QUEUE);
        main.asks(queue, new Put(item("a")));
        long got = main.says(queue, new Get());
        up(main);
        hears();

        main.asks(queue, new GiveBack(got));

        assertThat(main.item(main.asks(queue, new Get()))).isEqualTo("a");
    }

    @Test
    void anItemThatWasDoneBeforeItsAcknowledgementIsDone() {
        var queue = main.makes(new Spec.Queue(0, Spec.QueueKind.JOINABLE));
        main.asks(queue, new Put(item("a")));
        main.says(queue, new Get());
        up(main);
        hears();

        long done = main.asks(queue, new TaskDone(0));

        assertThat(main.reply(done)).isEqualTo(new Reply.Done());
        assertThat(keeper.load().payloadBytes()).isZero();
    }

    @Test
    void aHandleReceivedAndDroppedInTheFrameThatAcknowledgesItIsHeldByNobody() {
        var queue = main.makes(QUEUE);
        var lock = main.makes(LOCK);
        main.asks(queue, new Put(with(handle(lock, LOCK))));
        main.drops(lock, Resource.WHOLE);
        main.says(queue, new Get());
        up(main);
        hears();

        main.drops(lock, Resource.WHOLE);

        assertThat(keeper.view(lock)).isEmpty();
        assertThat(keeper.load().held()).isEqualTo(1);
    }

    @Test
    void aSecondHandleReceivedWhileTheFirstIsDroppedKeepsThePrimitive() {
        var queue = main.makes(QUEUE);
        var lock = main.makes(LOCK);
        main.asks(queue, new Put(with(handle(lock, LOCK))));
        main.says(queue, new Get());
        up(main);
        hears();

        main.drops(lock, Resource.WHOLE);

        assertThat(keeper.view(lock)).isPresent();
        main.drops(lock, Resource.WHOLE);
        assertThat(keeper.view(lock)).isEmpty();
    }

    @Test
    void aConnectionReceivedFromAPipeThatIsClosedInTheSameFrameIsTheReceivers() {
        var outer = main.makes(PIPE);
        var inner = main.makes(PIPE);
        main.asks(outer, new Send(2, with(end(inner, 2))));
        main.drops(outer, 2);
        main.drops(inner, 2);
        main.says(outer, new Receive(1));
        up(main);
        hears();

        main.drops(outer, 1);

        assertThat(keeper.view(outer)).isEmpty();
        assertThat(main.reply(main.asks(inner, new Send(2, item("a"))))).isEqualTo(new Reply.Done());
        assertThat(keeper.holders().copies(new Resource(inner, 2), main.owner)).isEqualTo(1);
        main.drops(inner, 1);
        main.drops(inner, 2);
        assertThat(keeper.load().held()).isZero();
    }

    @Test
    void anItemOfAQueueThatIsOverCanBeGivenBackToNowhere() {
        var queue = main.makes(QUEUE);
        var lock = main.makes(LOCK);
        main.asks(queue, new Put(with(handle(lock, LOCK))));
        long got = main.says(queue, new Get());
        up(main);
        hears();
        main.says(new Request.Drop(new Resource(queue, 0), 1), Sent.FOR_EVER);

        long back = main.asks(queue, new GiveBack(got));

        assertThat(main.reply(back)).isEqualTo(new Reply.Done());
        main.drops(lock, Resource.WHOLE);
        assertThat(keeper.view(lock)).isEmpty();
    }

    @Test
    @Row("G32")
    void anItemOfAQueueThatIsOverIsDroppedWhenItsReceiverDies() {
        var child = main.spawns("child");
        var queue = child.makes(QUEUE);
        var lock = child.makes(LOCK);
        child.asks(queue, new Put(with(handle(lock, LOCK))));
        child.says(queue, new Get());
        up(child);
        hears();
        child.says(new Request.Drop(new Resource(queue, 0), 1), Sent.FOR_EVER);
        var dropped = child.link.transmit(now).orElseThrow();
        keeper.receive(child.owner, new Frame<>(0, dropped.sentBefore(), dropped.first(), dropped.elements()), now);

        keeper.gone(child.owner, "killed", now);

        assertThat(keeper.load().held()).isZero();
        assertThat(keeper.load().primitives()).isZero();
    }

    @Test
    void aPipeThatHeldItsOwnOtherEndIsRemovedOnce() {
        var pipe = main.makes(new Spec.Pipe(true, 0));
        main.asks(pipe, new Send(2, with(end(pipe, 2))));
        main.asks(pipe, new Send(1, item("in flight when the pipe is removed")));
        main.says(pipe, new Receive(2));
        up(main);
        hears();
        main.says(new Request.Drop(new Resource(pipe, 2), 1), Sent.FOR_EVER);

        main.drops(pipe, 1);

        assertThat(keeper.view(pipe)).isEmpty();
        assertThat(keeper.load().payloadBytes()).isZero();
    }

    @Test
    @Row("G32")
    void aQueueWhoseLastHandleIsInItsOwnItemEndsWhenThatIsDropped() {
        var queue = main.makes(QUEUE);
        main.asks(queue, new Put(with(handle(queue, QUEUE))));
        main.drops(queue, Resource.WHOLE);
        long got = main.asks(queue, new Get());

        main.drops(queue, Resource.WHOLE);

        assertThat(main.reply(got)).isInstanceOf(Reply.Item.class);
        assertThat(keeper.load().primitives()).isZero();
        assertThat(keeper.load().held()).isZero();
    }

    @Test
    void argumentsHoldTheirHandlesUntilTheChildComes() {
        var lock = main.makes(LOCK);
        main.asks(new Request.Spawn(9, "late", with(handle(lock, LOCK))));
        main.drops(lock, Resource.WHOLE);

        var child = come(new Hello(main.owner.number(), 9, "late", 1, ""));

        assertThat(child.reply(child.asks(lock, new AcquireLock()))).isInstanceOf(Reply.Granted.class);
        main.asks(new Request.Ended(9, "exit 0", true));
        assertThat(keeper.view(lock)).isEmpty();
    }

    @Test
    @Row("G32")
    void argumentsOfAChildThatNeverComesAreDropped() {
        var lock = main.makes(LOCK);
        main.asks(new Request.Spawn(9, "never", with(handle(lock, LOCK))));
        main.drops(lock, Resource.WHOLE);

        main.asks(new Request.Ended(9, "could not be started", false));

        assertThat(keeper.view(lock)).isEmpty();
    }

    @Test
    void whoWaitsOnAPrimitiveThatIsDroppedIsRefused() {
        var queue = main.makes(QUEUE);
        long waits = main.asks(queue, new Get());

        main.drops(queue, Resource.WHOLE);

        assertThat(((Reply.Refused) main.reply(waits)).code()).isEqualTo(Refusals.NOT_FOUND);
        assertThat(keeper.load().open()).isZero();
    }

    @Test
    @Row({"PIPE-16", "G16"})
    void theStreamEndsWhenTheLastProcessWithACopyOfTheSendingEndDies() {
        var pipe = main.makes(PIPE);
        var child = main.spawns("child", end(pipe, 2));
        main.drops(pipe, 2);
        child.asks(pipe, new Send(2, item("last words")));

        main.asks(new Request.Ended(1, "killed", false));

        assertThat(main.item(main.asks(pipe, new Receive(1)))).isEqualTo("last words");
        assertThat(main.reply(main.asks(pipe, new Receive(1)))).isEqualTo(new Reply.EndOfStream());
    }

    @Test
    @Row({"PIPE-21", "G16"})
    void theStreamDoesNotEndWhileAMessageCarriesACopyOfTheSendingEnd() {
        var pipe = main.makes(PIPE);
        var queue = main.makes(QUEUE);
        main.asks(queue, new Put(with(end(pipe, 2))));
        main.drops(pipe, 2);
        long receive = main.asks(pipe, new Receive(1));
        assertThat(main.reply(receive)).isNull();

        main.drops(queue, Resource.WHOLE);

        assertThat(main.reply(receive)).isEqualTo(new Reply.EndOfStream());
    }

    @Test
    void whatIsNamedStaysUntilTheRunEnds() {
        long opened = main.asks(new Request.Open("tickets", LOCK, true));
        var found = ((Reply.Opened) main.reply(opened)).primitive();
        var queue = main.makes(QUEUE);
        main.asks(queue, new Put(with(new Carried(new Resource(found, 0), LOCK, Optional.of("tickets")))));

        main.drops(queue, Resource.WHOLE);

        assertThat(keeper.view(found)).isPresent();
        assertThat(keeper.load().held()).isZero();
    }

    @Test
    void aNameBelongsToOneSpec() {
        main.asks(new Request.Open("pool", new Spec.Semaphore(3, false), true));

        assertThat(main.reply(main.asks(new Request.Open("pool", new Spec.Semaphore(3, false), true)))).isInstanceOf(Reply.Opened.class);
        assertThat(main.reply(main.asks(new Request.Open("pool", new Spec.Semaphore(0, false), false)))).isInstanceOf(Reply.Opened.class);
        assertThat(((Reply.Refused) main.reply(main.asks(new Request.Open("pool", new Spec.Semaphore(4, false), true)))).code())
                .isEqualTo(Refusals.NAME_TAKEN);
        assertThat(((Reply.Refused) main.reply(main.asks(new Request.Open("none", LOCK, false)))).code())
                .isEqualTo(Refusals.NOT_FOUND);
    }
}
