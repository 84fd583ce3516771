package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import procession.Deadlock;
import procession.DeadlockException;
import procession.Lock;
import procession.Procession;
import procession.Row;
import procession.SettingsException;

/** Threads that wait for each other's locks: reported, or refused, as the setting says. */
class DeadlockTest {

    /** Takes one lock and, when the other one is taken too, asks for that; what it gets, if anything, it gives back. */
    private static Elsewhere<String> holdsOneAndWantsTheOther(Lock one, Lock other) {
        return Elsewhere.call(() -> {
            try (var first = one.acquire()) {
                await().until(() -> !other.inspect().holders().isEmpty());
                try (var second = other.acquire(OneProcess.LONG)) {
                    return "got both";
                } catch (DeadlockException refused) {
                    return refused.getMessage();
                }
            }
        });
    }

    @Test
    @Row({"LOCK-21", "G27"})
    void aDeadlockIsReportedAsLongAsItStandsAndLogged() throws Exception {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var logger = (Logger) LoggerFactory.getLogger("procession.keeper");
        logger.addAppender(log);
        try (var run = Procession.start()) {
            var a = run.lock("A");
            var b = run.lock("B");
            assertThat(run.deadlocks()).isEmpty();

            var one = holdsOneAndWantsTheOther(a, b);
            var other = holdsOneAndWantsTheOther(b, a);
            await().until(() -> !run.deadlocks().isEmpty());

            assertThat(run.deadlocks()).singleElement().satisfies(DeadlockTest::namesBoth);
            assertThat(log.list).singleElement().asString().contains("Deadlock: MainProcess (pid ").contains("waits for lock 'A' held by");
            a.breakLock();
            assertThat(run.deadlocks()).isEmpty();
            assertThat(one.result()).isEqualTo("got both");
            assertThat(other.result()).isEqualTo("got both");
        } finally {
            logger.detachAppender(log);
        }
    }

    private static void namesBoth(Deadlock deadlock) {
        assertThat(deadlock.chain()).extracting(Deadlock.Wait::lock).containsExactlyInAnyOrder("lock 'A'", "lock 'B'");
        assertThat(deadlock.chain()).extracting(Deadlock.Wait::process).containsOnly("MainProcess");
        assertThat(deadlock.chain()).extracting(Deadlock.Wait::pid).containsOnly(ProcessHandle.current().pid());
        assertThat(deadlock.chain()).extracting(Deadlock.Wait::since).allMatch(since -> !since.isAfter(deadlock.found()));
        assertThat(deadlock.description()).contains("holds lock 'A', waits for lock 'B' held by MainProcess");
        assertThat(deadlock).hasToString(deadlock.description());
    }

    @Test
    @Row({"LOCK-21", "LOCK-05", "G27"})
    void onRequestTheOneThatWouldCloseItIsRefusedAndTheOthersGoOn() throws Exception {
        try (var run = Procession.start(Map.of("procession.deadlock", "refuse"))) {
            var a = run.lock("A");
            var b = run.lock("B");

            var one = holdsOneAndWantsTheOther(a, b);
            var other = holdsOneAndWantsTheOther(b, a);

            assertThat(java.util.List.of(one.result(), other.result())).contains("got both")
                    .anyMatch(refusal -> refusal.contains("To wait for it would close a cycle of waits: MainProcess (pid "));
            assertThat(run.deadlocks()).isEmpty();
            try (var held = a.acquire()) {
                OneProcess.refused(a, a::acquire).isInstanceOf(DeadlockException.class).hasMessageStartingWith("Lock 'A': ")
                        .hasMessageContaining("waits for lock 'A' held by itself");
                assertThat(a.tryAcquire()).isEmpty();
                assertThat(held.fence()).isPositive();
            }
        }
    }

    @Test
    void anotherWordForTheSettingIsRefused() {
        assertThatThrownBy(() -> Procession.start(Map.of("procession.deadlock", "ignore"))).isInstanceOf(SettingsException.class)
                .hasMessage("procession.deadlock is 'ignore'; it is one of report, refuse.");
    }
}
