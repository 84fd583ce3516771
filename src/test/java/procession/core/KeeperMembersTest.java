package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Row;
import procession.core.Command.AcquireLock;
import procession.core.Command.CloseWhenGone;
import procession.core.Command.Get;

/** Processes that join from outside and leave, and queues that wait for the end of processes. */
class KeeperMembersTest extends KeeperStage {

    private static final Hello GUEST = new Hello(0, 4711, "guest", 900, "then");

    // Who joins.

    @Test
    void whoJoinsTakesPartAndIsWatchedByTheKeeperItself() {
        var guest = come(GUEST);

        assertThat(keeper.unattended()).extracting(Member::owner).containsExactly(guest.owner);
        assertThat(guest.reply(guest.asks(main.opens("till", LOCK), new AcquireLock()))).isInstanceOf(Reply.Granted.class);
        assertThat(happenings).anySatisfy(happening -> assertThat(happening.detail()).isEqualTo("pid 900, joined"));
    }

    @Test
    void sayingHelloAgainChangesNothingForOneThatJoined() {
        var guest = come(GUEST);

        assertThat(keeper.hello(GUEST, now)).isEqualTo(Hello.Verdict.WELCOME);
        assertThat(keeper.find(GUEST).orElseThrow().owner()).isEqualTo(guest.owner);
        assertThat(keeper.members()).hasSize(2);
    }

    @Test
    void whoJoinedAndIsGoneStaysGoneThoughALateHelloArrives() {
        var guest = come(GUEST);
        keeper.gone(guest.owner, "ended unseen", now);

        assertThat(keeper.hello(GUEST, now)).isEqualTo(Hello.Verdict.GONE);
        assertThat(keeper.find(GUEST)).isEmpty();
        assertThat(keeper.unattended()).isEmpty();
    }

    @Test
    @Row("G01")
    void whatOneThatJoinedHeldPassesOnWhenItDies() {
        var guest = come(GUEST);
        var till = main.opens("till", LOCK);
        guest.asks(till, new AcquireLock());
        long waits = main.asks(till, new AcquireLock());

        keeper.gone(guest.owner, "ended unseen", now);
        exchange();

        assertThat(((Reply.Granted) main.reply(waits)).abandoned().orElseThrow().process()).isEqualTo("guest");
    }

    @Test
    void theChildrenOfOneThatJoinedAreUnattendedWhenItIsGone() {
        var guest = come(GUEST);
        var child = guest.spawns("child");

        keeper.gone(guest.owner, "ended unseen", now);

        assertThat(keeper.unattended()).extracting(Member::owner).containsExactly(child.owner);
    }

    // Who leaves.

    @Test
    void whoLeavesIsAnsweredAndForgotten() {
        var guest = come(GUEST);

        long left = guest.asks(new Request.Leave());

        assertThat(guest.reply(left)).isEqualTo(new Reply.Done());
        assertThat(keeper.members()).extracting(Member::owner).containsExactly(main.owner);
        assertThat(keeper.takeDeparted()).extracting(Member::owner).containsExactly(guest.owner);
    }

    @Test
    void whatOneThatLeavesHeldPassesOnWithAWordAboutIt() {
        var guest = come(GUEST);
        var till = main.opens("till", LOCK);
        guest.asks(till, new AcquireLock());
        long waits = main.asks(till, new AcquireLock());

        guest.asks(new Request.Leave());

        assertThat(((Reply.Granted) main.reply(waits)).abandoned().orElseThrow().outcome()).isEqualTo("left the run");
    }

    @Test
    void toLeaveIsAnOrderlyEnd() {
        var guest = come(GUEST);
        var barrier = main.opens("meet", new Spec.Barrier(2, Sent.FOR_EVER));
        main.asks(barrier, new Command.AwaitBarrier(false));
        guest.asks(barrier, new Command.AwaitBarrier(false));

        guest.asks(new Request.Leave());

        assertThat(keeper.view(barrier).orElseThrow().count("broken")).isZero();
    }

    // Queues that shut down with their last producer.

    private long closeWhenGone(Peer asker, PrimitiveId queue, Long... children) {
        return asker.asks(queue, new CloseWhenGone(List.of(children), List.of()));
    }

    private boolean isShut(PrimitiveId queue) {
        return keeper.view(queue).orElseThrow().count("shut-down") == 1;
    }

    @Test
    @Row("G14")
    void aQueueShutsDownWithItsLastProducerAlsoIfThatNeverTouchedIt() {
        var queue = main.makes(QUEUE);
        main.spawns("one");
        main.spawns("two");
        closeWhenGone(main, queue, 1L, 2L);
        long get = main.asks(queue, new Get());

        main.asks(new Request.Ended(1, "exit 0", true));
        assertThat(isShut(queue)).isFalse();
        main.asks(new Request.Ended(2, "killed", false));

        assertThat(main.reply(get)).isEqualTo(new Reply.EndOfStream());
    }

    @Test
    @Row("G14")
    void aProducerThatHasNotComeYetIsWaitedForAndThenForItsEnd() {
        var queue = main.makes(QUEUE);
        long child = main.announces("late");
        closeWhenGone(main, queue, child);

        come(new Hello(main.owner.number(), child, "late", 200, ""));
        assertThat(isShut(queue)).isFalse();

        main.asks(new Request.Ended(child, "exit 0", true));
        assertThat(isShut(queue)).isTrue();
    }

    @Test
    @Row("G14")
    void aProducerThatNeverComesIsGoneWhenItsParentSaysSo() {
        var queue = main.makes(QUEUE);
        long child = main.announces("never");
        closeWhenGone(main, queue, child);

        main.asks(new Request.Ended(child, "could not be started", false));

        assertThat(isShut(queue)).isTrue();
    }

    @Test
    @Row("G14")
    void aProducerThatNeverComesIsGoneWhenItsParentDies() {
        var queue = main.opens("jobs", QUEUE);
        var parent = main.spawns("parent");
        long child = parent.announces("never");
        closeWhenGone(parent, queue, child);

        main.asks(new Request.Ended(1, "killed", false));

        assertThat(isShut(queue)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProducerThatHasEndedAlreadyIsGone(boolean itsParentKnows) {
        var queue = main.makes(QUEUE);
        var child = main.spawns("child");
        if (itsParentKnows) {
            main.asks(new Request.Ended(1, "exit 0", true));
        } else {
            keeper.gone(child.owner, "ended unseen", now);
        }

        closeWhenGone(main, queue, 1L);

        assertThat(isShut(queue)).isTrue();
    }

    @Test
    void aProcessMayNameItself() {
        var queue = main.opens("jobs", QUEUE);
        var child = main.spawns("child");
        closeWhenGone(child, queue, 0L);
        assertThat(isShut(queue)).isFalse();

        main.asks(new Request.Ended(1, "exit 0", true));

        assertThat(isShut(queue)).isTrue();
    }

    @Test
    void anOrphanIsWaitedForUntilItIsGone() {
        var queue = main.opens("jobs", QUEUE);
        var parent = main.spawns("parent");
        var child = parent.spawns("child");
        closeWhenGone(parent, queue, 1L);

        main.asks(new Request.Ended(1, "killed", false));
        assertThat(isShut(queue)).isFalse();

        keeper.gone(child.owner, "ended unseen", now);
        assertThat(isShut(queue)).isTrue();
    }
}
