package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Condition;
import procession.Grant;
import procession.Predecessor;
import procession.Procession;
import procession.Row;

/** Conditions among real processes. */
class ConditionIT extends OneRun {

    /** A thread of this process that waits for it, and who died with the lock meanwhile. */
    private static CompletableFuture<String> waits(Condition condition) throws InterruptedException {
        long before = sleeping(condition);
        var thread = CompletableFuture.supplyAsync(() -> signalled(condition));
        test.await(LONG, "a thread of main waits for the condition", () -> sleeping(condition) > before);
        return thread;
    }

    private static String signalled(Condition condition) {
        try (Grant grant = condition.lock().acquire()) {
            return condition.await(LONG) ? grant.abandoned().map(Predecessor::toString).orElse("signalled") : "timed out";
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static long sleeping(Condition condition) throws InterruptedException {
        return condition.inspect().count("sleeping");
    }

    private static void signal(Condition condition) throws InterruptedException {
        try (var grant = condition.lock().acquire()) {
            condition.signal();
        }
    }

    @Test
    @Row("COND-02")
    void eachSignalWakesOneOfTheProcessesAndThreadsThatWait() throws Exception {
        var condition = run.lock().newCondition();
        var child = run.process(ConditionIT::signalled, condition).name("child").start();
        test.awaitWaiting("child");
        var thread = waits(condition);

        signal(condition);
        assertThat(child.join().value()).isEqualTo("signalled");
        assertThat(thread).isNotDone();
        assertThat(sleeping(condition)).isEqualTo(1);

        signal(condition);
        assertThat(thread.get(60, TimeUnit.SECONDS)).isEqualTo("signalled");
    }

    @Test
    @Row({"COND-13", "G04", "G24"})
    void aWaiterThatIsKilledHoldsUpNobodyAndTakesNoSignal() throws Exception {
        var doomed = run.process(ConditionIT::waitsByName).name("doomed").start();
        test.awaitWaiting("doomed");
        var condition = run.lock("till").newCondition("full");
        var next = waits(condition);

        test.kill(doomed);
        signal(condition);

        assertThat(next.get(60, TimeUnit.SECONDS)).isEqualTo("signalled");
        assertThat(condition.lock().tryAcquire()).isPresent();
    }

    private static String waitsByName() {
        return signalled(Procession.current().lock("till").newCondition("full"));
    }

    @Test
    void aWaiterThatStandsStillHasTheLockWhenItIsSignalledUntilItGoesOn() throws Exception {
        var condition = run.lock().newCondition();
        var child = run.process(ConditionIT::signalled, condition).name("paused").start();
        test.awaitWaiting("paused");
        test.pause(child);

        signal(condition);
        assertThat(condition.lock().tryAcquire(SHORT)).isEmpty();
        assertThat(condition.lock().inspect().holders()).extracting(holder -> holder.process()).containsExactly("paused");
        test.resume(child);

        assertThat(child.join().value()).isEqualTo("signalled");
        assertThat(condition.lock().tryAcquire().orElseThrow().abandoned()).isEmpty();
    }

    @Test
    @Row("G01")
    void whoIsWokenIsToldThatTheSignallerEndedWithTheLock() throws Exception {
        var condition = run.lock().newCondition();
        var waiting = waits(condition);

        run.process(ConditionIT::signalsAndExits, condition).name("signaller").start().join();

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(new Predecessor("signaller", "exited with status 3").toString());
    }

    private static void signalsAndExits(Condition condition) throws InterruptedException {
        condition.lock().acquire();
        condition.signalAll();
        Procession.exit(3);
    }
}
