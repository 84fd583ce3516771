package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import procession.Counter;
import procession.Event;
import procession.Lock;
import procession.Outcome;
import procession.Procession;
import procession.SettingsException;
import procession.TimedOutException;
import procession.testkit.Program;
import procession.testkit.TestRun;

/** A process under a debugger: it waits, stands still and goes on, and neither it nor anybody else loses anything by that. */
@Timeout(180)
class DebugIT {

    private static final int ROUNDS = 5;

    /** Everybody looks whether the others are alive, often, and thinks after a second that they are not. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "akka.cluster.failure-detector.heartbeat-interval", "100 ms",
            "akka.cluster.failure-detector.acceptable-heartbeat-pause", "1 s",
            "akka.cluster.failure-detector.expected-response-after", "100 ms",
            "akka.cluster.unreachable-nodes-reaper-interval", "100 ms",
            "procession.start.timeout", "1 s",
            "procession.end.notice-after", "1 ms");

    private static TestRun debugging(String who, Map<String, String> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("procession.debug", who);
        return TestRun.start(settings);
    }

    private static int port(Captured printed) {
        return Awaitility.await().atMost(OneRun.LONG).until(() -> Debugger.port(printed.err()), port -> port > 0);
    }

    // What the processes do.

    private static String debugged(Lock lock, Counter counter, Event never) throws Exception {
        var waiting = new FutureTask<>(() -> never.await(Duration.ofSeconds(1)));
        Thread.ofPlatform().start(waiting);
        count(lock, counter);
        return (waiting.get() ? "woken" : "timed out") + " of " + counter.get();
    }

    private static void count(Lock lock, Counter counter) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            try (var grant = lock.acquire()) {
                oneMore(counter);
            }
        }
    }

    /** Of no use without the lock. */
    private static void oneMore(Counter counter) throws InterruptedException {
        counter.set(counter.get() + 1);
    }

    private static void parent() throws InterruptedException {
        Procession.current().process(DebugIT::nothing).name("twin").start().join();
    }

    private static void nothing() {}

    @Test
    void aProcessThatStandsStillInADebuggerKeepsItsLockAndGoesOnWithAllThatCameMeanwhile() throws Exception {
        try (var printed = new Captured(); var test = debugging("debugged", IMPATIENT)) {
            var run = test.run();
            var lock = run.lock();
            var counter = run.counter();
            var debugged = run.process(DebugIT::debugged, lock, counter, run.event()).name("debugged").start();
            var other = run.process(DebugIT::count, lock, counter).name("other").start();
            var debugger = Debugger.attach(port(printed));
            assertThat(other.join()).as("it does not wait for the debugger").isInstanceOf(Outcome.Returned.class);

            debugger.runTo(DebugIT.class, "oneMore");

            assertThatThrownBy(() -> lock.acquire(Duration.ofSeconds(3))).isInstanceOf(TimedOutException.class)
                    .hasMessageContaining("debugged");
            assertThat(lock.inspect().holders()).singleElement().asString().contains("debugged");
            var main = CompletableFuture.runAsync(run::close);
            Awaitility.await().atMost(OneRun.LONG).until(() -> printed.err().contains(
                    "MainProcess waits for debugged (under a debugger at 127.0.0.1:" + Debugger.port(printed.err()) + ") to end."));
            debugger.detach();
            main.join();

            assertThat(debugged.join().value()).isEqualTo("timed out of 10");
            assertThat(printed.err()).doesNotContain("cut off", "was named");
        }
    }

    @Test
    void onlyTheFirstOfANameIsDebuggedWhoeverStartsIt() throws Exception {
        try (var printed = new Captured(); var test = debugging("twin", Map.of("procession.color", "never"))) {
            var parent = test.run().process(DebugIT::parent).name("parent").start();
            Debugger.attach(port(printed)).detach();
            assertThat(parent.join()).isInstanceOf(Outcome.Returned.class);

            assertThat(test.run().process(DebugIT::parent).name("later").start().join()).isInstanceOf(Outcome.Returned.class);

            assertThat(printed.errLines()).singleElement().asString().startsWith("[parent ").contains("procession: twin (pid ");
        }
    }

    @Test
    void aNameThatNobodyHadIsToldAtTheEndWithThoseThereWere() throws Exception {
        try (var printed = new Captured()) {
            try (var test = debugging("twln", Map.of())) {
                assertThat(test.run().process(DebugIT::parent).name("parent").start().join()).isInstanceOf(Outcome.Returned.class);
            }

            assertThat(printed.err()).isEqualTo("procession: no process was named 'twln', so none was started under a debugger; there were"
                    + " parent, twin.\n");
        }
    }

    @Test
    void aPortThatIsTakenIsRefusedBeforeAnythingIsStarted() throws Exception {
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> debugging("x:" + taken.getLocalPort(), Map.of())).isInstanceOf(SettingsException.class)
                    .hasMessageContaining("procession.debug: port " + taken.getLocalPort() + " is in use on 127.0.0.1");
        }
    }

    @Test
    void oneThatWaitsForADebuggerEndsSoonAfterItsParentWasKilled() throws Exception {
        try (var main = Program.start(Forsaken.class)) {
            main.awaitOut(OneRun.LONG, "started");
            var child = main.handle().children().filter(one -> isJvm(one)).findFirst().orElseThrow();

            main.signal("KILL");

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !child.isAlive());
        }
    }

    private static boolean isJvm(ProcessHandle process) {
        return process.info().command().filter(command -> command.endsWith("java")).isPresent();
    }

    /** A main process whose child waits for a debugger that nobody attaches. */
    static final class Forsaken {
        public static void main(String[] arguments) throws InterruptedException {
            try (var run = Procession.start(Map.of("procession.debug", "forsaken"))) {
                run.process(DebugIT::nothing).name("forsaken").start();
                System.out.println("started");
                System.out.flush();
            }
        }
    }
}
