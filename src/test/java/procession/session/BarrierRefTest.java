package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import procession.Barrier;
import procession.BrokenBarrierException;

/** A barrier as actors use it. */
class BarrierRefTest extends OneProcess {

    private static final Optional<Duration> FOR_EVER = Optional.empty();
    private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

    @Test
    void actorsAndThreadsWaitForEachOther() throws Exception {
        var barrier = run.barrier(3);
        try (var a = new Asker<Barrier.Reply>(run); var b = new Asker<Barrier.Reply>(run)) {
            barrier.ref().tell(new Barrier.Await(FOR_EVER, a.ref()));
            barrier.ref().tell(new Barrier.Await(FOR_EVER, b.ref()));
            await().until(() -> barrier.waiting() == 2);

            assertThat(barrier.await()).isEqualTo(2);

            assertThat(List.of(a.next(), b.next())).containsExactly(new Barrier.Passed(0), new Barrier.Passed(1));
        }
    }

    @Test
    void anAbortBreaksItForWhoWaitsAndWhoComesAndAResetMakesItWhole() throws Exception {
        var barrier = run.barrier(2);
        try (var a = new Asker<Barrier.Reply>(run); var b = new Asker<Barrier.Reply>(run)) {
            barrier.ref().tell(new Barrier.Await(FOR_EVER, a.ref()));
            barrier.ref().tell(new Barrier.Abort(b.ref()));
            barrier.ref().tell(new Barrier.Await(FOR_EVER, b.ref()));
            barrier.ref().tell(new Barrier.Reset(b.ref()));

            assertThat(a.next(Barrier.Broken.class).message()).contains("aborted it");
            assertThat(b.next()).isEqualTo(new Barrier.Done());
            assertThat(b.next(Barrier.Broken.class).message()).contains("aborted it");
            assertThat(b.next()).isEqualTo(new Barrier.Done());
            assertThat(barrier.isBroken()).isFalse();
        }
    }

    @Test
    void whoseTimeIsOverIsToldThatItIsBrokenByThat() throws Exception {
        var barrier = run.barrier(2);
        try (var a = new Asker<Barrier.Reply>(run)) {
            barrier.ref().tell(new Barrier.Await(AT_ONCE, a.ref()));

            assertThat(a.next(Barrier.Broken.class).message()).contains("1 of 2 parties have come");
            assertThat(barrier.isBroken()).isTrue();
        }
    }

    @Test
    void withoutATimeOfItsOwnAnActorWaitsAsLongAsTheBarrierSays() throws Exception {
        var barrier = run.barrier(2, SHORT);
        try (var a = new Asker<Barrier.Reply>(run)) {
            barrier.ref().tell(new Barrier.Await(FOR_EVER, a.ref()));

            assertThat(a.next(Barrier.Broken.class).message()).contains("within 0.02 s");
        }
    }

    @Test
    void anActorThatStopsWhileItWaitsBreaksItForTheOthers() throws Exception {
        var barrier = run.barrier(3);
        var thread = Elsewhere.waits(barrier, barrier::await);
        try (var a = new Asker<Barrier.Reply>(run)) {
            barrier.ref().tell(new Barrier.Await(FOR_EVER, a.ref()));
            await().until(() -> barrier.waiting() == 2);
        }

        assertThat(thread.error()).isInstanceOf(BrokenBarrierException.class);
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
    }

    @Test
    void commandsWithHolesAreRefusedAndTheAgentGoesOn() throws Exception {
        var barrier = run.barrier(1);
        try (var a = new Asker<Barrier.Reply>(run)) {
            barrier.ref().tell(new Barrier.Await(FOR_EVER, null));
            barrier.ref().tell(new Barrier.Await(null, a.ref()));
            barrier.ref().tell(new Barrier.Await(FOR_EVER, a.ref()));

            assertThat(a.next(Barrier.Refused.class).code()).isEqualTo("bad-argument");
            assertThat(a.next()).isEqualTo(new Barrier.Passed(0));
        }
    }
}
