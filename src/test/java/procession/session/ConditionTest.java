package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import procession.Condition;
import procession.Lock;
import procession.Row;

/** Conditions among the threads of one process. */
class ConditionTest extends OneProcess {

    private final Lock lock = run.lock();
    private final Condition condition = lock.newCondition();

    /** On another thread, when it waits. */
    private Elsewhere<Boolean> waiter(Condition of) throws Exception {
        return Elsewhere.waits(of, () -> {
            try (var grant = of.lock().acquire()) {
                return of.await(LONG);
            }
        });
    }

    private void signal(Condition of, int waiters) throws InterruptedException {
        try (var grant = of.lock().acquire()) {
            of.signal(waiters);
        }
    }

    private static long sleeping(Condition of) throws InterruptedException {
        return of.inspect().count("sleeping");
    }

    // Waiting and signalling.

    @Test
    @Row({"COND-02", "COND-07"})
    void eachSignalWakesOneAndThoseFirstWhoHaveWaitedLongest() throws Exception {
        var first = waiter(condition);
        var second = waiter(condition);

        signal(condition, 1);
        assertThat(first.result()).isTrue();
        assertThat(second.isDone()).isFalse();
        assertThat(sleeping(condition)).isEqualTo(1);

        signal(condition, 1);
        assertThat(second.result()).isTrue();
    }

    @Test
    @Row("COND-03")
    void ofSixAsManyAreWokenAsASignalSays() throws Exception {
        var six = new ArrayList<Elsewhere<Boolean>>();
        for (int i = 0; i < 6; i++) {
            six.add(waiter(condition));
        }

        signal(condition, 2);
        await().until(() -> six.stream().filter(Elsewhere::isDone).count() == 2);
        assertThat(sleeping(condition)).isEqualTo(4);

        signal(condition, 4);
        for (var one : six) {
            assertThat(one.result()).isTrue();
        }
        assertThatCode(() -> signal(condition, 3)).doesNotThrowAnyException();
    }

    @Test
    @Row("COND-04")
    void whoTimedOutUsesUpNothingOfASignalForAll() throws Exception {
        var impatient = new ArrayList<Elsewhere<Boolean>>();
        for (int i = 0; i < 3; i++) {
            impatient.add(Elsewhere.call(() -> {
                try (var grant = lock.acquire()) {
                    return condition.await(SHORT);
                }
            }));
        }
        for (var one : impatient) {
            assertThat(one.result()).isFalse();
        }
        var patient = List.of(waiter(condition), waiter(condition));

        try (var grant = lock.acquire()) {
            condition.signalAll();
        }

        for (var one : patient) {
            assertThat(one.result()).isTrue();
        }
        assertThat(sleeping(condition)).isZero();
    }

    @Test
    @Row("COND-06")
    void aWaitForNoTimeIsFalseAtOnceWithTheLockHeld() throws Exception {
        try (var grant = lock.acquire()) {
            long fence = grant.fence();

            assertThat(condition.await(Duration.ZERO)).isFalse();
            assertThat(condition.await(BEFORE_NOW)).isFalse();

            assertThat(grant.fence()).isEqualTo(fence);
            assertThat(lock.inspect().holders()).extracting(holder -> holder.fence()).containsExactly(fence);
        }
    }

    @Test
    @Row("COND-06")
    void aWaitThatTimesOutIsFalseAndTheLockIsHeldAgainUnderANewFence() throws Exception {
        try (var grant = lock.acquire()) {
            long fence = grant.fence();
            long before = System.nanoTime();

            assertThat(condition.await(SHORT)).isFalse();

            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(SHORT.toNanos());
            assertThat(grant.fence()).isGreaterThan(fence);
            assertThat(lock.inspect().holders()).extracting(holder -> holder.fence()).containsExactly(grant.fence());
        }
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    void whileOneWaitsTheLockIsFreeAndItsGrantCannotBeReleased() throws Exception {
        var grant = lock.acquire();
        var waiting = Elsewhere.waits(condition, () -> condition.await(LONG));

        refused(lock, grant::release).isInstanceOf(IllegalStateException.class).hasMessageContaining("given up to wait for a condition");
        refused(lock, grant::close).isInstanceOf(IllegalStateException.class);
        refused(lock, lock::release).isInstanceOf(IllegalStateException.class);
        signal(condition, 1);

        assertThat(waiting.result()).isTrue();
        grant.release();
    }

    @Test
    @Row("COND-11")
    void aSignalForNobodyWakesNobody() throws Exception {
        var waiting = waiter(condition);

        signal(condition, 0);
        signal(condition, -3);
        assertThat(sleeping(condition)).isEqualTo(1);

        signal(condition, 1);
        assertThat(waiting.result()).isTrue();
    }

    @Test
    @Row("COND-12")
    void twoConditionsOfOneLockShareTheLockAndNotTheSignals() throws Exception {
        var other = lock.newCondition();
        var waiting = waiter(condition);
        var others = waiter(other);

        try (var grant = lock.acquire()) {
            assertThat(Elsewhere.call(other.lock()::tryAcquire).result()).isEmpty();
            other.signal();
        }
        assertThat(others.result()).isTrue();
        assertThat(waiting.isDone()).isFalse();

        signal(condition, 1);
        assertThat(waiting.result()).isTrue();
    }

    @Test
    @Row("COND-08")
    void aWaitGivesUpAReentrantLockAtWhateverDepthAndGetsItBackAtThat() throws Exception {
        var deep = run.rlock();
        var of = deep.newCondition();
        try (var outer = deep.acquire(); var inner = deep.acquire()) {
            var signaller = Elsewhere.call(() -> {
                try (var grant = deep.acquire()) {
                    of.signal();
                    return grant.fence();
                }
            });

            assertThat(of.await(LONG)).isTrue();

            assertThat(outer.fence()).isEqualTo(inner.fence()).isGreaterThan(signaller.result());
            assertThat(deep.inspect().holders()).singleElement().satisfies(holder -> assertThat(holder.units()).isEqualTo(2));
        }
        assertThat(deep.inspect().holders()).isEmpty();
    }

    // Until something is true.

    @Test
    @Row("COND-10")
    void whatIsTrueAlreadyIsNotWaitedForAndNeedsNoLock() throws Exception {
        condition.awaitUntil(() -> true);
        assertThat(condition.awaitUntil(() -> true, SHORT)).isTrue();
        assertThat(condition.awaitUntil(() -> true, BEFORE_NOW)).isTrue();
    }

    @Test
    @Row("COND-10")
    void whatThePredicateThrowsIsThrownWithTheLockHeld() throws Exception {
        try (var grant = lock.acquire()) {
            assertThatThrownBy(() -> condition.awaitUntil(() -> {
                throw new UnsupportedOperationException("mine");
            })).isInstanceOf(UnsupportedOperationException.class).hasMessage("mine");

            assertThat(lock.inspect().holders()).extracting(holder -> holder.fence()).containsExactly(grant.fence());
        }
    }

    @Test
    void whatIsNotTrueYetIsWaitedForThroughEverySignalThatComesTooEarly() throws Exception {
        var reached = new int[1];
        var waiting = Elsewhere.waits(condition, () -> {
            try (var grant = lock.acquire()) {
                condition.awaitUntil(() -> reached[0] == 3);
                return condition.awaitUntil(() -> reached[0] == 3, LONG);
            }
        });

        for (int i = 0; i < 3; i++) {
            await().until(() -> sleeping(condition) == 1);
            try (var grant = lock.acquire()) {
                reached[0]++;
                condition.signalAll();
            }
        }

        assertThat(waiting.result()).isTrue();
    }

    @Test
    void whatNeverGetsTrueIsFalseWhenTheTimeIsOver() throws Exception {
        try (var grant = lock.acquire()) {
            assertThat(condition.awaitUntil(() -> false, SHORT)).isFalse();
            assertThat(condition.awaitUntil(() -> false, Duration.ZERO)).isFalse();
            assertThat(lock.inspect().holders()).extracting(holder -> holder.fence()).containsExactly(grant.fence());
        }
    }

    // Misuse.

    @Test
    @Row({"COND-01", "G31"})
    void whoDoesNotHoldTheLockNeitherWaitsNorSignals() throws Exception {
        List<ThrowingCallable> misuses = List.of(condition::await, () -> condition.await(SHORT), () -> condition.await(Duration.ZERO),
                condition::awaitAsync, () -> condition.awaitAsync(Duration.ZERO), () -> condition.awaitUntil(() -> false),
                () -> condition.awaitUntil(() -> false, Duration.ZERO), condition::signal, condition::signalAll, () -> condition.signal(0));

        for (var misuse : misuses) {
            refused(condition, misuse).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(" is not held by this process; a condition is ");
        }
    }

    @Test
    @Row("COND-01")
    void anotherThreadThanTheHolderOfAReentrantLockNeitherWaitsNorSignals() throws Exception {
        var deep = run.rlock();
        var of = deep.newCondition();
        deep.acquire();

        refused(of, () -> Elsewhere.call(() -> of.await(SHORT)).result()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not held by this thread");
        refused(of, of::awaitAsync).isInstanceOf(IllegalStateException.class).hasMessageContaining("use await()");

        deep.release();
    }

    @Test
    void whoseLockWasTakenAwayNeitherWaitsNorSignals() throws Exception {
        lock.acquire();
        lock.breakLock();

        assertThatThrownBy(condition::await).isInstanceOf(IllegalStateException.class).hasMessageContaining("is not held under fence");
        condition.signal();
        await().untilAsserted(() -> assertThatThrownBy(() -> lock.tryAcquire().ifPresent(grant -> grant.close()))
                .isInstanceOf(IllegalStateException.class).hasMessageStartingWith("An earlier signal was refused"));
    }

    // Giving up.

    @Test
    void whoIsInterruptedWhileItWaitsHoldsTheLockAgain() throws Exception {
        var interrupted = Elsewhere.waits(condition, () -> {
            try (var grant = lock.acquire()) {
                try {
                    condition.await();
                    return "signalled";
                } catch (InterruptedException stop) {
                    return lock.inspect().holders().stream().allMatch(holder -> holder.fence() == grant.fence())
                            && !lock.inspect().holders().isEmpty() ? "held again" : "not held";
                }
            }
        });

        interrupted.interrupt();

        assertThat(interrupted.result()).isEqualTo("held again");
        assertThat(lock.inspect().holders()).isEmpty();
        assertThat(sleeping(condition)).isZero();
    }

    @Test
    void aFutureCompletesWhenTheLockIsHeldAgain() throws Exception {
        var grant = lock.acquireAsync().get(10, TimeUnit.SECONDS);
        var late = condition.awaitAsync(SHORT);
        assertThat(late.get(10, TimeUnit.SECONDS)).isFalse();
        var waiting = condition.awaitAsync();

        signal(condition, 1);

        assertThat(waiting).succeedsWithin(LONG);
        assertThat(lock.inspect().holders()).extracting(holder -> holder.fence()).containsExactly(grant.fence());
        grant.release();
    }

    @Test
    void whoWaitsAgainAsSoonAsAFutureCompletesKeepsItsGrant() throws Exception {
        var grant = lock.acquireAsync().get(10, TimeUnit.SECONDS);

        var again = condition.awaitAsync(SHORT).thenCompose(signalled -> condition.awaitAsync(SHORT));

        assertThat(again.get(10, TimeUnit.SECONDS)).isFalse();
        grant.release();
        assertThat(lock.inspect().holders()).isEmpty();
    }

    @Test
    void aFutureThatIsCancelledGivesTheLockUpForGood() throws Exception {
        var grant = lock.acquireAsync().get(10, TimeUnit.SECONDS);
        var waiting = condition.awaitAsync();

        waiting.cancel(true);

        await().until(() -> sleeping(condition) == 0 && lock.inspect().holders().isEmpty());
        assertThatThrownBy(grant::release).isInstanceOf(IllegalStateException.class);
        grant.close();
        assertThat(lock.tryAcquire()).isPresent();
    }

    // Names, and how it travels.

    @Test
    void aNamedConditionIsTheSameForWhoeverAsksTheSameLock() {
        var till = run.lock("till");

        assertThat(till.newCondition("full")).isEqualTo(run.lock("till").newCondition("full")).hasSameHashCodeAs(till.newCondition("full"));
        assertThat(till.newCondition("full")).isNotEqualTo(till.newCondition("empty")).isNotEqualTo(run.lock("other").newCondition("full"));
        assertThat(till.newCondition()).isNotEqualTo(till.newCondition());
        assertThat(till.newCondition("full").name()).hasValue("full");
        assertThat(till.newCondition().name()).isEmpty();
        assertThat(till.newCondition("full")).hasToString("Condition 'full' of lock 'till'");
    }

    @Test
    void namesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> lock.newCondition(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lock.newCondition("#1")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("#");
        assertThatThrownBy(() -> lock.newCondition("x".repeat(257))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConditionTravelsWithItsLock() throws Exception {
        var queue = run.<Condition>queue();
        queue.put(condition);

        var arrived = queue.get();

        assertThat(arrived).isEqualTo(condition);
        assertThat(arrived.lock()).isEqualTo(lock);
        var waiting = waiter(arrived);
        signal(condition, 1);
        assertThat(waiting.result()).isTrue();
    }
}
