package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Grant;
import procession.Lock;
import procession.Row;

/** Locks that a thread may acquire again, and locks that are taken away, in one process. */
class ReentrantLockTest extends OneProcess {

    private static int depth(Lock lock) throws InterruptedException {
        return lock.inspect().holders().stream().mapToInt(holder -> holder.units()).sum();
    }

    // Again.

    @Test
    @Row({"RLOCK-01", "RLOCK-05"})
    void whatIsAcquiredThreeTimesIsReleasedThreeTimesAndNotAFourthTime() throws Exception {
        var lock = run.rlock();
        lock.acquire();
        lock.acquire(SHORT);
        lock.tryAcquire().orElseThrow();

        for (int left = 2; left >= 0; left--) {
            lock.release();
            assertThat(depth(lock)).isEqualTo(left);
        }

        refused(lock, lock::release).isInstanceOf(IllegalStateException.class).message().startsWith("Re-entrant lock ")
                .endsWith(" is not held by this thread; only the thread that holds an RLock releases it.");
    }

    @Test
    @Row("RLOCK-02")
    void itsThreadGetsItAgainAtOnceWhateverTheTimeOut() throws Exception {
        var lock = run.rlock();
        try (var first = lock.acquire();
                var second = lock.tryAcquire().orElseThrow();
                var third = lock.tryAcquire(BEFORE_NOW).orElseThrow()) {
            assertThat(second.fence()).isEqualTo(first.fence());
            assertThat(third.fence()).isEqualTo(first.fence());
            assertThat(depth(lock)).isEqualTo(3);
        }
        assertThat(depth(lock)).isZero();
    }

    @Test
    @Row("RLOCK-05")
    void toOthersItIsHeldUntilTheLastRelease() throws Exception {
        var lock = run.rlock();
        lock.acquire();
        lock.acquire();

        lock.release();
        assertThat(Elsewhere.call(lock::tryAcquire).result()).isEmpty();
        lock.release();

        assertThat(Elsewhere.call(lock::tryAcquire).result()).isPresent();
    }

    @Test
    @Row("G31")
    void anotherThreadOfTheProcessNeitherReentersItNorGivesItBack() throws Exception {
        var lock = run.rlock();
        var grant = lock.acquire();

        assertThat(Elsewhere.call(() -> lock.tryAcquire(SHORT)).result()).isEmpty();
        refused(lock, () -> Elsewhere.call(() -> released(lock::release)).result()).isInstanceOf(IllegalStateException.class);
        refused(lock, () -> Elsewhere.call(() -> released(grant::release)).result()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only the thread that holds an RLock releases it");
        refused(lock, () -> Elsewhere.call(() -> released(grant::close)).result()).isInstanceOf(IllegalStateException.class);

        grant.release();
    }

    private static String released(Runnable release) {
        release.run();
        return "released";
    }

    @Test
    void aHoldWithoutAThreadIsReenteredByNobodyAndReleasedByAnyone() throws Exception {
        var lock = run.rlock();
        var grant = lock.acquireAsync().get(10, TimeUnit.SECONDS);

        assertThat(lock.tryAcquire()).isEmpty();
        assertThat(lock.acquireAsync(SHORT)).failsWithin(LONG);
        Elsewhere.call(() -> released(grant::release)).result();

        assertThat(depth(lock)).isZero();
    }

    @Test
    void anAsynchronousCallOfTheHoldingThreadWaitsLikeOthers() throws Exception {
        var lock = run.rlock();
        lock.acquire();

        var later = lock.acquireAsync();
        assertThat(lock.inspect().waiters()).hasSize(1);
        lock.release();

        assertThat(later.get(10, TimeUnit.SECONDS).fence()).isPositive();
    }

    @Test
    @Row({"RLOCK-07", "G28"})
    void whoHoldsItHowOftenIsSeen() throws Exception {
        var lock = run.rlock("deep");
        lock.acquire();
        lock.acquire();

        var seen = lock.inspect();

        assertThat(seen.holders()).singleElement().satisfies(holder -> {
            assertThat(holder.process()).isEqualTo("MainProcess");
            assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(holder.thread()).isEqualTo(Thread.currentThread().threadId());
            assertThat(holder.units()).isEqualTo(2);
        });
        assertThat(seen).asString().startsWith("re-entrant lock 'deep' {").contains("held by MainProcess (pid ").endsWith(", 2 times");
        lock.release();
        lock.release();
    }

    @Test
    void aNameIsThatOfALockOrOfAReentrantOne() {
        run.rlock("mine");

        assertThat(run.rlock("mine")).isEqualTo(run.rlock("mine"));
        assertThatThrownBy(() -> run.lock("mine")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'mine' is a re-entrant lock, not a lock.");
    }

    // Taken away.

    @Test
    @Row({"G02", "G03", "LOCK-17"})
    void whoseLockWasTakenAwayReleasesNobodyElsesAndIsToldAtTheNextCall() throws Exception {
        var lock = run.lock();
        var lost = lock.acquire();
        lock.breakLock();
        var others = Elsewhere.call(lock::acquire).result();

        lost.release();

        assertThat(lock.inspect().holders()).singleElement().satisfies(holder -> assertThat(holder.fence()).isEqualTo(others.fence()));
        assertThatThrownBy(lock::tryAcquire).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("An earlier release was refused: The lock is not held under fence " + lost.fence());
        assertThat(others.abandoned().orElseThrow().outcome()).startsWith("lost the lock: MainProcess (pid ");
        others.release();
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    @Row("LOCK-04")
    void aFreeLockCannotBeTakenAway() throws Exception {
        var lock = run.lock();

        refused(lock, lock::breakLock).isInstanceOf(IllegalStateException.class).hasMessageContaining("Nobody holds the lock");
    }

    @Test
    @Row({"RLOCK-06", "G03"})
    void aReentrantLockIsTakenAwayAtWhateverDepth() throws Exception {
        var lock = run.rlock();
        var lost = lock.acquire();
        lock.acquire();

        lock.breakLock();

        assertThat(depth(lock)).isZero();
        try (Grant next = lock.acquire()) {
            assertThat(next.fence()).isGreaterThan(lost.fence());
            assertThat(depth(lock)).isEqualTo(1);
            lock.release();
            assertThat(depth(lock)).as("the newest hold is given back, not the lost one").isZero();
        }
    }

    @Test
    void whoGetsALockThatAnotherThreadLostUsesItsConditions() throws Exception {
        var lock = run.lock();
        var condition = lock.newCondition();
        lock.acquire();
        lock.breakLock();

        var waited = Elsewhere.call(() -> {
            try (var grant = lock.acquire()) {
                condition.signal();
                return condition.await(SHORT);
            }
        });

        assertThat(waited.result()).isFalse();
        assertThat(lock.inspect().holders()).isEmpty();
    }
}
