package procession.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import procession.core.Command.AcquireLock;
import procession.core.Command.ReleaseLock;

/** How many messages a call costs. */
class KeeperFramesTest extends KeeperStage {

    private final PrimitiveId lock = main.makes(LOCK);
    private final List<Frame<Answered>> frames = new ArrayList<>();

    KeeperFramesTest() {
        now += Link.ACKNOWLEDGE_AFTER;
        exchange();
    }

    private void send(boolean quiet, Command command) {
        main.link.send(new Sent(1, Sent.FOR_EVER, quiet, new Request.Operate(lock, command)));
        keeper.receive(main.owner, main.link.transmit(now).orElseThrow(), now);
        keeper.transmit((to, frame) -> frames.add(frame), now);
    }

    private long fence() {
        var frame = frames.getLast();
        main.link.receive(frame, now);
        var answered = ((Frame.Whole<Answered>) frame.elements().getFirst()).message();
        return ((Reply.Granted) answered.reply()).fence();
    }

    @Test
    void aPairOfAcquireAndReleaseCostsTheKeeperOneFrame() {
        for (int pair = 1; pair <= 100; pair++) {
            send(false, new AcquireLock());
            send(true, new ReleaseLock(fence()));

            assertThat(frames).hasSize(pair);
        }
    }

    @Test
    void theLastReleaseIsAcknowledgedBeforeItIsRepeated() {
        send(false, new AcquireLock());
        send(true, new ReleaseLock(fence()));
        frames.clear();
        assertThat(keeper.nextTick()).isLessThan(main.link.repeatAt());

        now = keeper.nextTick();
        assertThat(keeper.tick(now)).containsExactly(main.owner);
        keeper.transmit((to, frame) -> frames.add(frame), now);

        assertThat(frames).hasSize(1);
        main.link.receive(frames.getFirst(), now);
        assertThat(main.link.isFlushed()).isTrue();
        assertThat(keeper.nextTick()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aTickThatComesTooEarlySendsNothing() {
        send(false, new AcquireLock());
        frames.clear();

        assertThat(keeper.tick(now + 1)).isEmpty();
        assertThat(keeper.nextTick()).isEqualTo(now + Link.FIRST_REPEAT);
    }
}
