package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Event;
import procession.Procession;
import procession.Queue;
import procession.Row;
import procession.Semaphore;
import procession.TimedOutException;

/** A semaphore among real processes. */
class SemaphoreIT extends OneRun {

    @Test
    @Row({"SEM-12", "G13", "G22"})
    void permitsAreTakenAndReturned() throws Exception {
        var semaphore = run.semaphore(2);

        var one = semaphore.acquire();
        var two = semaphore.tryAcquire().orElseThrow();
        assertThat(semaphore.value()).isZero();
        assertThat(semaphore.tryAcquire()).isEmpty();
        assertThat(semaphore.tryAcquire(Duration.ofSeconds(-1))).isEmpty();
        one.release();
        two.close();
        assertThat(semaphore.value()).isEqualTo(2);
        assertThatThrownBy(two::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Row({"SEM-03", "SEM-04"})
    void withoutPermitsAWaitTimesOut() throws Exception {
        var semaphore = run.semaphore("empty", 0);
        long before = System.nanoTime();

        assertThat(semaphore.tryAcquire(SHORT)).isEmpty();
        assertThatThrownBy(() -> semaphore.acquire(SHORT)).isInstanceOf(TimedOutException.class)
                .hasMessage("Semaphore 'empty' gave no permit within 0.1 s. It has 0 of 0 permits.");
        assertThat(System.nanoTime() - before).isGreaterThan(2 * SHORT.toNanos());
    }

    @Test
    @Row({"SEM-04", "G22"})
    void countsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> run.semaphore(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.semaphore(1).acquire(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.semaphore(1).release(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNamedSemaphoreIsFoundAndNotMadeAnewWithAnotherCount() throws Exception {
        run.semaphore("pool", 5).acquire(2);

        assertThat(run.semaphore("pool").value()).isEqualTo(3);
        assertThat(run.semaphore("pool", 5).value()).isEqualTo(3);
        assertThatThrownBy(() -> run.semaphore("pool", 6)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'pool' is a semaphore of 5, not a semaphore of 6.");
        assertThatThrownBy(() -> run.semaphore("no such pool")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such pool");
    }

    @Test
    @Row({"SEM-10", "G22"})
    void aBigRequestIsNotOvertakenBySmallOnes() throws Exception {
        var semaphore = run.semaphore(3);
        var grant = semaphore.acquire(2);
        var big = semaphore.acquireAsync(3);

        assertThat(semaphore.tryAcquire()).isEmpty();
        grant.release();

        assertThat(big.get(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(semaphore.value()).isZero();
    }

    @Test
    void noMoreProcessesAreInsideThanThereArePermits() throws Exception {
        var semaphore = run.semaphore(2);
        Queue<Integer> changes = run.queue();
        var children = new ArrayList<procession.Process>();
        for (int i = 0; i < 3; i++) {
            children.add(run.process(SemaphoreIT::entersAndLeaves, semaphore, changes, 20).start());
        }
        for (var child : children) {
            assertThat(child.join().exitCode()).isZero();
        }

        int inside = 0;
        while (!changes.isEmpty()) {
            inside += changes.getNow();
            assertThat(inside).isBetween(0, 2);
        }
        assertThat(semaphore.value()).isEqualTo(2);
    }

    private static void entersAndLeaves(Semaphore semaphore, Queue<Integer> changes, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            try (var grant = semaphore.acquire()) {
                changes.put(+1);
                changes.put(-1);
            }
        }
    }

    @Test
    @Row({"SEM-06", "SEM-10"})
    void whoNeverAcquiredSignals() throws Exception {
        var signal = run.semaphore(0);
        var child = run.process(SemaphoreIT::signals, signal, 3).start();

        signal.acquire(3, LONG);

        assertThat(child.join().exitCode()).isZero();
        assertThat(signal.value()).isZero();
    }

    private static void signals(Semaphore signal, int times) {
        for (int i = 0; i < times; i++) {
            signal.release();
        }
    }

    @Test
    @Row("SEM-07")
    void oneReleaseWakesOneAndTwoWakeTwo() throws Exception {
        var semaphore = run.semaphore(0);
        Queue<String> woken = run.queue();
        for (var name : List.of("a", "b", "c")) {
            run.process(SemaphoreIT::waitsAndTells, semaphore, woken).name(name).start();
            test.awaitWaiting(name);
        }

        semaphore.release();
        assertThat(woken.get(LONG)).isEqualTo("a");
        assertThat(woken.size()).isZero();
        assertThat(test.isWaiting("b") && test.isWaiting("c")).isTrue();
        semaphore.release(2);
        assertThat(List.of(woken.get(LONG), woken.get(LONG))).containsExactlyInAnyOrder("b", "c");
    }

    private static void waitsAndTells(Semaphore semaphore, Queue<String> woken) throws InterruptedException {
        semaphore.acquire();
        woken.put(Procession.currentProcess().name());
        semaphore.value();
    }

    @Test
    @Row({"SEM-09", "G01"})
    void deathReturnsWhatTheDeadOwed() throws Exception {
        var semaphore = run.semaphore(5);
        var killed = run.process(SemaphoreIT::holds, semaphore, 3, run.event()).name("owing").start();
        test.awaitWaiting("owing");
        var waiting = semaphore.acquireAsync(4);

        test.kill(killed);
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isNotNull();
        waiting.join().release();

        run.process(SemaphoreIT::takes, semaphore, 2).start().join();
        assertThat(semaphore.value()).isEqualTo(5);
    }

    private static void holds(Semaphore semaphore, int permits, Event never) throws InterruptedException {
        semaphore.acquire(permits);
        never.await();
    }

    private static void takes(Semaphore semaphore, int permits) throws InterruptedException {
        semaphore.acquire(permits);
    }

    @Test
    void aPausedHolderKeepsItsPermits() throws Exception {
        var semaphore = run.semaphore(1);
        var event = run.event();
        var holder = run.process(SemaphoreIT::holds, semaphore, 1, event).name("holder").start();
        test.awaitWaiting("holder");

        test.pause(holder);
        assertThat(semaphore.tryAcquire(Duration.ofSeconds(2))).isEmpty();
        test.resume(holder);
        event.set();

        assertThat(semaphore.acquire(LONG)).isNotNull();
    }

    @Test
    @Row("K2")
    void theDeathOfAWaiterChangesNothingForTheOthers() throws Exception {
        var semaphore = run.semaphore(1);
        var grant = semaphore.acquire();
        var doomed = run.process(SemaphoreIT::takes, semaphore, 1).name("doomed").start();
        test.awaitWaiting("doomed");
        var next = semaphore.acquireAsync(1);

        test.kill(doomed);
        grant.release();

        assertThat(next.get(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    @Row({"SEM-12", "G24"})
    void aNamedSemaphoreIsFoundByAChild() throws Exception {
        var semaphore = run.semaphore("found", 0);

        run.process(SemaphoreIT::signalsByName).start();

        assertThat(semaphore.acquire(LONG)).isNotNull();
    }

    private static void signalsByName() {
        Procession.current().semaphore("found").release();
    }
}
