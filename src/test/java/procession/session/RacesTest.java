package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Condition;
import procession.Inspection;
import procession.KeeperSilentException;
import procession.Row;
import procession.RunEndedException;
import procession.TimedOutException;
import procession.core.Command;
import procession.core.Request;

/** What crosses on the wire: an answer is under way when its asker no longer wants it. */
class RacesTest {

    private final Wired wire = new Wired();

    @Test
    @Row({"K2", "G30"})
    void aGrantOnItsWayToACancelledFutureGoesBack() throws Exception {
        var lock = (LockHandle) wire.handles.lock();
        var future = lock.acquireAsync();
        wire.reachKeeper();

        assertThat(future.cancel(true)).isTrue();
        wire.settle();

        assertThat(look(lock).holders()).isEmpty();
        assertThat(wire.handles.grants().on(lock.key())).isEmpty();
    }

    @Test
    @Row({"RW-07", "G30"})
    void aGrantOfAReadWriteLockOnItsWayToACancelledFutureGoesBackAndTheNextHasIt() throws Exception {
        var lock = (ReadWriteLockHandle) wire.handles.readWriteLock();
        var writer = lock.writeLock().acquireAsync();
        var reader = lock.readLock().acquireAsync();
        wire.reachKeeper();

        assertThat(writer.cancel(true)).isTrue();
        wire.settle();

        assertThat(look(lock).count("writers")).isZero();
        assertThat(look(lock).count("readers")).isEqualTo(1);
        assertThat(reader.get(10, TimeUnit.SECONDS).fence()).isPositive();
    }

    @Test
    void aGrantThatHasArrivedCannotBeCancelled() throws Exception {
        var lock = (LockHandle) wire.handles.lock();
        var future = lock.acquireAsync();
        wire.settle();

        assertThat(future.cancel(true)).isFalse();
        assertThat(future.get(10, TimeUnit.SECONDS).fence()).isPositive();
    }

    @Test
    void permitsOnTheirWayToACompletedFutureGoBack() throws Exception {
        var semaphore = (SemaphoreHandle) wire.handles.semaphore(3, false);
        var future = semaphore.acquireAsync(2);
        wire.reachKeeper();

        assertThat(future.completeExceptionally(new IllegalStateException("enough"))).isTrue();
        wire.settle();

        assertThat(look(semaphore).count("value")).isEqualTo(3);
        assertThat(look(semaphore).count("owed")).isZero();
    }

    @Test
    @Row({"K2", "K5"})
    void itemsOnTheirWayToCancelledFuturesReturnInTheirOrder() throws Exception {
        var queue = wire.handles.<String>queue(0);
        List.of("a", "b", "c").forEach(queue::putAsync);
        var first = queue.getAsync();
        var second = queue.getAsync();
        wire.reachKeeper();

        first.cancel(true);
        second.cancel(true);
        wire.settle();

        for (var expected : List.of("a", "b", "c")) {
            var got = queue.getAsync();
            wire.settle();
            assertThat(got.get(10, TimeUnit.SECONDS)).isEqualTo(expected);
        }
    }

    @Test
    void anInterruptTakesTheVerdictAGrantOnItsWay() throws Exception {
        var lock = (LockHandle) wire.handles.lock();
        var acquired = new FutureTask<>(() -> lock.acquire().fence() + " interrupted " + Thread.currentThread().isInterrupted());
        var thread = Thread.ofVirtual().start(acquired);
        await().until(wire::hasSent);
        wire.reachKeeper();
        await().until(() -> thread.getState() == Thread.State.WAITING);

        thread.interrupt();
        await().until(wire::hasSent);
        wire.settle();

        assertThat(acquired.get(10, TimeUnit.SECONDS)).isEqualTo("1 interrupted true");
        lock.release();
    }

    @Test
    void aSignalThatComesForACancelledWaitGoesToTheNext() throws Exception {
        var lock = (LockHandle) wire.handles.lock();
        var full = lock.newCondition("full");
        var first = asleep(lock, full);
        var second = asleep(lock, full);
        var holds = lock.acquireAsync();
        wire.settle();
        holds.get(10, TimeUnit.SECONDS);
        full.signal();
        wire.reachKeeper();

        first.cancel(true);
        holds.get().release();
        wire.settle();

        assertThat(second).succeedsWithin(Duration.ofSeconds(10));
    }

    private CompletableFuture<Void> asleep(LockHandle lock, Condition condition) throws Exception {
        var grant = lock.acquireAsync();
        wire.settle();
        grant.get();
        var asleep = condition.awaitAsync();
        wire.settle();
        return asleep;
    }

    @Test
    void aBoundedReleaseTakesNothingOffWhatIsGrantedToAnotherThreadMeanwhile() throws Exception {
        var semaphore = wire.handles.semaphore(1, true);
        var unowed = semaphore.unowned().acquireAsync(1);
        wire.settle();
        unowed.get();
        var waiting = semaphore.acquireAsync(1);
        wire.settle();

        var released = new FutureTask<>(() -> {
            semaphore.release();
            return null;
        });
        Thread.ofVirtual().start(released);
        await().until(wire::hasSent);
        wire.settle();
        released.get(10, TimeUnit.SECONDS);
        waiting.get(10, TimeUnit.SECONDS).release();
        wire.settle();

        assertThat(look((Handle) semaphore).count("value")).isEqualTo(1);
        assertThat(look((Handle) semaphore).count("owed")).isZero();
    }

    @Test
    void anInterruptIsNotForgottenWhenTheRunEnds() throws Exception {
        var event = wire.handles.event();
        var interrupted = new FutureTask<>(() -> {
            try {
                event.await();
                return "set";
            } catch (procession.RunEndedException ended) {
                return "ended, interrupted " + Thread.currentThread().isInterrupted();
            }
        });
        var thread = Thread.ofVirtual().start(interrupted);
        await().until(wire::hasSent);
        wire.settle();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        thread.interrupt();
        await().until(wire::hasSent);

        wire.session.end();

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isEqualTo("ended, interrupted true");
    }

    @Test
    void anInterruptWithdrawsAWait() throws Exception {
        var lock = (LockHandle) wire.handles.lock();
        var held = lock.acquireAsync();
        wire.settle();
        var acquired = new FutureTask<>(lock::acquire);
        var thread = Thread.ofVirtual().start(acquired);
        await().until(wire::hasSent);
        wire.settle();
        assertThat(look(lock).waiters()).hasSize(1);
        await().until(() -> thread.getState() == Thread.State.WAITING);

        thread.interrupt();
        await().until(wire::hasSent);
        wire.settle();

        assertThatThrownBy(() -> acquired.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        assertThat(look(lock).waiters()).isEmpty();
        assertThat(held.get().fence()).isPositive();
    }

    @Test
    @Row("G30")
    void aKeeperThatIsSilentBeyondTheTimeOutIsAnErrorAndItsLateGrantGoesBack() throws Exception {
        var lock = (LockHandle) wire.handles.lock();
        var waiting = new FutureTask<>(() -> lock.acquire(Duration.ofMillis(1)));
        Thread.ofVirtual().start(waiting);
        var future = lock.acquireAsync(Duration.ofMillis(1));

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(KeeperSilentException.class);
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(KeeperSilentException.class);
        wire.settle();

        assertThat(look(lock).holders()).isEmpty();
        assertThat(look(lock).waiters()).isEmpty();
    }

    /** As of a process that stood still just after it had asked: its time-out is over before the keeper hears of it. */
    @Test
    void aRequestThatLeavesAfterItsTimeOutIsAnsweredByTheWithdrawalBehindIt() throws Exception {
        var lock = (LockHandle) wire.handles.lock();
        lock.acquireAsync();
        wire.settle();
        var waiting = new FutureTask<>(() -> lock.acquire(Duration.ofMillis(1)));
        Thread.ofVirtual().start(waiting);
        await().until(() -> wire.hasSent(3));
        var future = lock.acquireAsync(Duration.ofMillis(1));

        await().until(() -> wire.hasSent(6));
        wire.settle();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TimedOutException.class);
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TimedOutException.class);
    }

    @Test
    void theKeepersTimeOutArrivesAsSuch() {
        var lock = (LockHandle) wire.handles.lock();
        lock.acquireAsync();
        var late = lock.acquireAsync(Duration.ofMillis(500));
        wire.settle();

        wire.reachKeeper(Duration.ofMillis(500));
        wire.reachSession();

        assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS)).hasMessageContaining("was not granted within 0.5 s")
                .hasMessageContaining("held by MainProcess");
    }

    @Test
    void aRefusedReleaseIsRaisedByTheNextCallOnce() throws Exception {
        var lock = (LockHandle) wire.handles.lock();
        var other = wire.handles.lock();
        wire.session.tell(new Request.Operate(lock.target(), new Command.ReleaseLock(99)));
        wire.settle();

        assertThat(other.acquireAsync()).isNotNull();
        assertThatThrownBy(lock::acquireAsync).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("An earlier release was refused").hasMessageContaining("fence 99");
        var future = lock.acquireAsync();
        wire.settle();
        assertThat(future.get(10, TimeUnit.SECONDS).fence()).isPositive();
    }

    @Test
    void theEndOfTheRunReachesWhoeverWaits() throws Exception {
        var lock = wire.handles.lock();
        var thread = new FutureTask<>(lock::acquire);
        Thread.ofVirtual().start(thread);
        var future = lock.acquireAsync();
        await().until(wire::hasSent);
        await().until(() -> !future.isDone());

        wire.session.end();

        assertThatThrownBy(() -> thread.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RunEndedException.class);
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RunEndedException.class);
        assertThatThrownBy(lock::acquire).isInstanceOf(RunEndedException.class);
    }

    @Test
    void dependentStagesRunOnThreadsOfTheirOwn() throws Exception {
        var event = wire.handles.event();
        var ran = new CompletableFuture<Thread>();
        event.setAsync().thenRun(() -> ran.complete(Thread.currentThread()));

        wire.settle();

        assertThat(ran.get(10, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    }

    // The rest of the vocabulary.

    @Test
    void aLockThatComesBackFromAConditionToACancelledFutureIsGivenUp() throws Exception {
        var lock = (LockHandle) wire.handles.lock();
        var acquired = lock.acquireAsync();
        wire.settle();
        var grant = acquired.get(10, TimeUnit.SECONDS);
        var waiting = lock.newCondition("full").awaitAsync(Duration.ofMillis(500));
        wire.reachKeeper();
        wire.reachKeeper(Duration.ofMillis(500));

        assertThat(waiting.cancel(true)).isTrue();
        wire.settle();

        assertThat(look(lock).holders()).isEmpty();
        assertThatThrownBy(grant::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anInterruptTakesTheVerdictASignalOnItsWay() throws Exception {
        var lock = (LockHandle) wire.handles.lock();
        var condition = lock.newCondition("full");
        var waited = new FutureTask<>(() -> {
            lock.acquire();
            return condition.await(Duration.ofSeconds(100)) + ", interrupted " + Thread.currentThread().isInterrupted();
        });
        var thread = Thread.ofVirtual().start(waited);
        await().until(wire::hasSent);
        wire.settle();
        await().until(() -> look(lock).count("sleeping") == 1);
        var acquired = lock.acquireAsync();
        wire.settle();
        var signaller = acquired.get(10, TimeUnit.SECONDS);
        condition.signal();
        signaller.release();
        wire.reachKeeper();

        thread.interrupt();
        await().until(wire::hasSent);
        wire.settle();

        assertThat(waited.get(10, TimeUnit.SECONDS)).isEqualTo("true, interrupted true");
        assertThat(look(lock).holders()).hasSize(1);
    }

    @Test
    void aDeliveryOnItsWayToACancelledFutureReturnsToItsPlaceAndIsAsGoodAsNew() throws Exception {
        var queue = wire.handles.<String>joinableQueue(0);
        queue.putAsync("a");
        var cancelled = queue.getDeliveryAsync();
        wire.reachKeeper();

        cancelled.cancel(true);
        wire.settle();

        var got = queue.getDeliveryAsync();
        wire.settle();
        assertThat(got.get(10, TimeUnit.SECONDS).item()).isEqualTo("a");
        assertThat(got.get().redeliveries()).isZero();
    }

    @Test
    void aPartyThatWasLetGoHasPassedThoughItsFutureIsCancelled() throws Exception {
        var barrier = (BarrierHandle) wire.handles.barrier(2, java.util.Optional.empty());
        var cancelled = barrier.awaitAsync();
        var other = barrier.awaitAsync();
        wire.reachKeeper();

        cancelled.cancel(true);
        wire.settle();

        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(look(barrier).count("broken")).isZero();
    }

    @Test
    void aLevelOfAReentrantLockThatComesTooLateGoesBackAndLeavesTheOthers() throws Exception {
        var lock = (LockHandle) wire.handles.rlock();
        var held = new FutureTask<>(() -> {
            lock.acquire();
            try {
                lock.acquire(Duration.ofMillis(1));
                return "got it twice";
            } catch (KeeperSilentException silent) {
                return "once";
            }
        });
        Thread.ofVirtual().start(held);
        await().until(wire::hasSent);
        wire.settle();
        await().until(wire::hasSent);
        assertThat(held.get(10, TimeUnit.SECONDS)).isEqualTo("once");

        wire.settle();

        assertThat(look(lock).holders()).singleElement().satisfies(holder -> assertThat(holder.units()).isEqualTo(1));
    }

    private Inspection look(Handle handle) throws ExecutionException, InterruptedException {
        var view = handle.inspectAsync();
        wire.settle();
        try {
            return view.get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException never) {
            throw new CompletionException(never);
        }
    }
}
