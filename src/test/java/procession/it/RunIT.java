package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import procession.EncodingException;
import procession.Event;
import procession.Outcome;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Row;
import procession.RunEndedException;
import procession.SettingsException;
import procession.testkit.TestRun;

/** How a run begins and ends, with real processes. */
@Timeout(180)
class RunIT {

    /** On a busy machine a JVM takes longer to end than people want to wait. */
    private static final Map<String, String> PATIENT = Map.of("procession.end.kill-after", "30 s");

    private static void waits(Event event) throws InterruptedException {
        event.await();
    }

    @Test
    @Row({"PROC-36", "QUEUE-26", "G10", "G18"})
    void theEndWaitsForChildrenAndTerminatesDaemons() throws Exception {
        try (var test = TestRun.start(PATIENT); var captured = new Captured()) {
            Event mayEnd = test.run().event();
            Queue<String> unread = test.run().queue();
            unread.put("nobody reads this".repeat(100_000));
            var daemon = test.run().process(RunIT::waits, test.run().event()).name("light").daemon(true).start();
            var child = test.run().process(RunIT::endsLate, mayEnd, unread).name("worker").start();
            test.awaitWaiting("light");
            test.awaitWaiting("worker");
            mayEnd.setAsync();

            test.run().close();

            assertThat(child.outcome().orElseThrow().exitCode()).isZero();
            assertThat(daemon.exitCode()).hasValue(-15);
            assertThat(captured.err()).isEmpty();
        }
    }

    private static void endsLate(Event mayEnd, Queue<String> unread) throws InterruptedException {
        mayEnd.await();
        unread.put("nor this".repeat(100_000));
    }

    @Test
    void aLongWaitAtTheEndIsSaidOnce() throws Exception {
        try (var test = TestRun.start(Map.of("procession.end.notice-after", "100 ms")); var captured = new Captured()) {
            var mayEnd = test.run().event();
            test.run().process(RunIT::waits, mayEnd).name("slow").start();
            var closing = Thread.ofPlatform().start(test.run()::close);

            test.await(Duration.ofSeconds(20), "it is said for whom main waits", () -> !captured.err().isEmpty());
            mayEnd.set();
            closing.join();

            assertThat(captured.err()).isEqualTo("procession: MainProcess waits for slow to end.\n");
        }
    }

    @Test
    void anInterruptWhileTheEndWaitsEndsTheChildrenAndIsKept() throws Exception {
        try (var test = TestRun.start(PATIENT)) {
            var child = test.run().process(RunIT::waits, test.run().event()).name("endless").start();
            test.awaitWaiting("endless");
            var kept = new AtomicReference<Boolean>();
            var closing = Thread.ofPlatform().start(() -> {
                test.run().close();
                kept.set(Thread.currentThread().isInterrupted());
            });

            closing.interrupt();
            closing.join();

            assertThat(child.exitCode()).hasValue(-15);
            assertThat(kept.get()).isTrue();
        }
    }

    @Test
    void aDaemonThatDoesNotListenIsKilled() throws Exception {
        try (var test = TestRun.start(Map.of("procession.end.kill-after", "200 ms"))) {
            var daemon = test.run().process(RunIT::waits, test.run().event()).name("deaf").daemon(true).start();
            test.awaitWaiting("deaf");
            test.pause(daemon);

            test.run().close();

            assertThat(daemon.exitCode()).hasValue(-9);
        }
    }

    @Test
    void theEndOfTheThreadThatStartedItEndsTheRun() throws Exception {
        var run = new AtomicReference<Procession>();
        var child = new AtomicReference<Process>();
        var starter = Thread.ofPlatform().start(() -> {
            run.set(Procession.start());
            try {
                child.set(run.get().process(RunIT::six).start());
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        starter.join();

        assertThat(child.get().onExit().get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Returned.class);
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(RunIT::noRunIsLeft);
    }

    private static int six() {
        return 6;
    }

    private static boolean noRunIsLeft() {
        try {
            Procession.current();
            return false;
        } catch (IllegalStateException none) {
            return true;
        }
    }

    @Test
    @Row({"G20", "MGR-02", "MGR-15"})
    void afterTheEndEverythingOfItSaysSo() throws Exception {
        Procession run;
        try (var test = TestRun.start()) {
            run = test.run();
            var lock = run.lock();
            var grant = lock.acquire();
            var waiting = run.event().awaitAsync();
            run.close();
            run.close();

            assertThatThrownBy(lock::acquire).isInstanceOf(RunEndedException.class);
            assertThatThrownBy(grant::release).isInstanceOf(RunEndedException.class);
            grant.close();
            assertThatThrownBy(run::lock).isInstanceOf(RunEndedException.class);
            assertThatThrownBy(() -> run.process(RunIT::six)).isInstanceOf(RunEndedException.class);
            assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).cause().isInstanceOf(RunEndedException.class);
            assertThat(run.activeChildren()).isEmpty();
            assertThatThrownBy(Procession::current).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(Procession::currentProcess).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void oneRunAtATimeAndTheNextWhenItHasEnded() throws Exception {
        procession.Lock old;
        try (var test = TestRun.start(Map.of("procession.name", "first"))) {
            old = test.run().lock("name");
            assertThatThrownBy(Procession::start).isInstanceOf(IllegalStateException.class)
                    .hasMessage("This JVM has a run already, 'first'; close it before starting another.");
        }
        try (var test = TestRun.start()) {
            Queue<Object> queue = test.run().queue();
            assertThatThrownBy(() -> queue.put(old)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("another run");
            assertThat(test.run().process(RunIT::startsARun).start().join().value()).isEqualTo("refused");
            assertThat(test.run().lock("name")).isNotEqualTo(old);
        }
    }

    private static String startsARun() {
        try {
            Procession.start();
            return "started";
        } catch (IllegalStateException refused) {
            return "refused";
        }
    }

    @Test
    void aWrongSettingIsNamedAndNothingStarts() {
        assertThatThrownBy(() -> Procession.start(Map.of("procession.port", 70_000))).isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("procession.port is 70000");
        assertThatThrownBy(() -> Procession.start(Map.of("procession.prot", 1))).isInstanceOf(SettingsException.class)
                .hasMessageContaining("procession.prot");
        assertThatThrownBy(() -> Procession.start(Map.of("procession.host", "0.0.0.0"))).isInstanceOf(SettingsException.class)
                .hasMessageContaining("procession.host");
        assertThat(noRunIsLeft()).isTrue();
    }

    @Test
    void aPortInUseIsNamedAndAnotherRunStartsThen() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> Procession.start(Map.of("procession.port", taken.getLocalPort())))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("procession.port is " + taken.getLocalPort() + ", which is in use");
        }
        TestRun.start().close();
    }

    @Test
    void aPayloadAboveTheLimitIsRefusedInTheSender() throws Exception {
        try (var test = TestRun.start(Map.of("procession.payload.max", "10 KiB"))) {
            Queue<byte[]> queue = test.run().queue();

            assertThatThrownBy(() -> queue.put(new byte[11 << 10])).isInstanceOf(EncodingException.class)
                    .hasMessageContaining("procession.payload.max");
            queue.put(new byte[9 << 10]);
            assertThat(queue.get()).hasSize(9 << 10);
        }
    }
}
