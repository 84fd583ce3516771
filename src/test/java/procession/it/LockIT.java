package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import procession.Connection;
import procession.Event;
import procession.Lock;
import procession.Predecessor;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Row;
import procession.TimedOutException;

/** A lock among real processes. */
class LockIT extends OneRun {

    // Alone.

    @Test
    @Row({"LOCK-01", "LOCK-02", "LOCK-07", "K4"})
    void aFreeLockIsGrantedAndAHeldOneIsNot() throws Exception {
        var lock = run.lock();

        var grant = lock.tryAcquire().orElseThrow();
        assertThat(lock.tryAcquire()).isEmpty();
        assertThat(lock.tryAcquire(Duration.ofSeconds(-1))).isEmpty();
        grant.release();
        assertThat(lock.tryAcquire()).isPresent();
        lock.release();
    }

    @Test
    @Row({"LOCK-05", "LOCK-06"})
    void askingAgainFromTheSameThreadTimesOutAndSaysWhoHoldsIt() throws Exception {
        var lock = run.lock("not-reentrant");
        long before = System.nanoTime();
        try (var grant = lock.acquire()) {
            assertThat(lock.tryAcquire(SHORT)).isEmpty();
            assertThatThrownBy(() -> lock.acquire(SHORT)).isInstanceOf(TimedOutException.class)
                    .message().matches("Lock 'not-reentrant' was not granted within 0\\.1 s\\. It is held by MainProcess \\(pid "
                            + ProcessHandle.current().pid() + "\\) for \\d+\\.\\d s \\(fence " + grant.fence() + "\\)\\.");
            assertThat(System.nanoTime() - before).isGreaterThan(2 * SHORT.toNanos());
        }
    }

    @Test
    @Row("LOCK-04")
    void whatIsNotHeldIsNotReleased() throws Exception {
        var lock = run.lock();

        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class)
                .message().startsWith("Lock ").contains("is not held by this process");
        var grant = lock.acquire();
        grant.release();
        assertThatThrownBy(grant::release).isInstanceOf(IllegalStateException.class).hasMessageContaining("released already");
        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
        grant.close();
    }

    @Test
    @Row("LOCK-12")
    void aBlockHoldsTheLockAndItsEndFreesIt() throws Exception {
        var lock = run.lock();

        try (var grant = lock.acquire()) {
            assertThat(lock.tryAcquire()).isEmpty();
            assertThat(grant.fence()).isPositive();
        }
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    @Row("LOCK-13")
    void aBlockThatThrowsFreesTheLockAndTheErrorGoesOn() throws Exception {
        var lock = run.lock();

        assertThatThrownBy(() -> {
            try (var grant = lock.acquire()) {
                throw new IllegalArgumentException("mine");
            }
        }).hasMessage("mine");
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    @Row("LOCK-14")
    void aBlockWhoseBodyReleasedEndsInPeace() throws Exception {
        var lock = run.lock();

        try (var grant = lock.acquire()) {
            lock.release();
        }
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    @Row({"LOCK-09", "G30"})
    void timeOutsTooLongForNanosecondsAreForEver() throws Exception {
        var lock = run.lock();

        try (var grant = lock.acquire(Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThat(grant.fence()).isPositive();
        }
    }

    @Test
    void anInterruptEndsTheWaitAndTheLockIsNotHeld() throws Exception {
        var lock = run.lock();
        var grant = lock.acquire();
        var waiter = new Waiter(lock);
        test.awaitWaiting("MainProcess");

        waiter.thread.interrupt();
        waiter.thread.join();

        assertThat(waiter.caught).isInstanceOf(InterruptedException.class);
        grant.release();
        assertThat(lock.tryAcquire()).isPresent();
    }

    private static final class Waiter implements Runnable {
        private final Lock lock;
        private final Thread thread = new Thread(this);
        private volatile Exception caught;

        Waiter(Lock lock) {
            this.lock = lock;
            thread.start();
        }

        @Override
        public void run() {
            try {
                lock.acquire();
            } catch (Exception interrupted) {
                caught = interrupted;
            }
        }
    }

    @Test
    void aCancelledFutureWithdraws() throws Exception {
        var lock = run.lock();
        var grant = lock.acquireAsync().get(5, TimeUnit.SECONDS);
        var cancelled = lock.acquireAsync();
        var patient = lock.acquireAsync();

        cancelled.cancel(true);
        grant.release();

        patient.get(5, TimeUnit.SECONDS).release();
    }

    // Between processes.

    @Test
    @Row({"LOCK-02", "LOCK-17", "G02"})
    void whileAnotherProcessHoldsItNobodyGetsItAndItsReleasePassesItOn() throws Exception {
        var lock = run.lock();
        var mayRelease = run.event();
        run.process(LockIT::holdUntil, lock, mayRelease).name("holder").start();
        test.awaitWaiting("holder");

        assertThat(lock.tryAcquire(SHORT)).isEmpty();
        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
        mayRelease.set();

        assertThat(lock.acquire(LONG).abandoned()).isEmpty();
    }

    private static void holdUntil(Lock lock, Event mayRelease) throws InterruptedException {
        try (var grant = lock.acquire()) {
            mayRelease.await();
        }
    }

    @Test
    @Row({"LOCK-19", "G29", "G02"})
    void waitersAreServedInTheOrderOfTheirArrivalAndFencesRise() throws Exception {
        var lock = run.lock();
        Queue<String> order = run.queue();
        var grant = lock.acquire();
        for (var name : List.of("first", "second", "third")) {
            run.process(LockIT::putsItsName, lock, order).name(name).start();
            test.awaitWaiting(name);
        }

        grant.release();

        assertThat(List.of(order.get(LONG), order.get(LONG), order.get(LONG))).containsExactly("first", "second", "third");
        assertThat(lock.acquire().fence()).isGreaterThanOrEqualTo(grant.fence() + 4);
    }

    private static void putsItsName(Lock lock, Queue<String> order) throws InterruptedException {
        try (var grant = lock.acquire()) {
            order.put(Procession.currentProcess().name());
        }
    }

    @Test
    void onlyOneProcessAtATimeIsInside() throws Exception {
        var lock = run.lock();
        Queue<Integer> value = run.queue();
        value.put(0);
        var children = List.of(run.process(LockIT::increments, lock, value, 100).start(),
                run.process(LockIT::increments, lock, value, 100).start());

        increments(lock, value, 100);
        for (var child : children) {
            assertThat(child.join().exitCode()).isZero();
        }

        assertThat(value.getNow()).isEqualTo(300);
    }

    /** The queue is a cell that is empty while somebody is inside: {@code getNow} fails if two are. */
    private static void increments(Lock lock, Queue<Integer> value, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            try (var grant = lock.acquire()) {
                value.put(value.getNow() + 1);
            }
        }
    }

    // Deaths.

    @Test
    @Row({"G01", "K3"})
    void theDeathOfTheHolderPassesItOnAndTheNextHolderIsTold() throws Exception {
        var lock = run.lock();
        var holder = run.process(LockIT::holdUntil, lock, run.event()).name("holder").start();
        test.awaitWaiting("holder");
        var waiting = lock.acquireAsync();

        test.kill(holder);

        var grant = waiting.get(5, TimeUnit.SECONDS);
        assertThat(grant.abandoned()).hasValue(new Predecessor("holder", "killed by signal 9"));
        grant.release();
        assertThat(lock.acquire().abandoned()).isEmpty();
    }

    @Test
    @Row({"G01", "K3"})
    void aDeathIsSeenThoughTheProgramHasFilledTheCommonPoolWithItsWaits() throws Exception {
        var lock = run.lock();
        var holder = run.process(LockIT::holdUntil, lock, run.event()).name("holder").start();
        test.awaitWaiting("holder");
        var waiting = Stream.generate(() -> CompletableFuture.supplyAsync(() -> passesOn(lock)))
                .limit(ForkJoinPool.getCommonPoolParallelism() + 1).toList();
        test.await(LONG, "main waits", () -> !lock.inspect().waiters().isEmpty());

        test.kill(holder);

        for (var one : waiting) {
            assertThat(one.get(60, TimeUnit.SECONDS)).isPositive();
        }
    }

    private static long passesOn(Lock lock) {
        try (var grant = lock.acquire()) {
            return grant.fence();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    @Row("G01")
    void whoAsksAfterTheDeathOfTheHolderIsToldToo() throws Exception {
        var lock = run.lock();
        var holder = run.process(LockIT::acquiresAndReturns, lock).name("forgetful").start();
        holder.join();

        assertThat(lock.tryAcquire().orElseThrow().abandoned()).hasValue(new Predecessor("forgetful", "returned"));
    }

    private static void acquiresAndReturns(Lock lock) throws InterruptedException {
        lock.acquire();
    }

    @Test
    void aPausedHolderKeepsItAndReleasesItWhenItGoesOn() throws Exception {
        var lock = run.lock();
        var mayRelease = run.event();
        var holder = run.process(LockIT::holdUntil, lock, mayRelease).name("holder").start();
        test.awaitWaiting("holder");
        test.pause(holder);

        mayRelease.set();
        assertThat(lock.tryAcquire(Duration.ofSeconds(2))).isEmpty();
        test.resume(holder);

        assertThat(lock.acquire(LONG).abandoned()).isEmpty();
    }

    @Test
    @Row("K2")
    void theDeathOfAWaiterChangesNothingForTheOthers() throws Exception {
        var lock = run.lock();
        Queue<String> order = run.queue();
        var grant = lock.acquire();
        var doomed = run.process(LockIT::putsItsName, lock, order).name("doomed").start();
        test.awaitWaiting("doomed");
        run.process(LockIT::putsItsName, lock, order).name("next").start();
        test.awaitWaiting("next");

        test.kill(doomed);
        grant.release();

        assertThat(order.get(LONG)).isEqualTo("next");
        assertThat(lock.acquire(LONG).abandoned()).isEmpty();
    }

    @Test
    @Row({"G01", "G18"})
    void aGrandchildsDeathPassesItOnAlsoWhenItsParentIsKilled() throws Exception {
        var lock = run.lock();
        Process middle = run.process(LockIT::hasAChildThatHolds, lock).name("middle").start();
        test.awaitWaiting("grandchild");

        test.kill(middle);

        assertThat(lock.acquire(LONG).abandoned().orElseThrow().process()).isEqualTo("grandchild");
    }

    private static void hasAChildThatHolds(Lock lock) throws InterruptedException {
        var run = Procession.current();
        run.process(LockIT::holdUntil, lock, run.event()).name("grandchild").start().join();
    }

    // How it travels, and its name.

    /** A lock in a record in a list. */
    private record Luggage(List<Lock> locks, Map<String, Lock> byName) {}

    @Test
    @Row({"LOCK-22", "G24"})
    void aLockTravelsInRecordsThroughQueuesAndPipes() throws Exception {
        var lock = run.lock();
        Queue<Object> luggage = run.queue();
        var pipe = run.pipe();
        run.process(LockIT::unpacks, luggage, pipe.second()).name("traveller").start();
        luggage.put(new Luggage(List.of(lock), Map.of("again", lock)));

        var back = (Lock) pipe.first().receive();

        assertThat(back).isEqualTo(lock).hasSameHashCodeAs(lock);
        assertThat(lock.tryAcquire()).isEmpty();
        pipe.first().send("release");
        assertThat(back.acquire(LONG).fence()).isPositive();
    }

    private static void unpacks(Queue<Object> luggage, Connection end) throws InterruptedException {
        var arrived = (Luggage) luggage.get();
        var lock = arrived.locks().getFirst();
        if (!lock.equals(arrived.byName().get("again"))) {
            throw new IllegalStateException("two handles on one lock differ");
        }
        try (var grant = lock.acquire()) {
            end.send(lock);
            end.receive();
        }
    }

    @Test
    @Row({"LOCK-22", "G24"})
    void aNamedLockIsTheSameEverywhere() throws Exception {
        var lock = run.lock("tickets");
        var mayRelease = run.event("may-release");
        run.process(LockIT::holdsByName).name("finder").start();
        test.awaitWaiting("finder");

        assertThat(lock.name()).hasValue("tickets");
        assertThat(run.lock("tickets")).isEqualTo(lock);
        assertThatThrownBy(() -> lock.acquire(SHORT)).hasMessageContaining("held by finder (pid ");
        mayRelease.set();
        assertThat(lock.acquire(LONG).abandoned()).isEmpty();
    }

    private static void holdsByName() throws InterruptedException {
        var run = Procession.current();
        holdUntil(run.lock("tickets"), run.event("may-release"));
    }

    @Test
    void aNameBelongsToOneKind() {
        run.lock("taken");

        assertThatThrownBy(() -> run.event("taken")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'taken' is a lock, not an event.");
        assertThatThrownBy(() -> run.lock(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
