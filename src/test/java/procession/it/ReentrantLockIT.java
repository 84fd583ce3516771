package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Deadlock;
import procession.Event;
import procession.Grant;
import procession.Lock;
import procession.Predecessor;
import procession.RLock;
import procession.Row;

/** Locks that are entered again, taken away, or waited for in a circle, among real processes. */
class ReentrantLockIT extends OneRun {

    @Test
    @Row({"RLOCK-06", "RLOCK-07", "G01", "G03", "G28"})
    void aHolderThatStandsStillKeepsItAtItsDepthAndItsDeathPassesItOn() throws Exception {
        var lock = run.rlock();
        var holder = run.process(ReentrantLockIT::holdsTwice, lock, run.event()).name("holder").start();
        test.awaitWaiting("holder");
        assertThat(lock.inspect().holders()).singleElement().satisfies(held -> {
            assertThat(held.process()).isEqualTo("holder");
            assertThat(held.pid()).isEqualTo(holder.pid().orElseThrow());
            assertThat(held.units()).isEqualTo(2);
        });

        test.pause(holder);
        assertThat(lock.tryAcquire(Duration.ofSeconds(1))).isEmpty();
        test.kill(holder);

        try (Grant grant = lock.acquire(LONG)) {
            assertThat(grant.abandoned()).hasValue(new Predecessor("holder", "killed by signal 9"));
            assertThat(lock.inspect().holders().getFirst().units()).isEqualTo(1);
        }
    }

    private static void holdsTwice(RLock lock, Event never) throws InterruptedException {
        lock.acquire();
        lock.acquire();
        never.await();
    }

    @Test
    @Row({"LOCK-17", "G02", "G03"})
    void whoseLockAnOperatorTookAwayReleasesNobodyElses() throws Exception {
        var lock = run.lock("till");
        var broken = run.event();
        var late = run.process(ReentrantLockIT::releasesTooLate, broken).name("late").start();
        test.awaitWaiting("late");

        lock.breakLock();
        var grant = lock.acquire();
        broken.set();

        assertThat(late.join().value()).asString().startsWith("An earlier release was refused: The lock is not held under fence ");
        assertThat(grant.abandoned().orElseThrow().process()).startsWith("late (pid ");
        assertThat(lock.inspect().holders()).extracting(holder -> holder.fence()).containsExactly(grant.fence());
        grant.release();
    }

    private static String releasesTooLate(Event broken) throws InterruptedException {
        var lock = procession.Procession.current().lock("till");
        var grant = lock.acquire();
        broken.await();
        grant.release();
        lock.inspect(); // Its answer comes after the refusal.
        try {
            return lock.tryAcquire().map(again -> "let in").orElse("not told");
        } catch (IllegalStateException refused) {
            return refused.getMessage();
        }
    }

    @Test
    @Row({"LOCK-21", "G27"})
    void twoProcessesThatWaitForEachOtherAreFoundAndTheDeathOfOneFreesTheOther() throws Exception {
        var a = run.lock("A");
        var b = run.lock("B");
        var aIsHeld = run.event();
        var bIsHeld = run.event();
        var mains = CompletableFuture.supplyAsync(() -> holdsOneAndGetsTheOther(a, b, aIsHeld, bIsHeld));
        var seller = run.process(ReentrantLockIT::holdsOneAndGetsTheOther, b, a, bIsHeld, aIsHeld).name("seller").start();

        test.await(LONG, "the deadlock is found", () -> !run.deadlocks().isEmpty());

        assertThat(run.deadlocks()).singleElement().satisfies(deadlock -> {
            assertThat(deadlock.chain()).extracting(Deadlock.Wait::process).containsExactlyInAnyOrder("MainProcess", "seller");
            assertThat(deadlock.chain()).extracting(Deadlock.Wait::pid)
                    .containsExactlyInAnyOrder(ProcessHandle.current().pid(), seller.pid().orElseThrow());
            assertThat(deadlock.description()).contains("holds lock 'A', waits for lock 'B' held by seller");
        });
        test.kill(seller);
        assertThat(mains.get(60, TimeUnit.SECONDS)).isEqualTo("seller");
        assertThat(run.deadlocks()).isEmpty();
    }

    /** Asks for the other when that is held, too; who died with it. */
    private static String holdsOneAndGetsTheOther(Lock one, Lock other, Event oneIsHeld, Event otherIsHeld) {
        try (var first = one.acquire()) {
            oneIsHeld.set();
            otherIsHeld.await();
            try (var second = other.acquire()) {
                return second.abandoned().map(Predecessor::process).orElse("");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
