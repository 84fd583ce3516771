package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.CountDownLatch;
import procession.Procession;
import procession.Row;

/** A latch among real processes. */
class CountDownLatchIT extends OneRun {

    private static String waits(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return "went on";
    }

    private static void countsDown(CountDownLatch latch) {
        latch.countDown();
    }

    private static void countsDownAfter(CountDownLatch first, CountDownLatch second) throws InterruptedException {
        first.await();
        second.countDown();
    }

    @Test
    @Row({"LATCH-01", "LATCH-02", "G24"})
    void processesCountDownAndThoseWhoWaitGoOn() throws Exception {
        var latch = run.countDownLatch(3);
        var waiting = run.process(CountDownLatchIT::waits, latch).name("waiting").start();
        test.awaitWaiting("waiting");

        var children = List.of(run.process(CountDownLatchIT::countsDown, latch).start(),
                run.process(CountDownLatchIT::countsDown, latch).start());
        for (var child : children) {
            child.join();
        }
        assertThat(latch.count()).isEqualTo(1);
        assertThat(waiting.isAlive()).isTrue();
        latch.countDown();

        assertThat(waiting.join().value()).isEqualTo("went on");
    }

    @Test
    @Row({"LATCH-04", "G04"})
    void whoIsKilledWhileItWaitsIsForgottenAndWhoStandsStillHoldsUpNobody() throws Exception {
        var latch = run.countDownLatch(1);
        var doomed = run.process(CountDownLatchIT::waits, latch).name("doomed").start();
        var stopped = run.process(CountDownLatchIT::waits, latch).name("stopped").start();
        test.awaitWaiting("doomed");
        test.awaitWaiting("stopped");
        var waiting = latch.awaitAsync();

        test.kill(doomed);
        test.pause(stopped);
        latch.countDown();

        waiting.get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(latch.inspect().waiters()).isEmpty();
        test.resume(stopped);
        assertThat(stopped.join().value()).isEqualTo("went on");
    }

    @Test
    @Row({"LATCH-03", "LATCH-05"})
    void oneThatIsKilledBeforeItCountedDownIsWaitedForUntilTheTimeIsOver() throws Exception {
        var never = run.countDownLatch(1);
        var latch = run.countDownLatch(2);
        var doomed = run.process(CountDownLatchIT::countsDownAfter, never, latch).name("doomed").start();
        test.awaitWaiting("doomed");
        run.process(CountDownLatchIT::countsDown, latch).start().join();

        test.kill(doomed);

        assertThat(latch.await(SHORT)).isFalse();
        assertThat(latch.count()).isEqualTo(1);
    }

    @Test
    @Row({"LATCH-06", "G24"})
    void itIsFoundByItsNameInAnotherProcess() throws Exception {
        var latch = run.countDownLatch("doors", 2);

        run.process(CountDownLatchIT::countsDownTheDoors).start().join();

        assertThat(latch.await(LONG)).isTrue();
    }

    private static void countsDownTheDoors() {
        Procession.current().countDownLatch("doors").countDown(2);
    }
}
