package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.CountDownLatch;
import procession.Procession;
import procession.Row;

/** Latches among the threads and actors of one process. */
class CountDownLatchTest extends OneProcess {

    private static final Optional<Duration> FOR_EVER = Optional.empty();

    // Threads.

    @Test
    @Row({"LATCH-01", "LATCH-02"})
    void whoWaitsGoesOnWhenTheLastHasCountedDown() throws Exception {
        var latch = run.countDownLatch(2);
        var waiting = Elsewhere.waits(latch, () -> latch.await(LONG));
        latch.countDown();
        assertThat(latch.count()).isEqualTo(1);

        latch.countDown();

        assertThat(waiting.result()).isTrue();
        latch.await();
        assertThat(latch.count()).isZero();
    }

    @Test
    @Row("LATCH-03")
    void whoHasWaitedLongEnoughIsToldSo() throws Exception {
        var latch = run.countDownLatch(1);

        assertThat(latch.await(SHORT)).isFalse();
        assertThat(latch.await(Duration.ZERO)).isFalse();
        assertThat(latch.await(BEFORE_NOW)).isFalse();
        assertThat(latch.inspect().waiters()).isEmpty();
    }

    @Test
    @Row({"LATCH-01", "LATCH-02", "G22"})
    void withoutBlockingItIsTheSame() throws Exception {
        var latch = run.countDownLatch(3);
        var waiting = latch.awaitAsync();
        assertThat(latch.awaitAsync(SHORT).get(10, TimeUnit.SECONDS)).isFalse();

        latch.countDownAsync(2).get(10, TimeUnit.SECONDS);
        assertThat(latch.countAsync().get(10, TimeUnit.SECONDS)).isEqualTo(1);
        latch.countDown(5);

        waiting.get(10, TimeUnit.SECONDS);
        assertThat(latch.awaitAsync(LONG).get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Row("LATCH-04")
    void aWaitThatIsCancelledIsForgotten() throws Exception {
        var latch = run.countDownLatch(1);
        var waiting = latch.awaitAsync();
        await().until(() -> latch.inspect().waiters().size() == 1);

        waiting.cancel(true);

        await().until(() -> latch.inspect().waiters().isEmpty());
    }

    @Test
    @Row("LATCH-02")
    void itIsWaitedForTogetherWithOthers() throws Exception {
        var latch = run.countDownLatch(1);
        assertThat(Procession.waitAny(Duration.ZERO, latch)).isEmpty();

        latch.countDown();

        assertThat(Procession.waitAny(LONG, latch)).containsExactly(latch);
        assertThat(Procession.waitAny(latch)).as("for good").containsExactly(latch);
        assertThat(latch.inspect().waiters()).isEmpty();
    }

    @Test
    @Row("LATCH-07")
    void whoCountsByNothingOrFromLessIsRefused() throws Exception {
        var latch = run.countDownLatch(1);

        refused(latch, () -> latch.countDown(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A latch is counted down by 1 or more, not by 0.");
        refused(latch, () -> latch.countDownAsync(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.countDownLatch(-1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A latch counts down from 0 or more, not -1.");
    }

    @Test
    @Row({"LATCH-06", "G24"})
    void oneNameIsOneLatchOfOneCount() throws Exception {
        var latch = run.countDownLatch("ready", 3);
        latch.countDown();

        assertThat(run.countDownLatch("ready").count()).isEqualTo(2);
        assertThat(run.countDownLatch("ready", 3)).isEqualTo(latch);
        assertThatThrownBy(() -> run.countDownLatch("ready", 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'ready' is a latch of 3, not a latch of 2.");
        assertThatThrownBy(() -> run.countDownLatch("not ready")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no latch named 'not ready'");
    }

    @Test
    @Row({"LATCH-03", "G28"})
    void inspectionSaysHowManyAreMissingAndWhoWaits() throws Exception {
        var latch = run.countDownLatch("seen", 4);
        latch.countDown(1);
        latch.awaitAsync();

        await().until(() -> latch.inspect().waiters().size() == 1);
        var seen = latch.inspect();

        assertThat(seen.primitive()).isEqualTo("latch 'seen'");
        assertThat(seen.count("count")).isEqualTo(3);
        assertThat(seen.waiters().getFirst().waits()).isEqualTo("for it to be counted down");
    }

    // Actors.

    @Test
    @Row("LATCH-08")
    void commandsOfActorsAreAnsweredInTheirOrder() throws Exception {
        var latch = run.countDownLatch(2).ref();
        try (var a = new Asker<CountDownLatch.Reply>(run)) {
            latch.tell(new CountDownLatch.GetCount(a.ref()));
            latch.tell(new CountDownLatch.CountDown(2, a.ref()));
            latch.tell(new CountDownLatch.Await(FOR_EVER, a.ref()));

            assertThat(a.next()).isEqualTo(new CountDownLatch.Count(2));
            assertThat(a.next()).isEqualTo(new CountDownLatch.CountedDown());
            assertThat(a.next()).isEqualTo(new CountDownLatch.Count(0));
        }
    }

    @Test
    @Row({"LATCH-03", "LATCH-08", "G28"})
    void anActorThatHasWaitedLongEnoughIsToldHowManyAreMissing() throws Exception {
        var latch = run.countDownLatch("slow", 5);
        latch.countDown(2);
        try (var a = new Asker<CountDownLatch.Reply>(run)) {
            latch.ref().tell(new CountDownLatch.Await(Optional.of(Duration.ZERO), a.ref()));

            assertThat(a.next()).isEqualTo(new CountDownLatch.TimedOut("Latch 'slow': not at once. 3 of 5 are missing."));
        }
    }

    @Test
    @Row("LATCH-08")
    void anActorsWaitEndsWithIt() throws Exception {
        var latch = run.countDownLatch(1);
        try (var a = new Asker<CountDownLatch.Reply>(run)) {
            latch.ref().tell(new CountDownLatch.Await(FOR_EVER, a.ref()));
            await().until(() -> latch.inspect().waiters().size() == 1);
        }
        await().until(() -> latch.inspect().waiters().isEmpty());
    }

    @Test
    @Row({"LATCH-07", "LATCH-08"})
    void whatAnActorMayNotAskIsRefused() throws Exception {
        var latch = run.countDownLatch(1).ref();
        try (var a = new Asker<CountDownLatch.Reply>(run)) {
            latch.tell(new CountDownLatch.CountDown(0, a.ref()));
            latch.tell(new CountDownLatch.Await(null, a.ref()));

            assertThat(a.next(CountDownLatch.Refused.class).code()).isEqualTo("bad-argument");
            assertThat(a.next(CountDownLatch.Refused.class).code()).isEqualTo("bad-argument");
        }
    }
}
