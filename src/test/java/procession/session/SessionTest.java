package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import procession.DecodingException;
import procession.EmptyException;
import procession.EncodingException;
import procession.FullException;
import procession.Procession;
import procession.Row;
import procession.TimedOutException;

/** Handles in the main process of a real run. */
class SessionTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(10);

    private static Procession run;

    @BeforeAll
    static void start() {
        run = Procession.start();
    }

    @AfterAll
    static void close() {
        run.close();
    }

    // Giving up.

    @Test
    void anInterruptedWaitIsWithdrawn() throws Exception {
        var lock = (LockHandle) run.lock();
        var held = lock.acquire();
        var waiting = new FutureTask<>((Callable<Object>) lock::acquire);
        var thread = Thread.ofPlatform().start(waiting);
        await().until(() -> lock.inspect().waiters().size() == 1);

        thread.interrupt();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        assertThat(lock.inspect().waiters()).isEmpty();
        held.release();
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    @Row("LOCK-09")
    void aTimeOutOfYearsIsAWaitLikeAnyOther() throws Exception {
        var lock = run.lock();
        var held = lock.acquire();

        var waiting = lock.acquireAsync(Duration.ofDays(365));
        assertThat(lock.tryAcquire(SHORT)).isEmpty();
        held.release();

        assertThat(waiting.get(10, TimeUnit.SECONDS).fence()).isGreaterThan(held.fence());
    }

    @Test
    void whoIsInterruptedBeforehandAsksNothing() throws Exception {
        var lock = (LockHandle) run.lock();
        Thread.currentThread().interrupt();

        assertThatThrownBy(lock::acquire).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(lock.inspect().holders()).isEmpty();
    }

    @Test
    void aCancelledWaitIsWithdrawn() throws Exception {
        var lock = (LockHandle) run.lock();
        try (var held = lock.acquire()) {
            var waiting = lock.acquireAsync();
            assertThat(lock.inspect().waiters()).hasSize(1);

            assertThat(waiting.cancel(true)).isTrue();

            assertThat(lock.inspect().waiters()).isEmpty();
            assertThatThrownBy(waiting::join).isInstanceOf(CancellationException.class);
            assertThat(held.fence()).isPositive();
        }
    }

    @Test
    @Row({"K2", "G30"})
    void grantsThatRaceWithCancelsAreNeverLost() throws Exception {
        var lock = run.lock();
        for (int i = 0; i < 500; i++) {
            var racing = lock.acquireAsync();
            if (!racing.cancel(true) && !racing.isCancelled()) {
                racing.join().release();
            }
        }
        assertThat(lock.tryAcquire(LONG)).isPresent();
    }

    @Test
    @Row("K2")
    void itemsThatRaceWithCancelsAreNeverLost() throws Exception {
        var queue = run.<Integer>queue();
        int got = 0;
        for (int i = 0; i < 300; i++) {
            queue.putAsync(i);
            var racing = queue.getAsync();
            if (i % 3 == 0) {
                queue.size();
            }
            if (!racing.cancel(true) && !racing.isCancelled()) {
                racing.join();
                got++;
            }
        }
        int reached = got;
        await().untilAsserted(() -> assertThat(queue.size()).isEqualTo(300 - reached));
        for (int last = -1, left = 300 - reached; left > 0; left--) {
            int next = queue.get();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    // What time-outs say.

    @Test
    @Row("G28")
    void aLocksTimeOutSaysWhoHoldsIt() throws Exception {
        var lock = run.lock("till");
        try (var held = lock.acquire()) {
            assertThatThrownBy(() -> lock.acquire(SHORT)).isInstanceOf(TimedOutException.class)
                    .message().matches("Lock 'till' was not granted within 0\\.02 s\\. It is held by MainProcess \\(pid "
                            + ProcessHandle.current().pid() + "\\) for \\d\\.\\d s \\(fence " + held.fence() + "\\)\\.");
            assertThat(lock.tryAcquire()).isEmpty();
            assertThat(held.fence()).isPositive();
        }
    }

    @Test
    void aQueuesTimeOutsSayHowMuchItHas() throws Exception {
        var queue = run.<String>queue("jobs", 1);
        assertThatThrownBy(queue::getNow).isInstanceOf(EmptyException.class).hasMessageContaining("gave no item at once");
        queue.put("one");

        assertThatThrownBy(() -> queue.put("two", SHORT)).isInstanceOf(FullException.class)
                .hasMessage("Queue 'jobs' had no room within 0.02 s. It has 1 item of at most 1.");
    }

    @Test
    void whoIsAheadIsSaid() throws Exception {
        var lock = run.lock();
        try (var held = lock.acquire()) {
            var ahead = lock.acquireAsync();
            assertThatThrownBy(() -> lock.acquire(SHORT)).hasMessageContaining("Ahead: MainProcess");
            ahead.cancel(true);
            assertThat(held.fence()).isPositive();
        }
    }

    // Misuse.

    @Test
    void aGrantIsReleasedOnce() throws Exception {
        var grant = run.lock().acquire();
        grant.release();

        assertThatThrownBy(grant::release).isInstanceOf(IllegalStateException.class).hasMessageContaining("released already");
        assertThatCode(grant::close).doesNotThrowAnyException();
    }

    @Test
    @Row({"LOCK-04", "G31"})
    void whoDoesNotHoldDoesNotRelease() throws Exception {
        var lock = run.lock();
        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class).hasMessageContaining("is not held by this process");

        var grant = lock.acquire();
        lock.release();

        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(grant::release).isInstanceOf(IllegalStateException.class);
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    @Row("SEM-04")
    void badNumbersAreRefusedHere() {
        assertThatThrownBy(() -> run.semaphore(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.semaphore(1).acquire(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.semaphore(1).release(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.queue(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.lock(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.lock("x".repeat(257))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("256");
        assertThatThrownBy(() -> run.semaphore("nowhere")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no semaphore");
    }

    @Test
    void aNameIsOneThingOnly() {
        run.lock("taken");
        run.semaphore("three", 3);

        assertThat(run.semaphore("three")).isEqualTo(run.semaphore("three", 3));
        assertThatThrownBy(() -> run.queue("taken")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a lock");
        assertThatThrownBy(() -> run.semaphore("three", 4)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("of 3");
    }

    @Test
    @Row("SEM-05")
    void moreThanASemaphoreCountsIsRefusedAndWhatIsHeldIsHeldStill() throws Exception {
        var semaphore = run.semaphore(2);
        var grant = semaphore.acquire();

        assertThatThrownBy(() -> semaphore.release(Integer.MAX_VALUE)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2147483647 more were not added");

        assertThat(semaphore.value()).isEqualTo(1);
        grant.close();
        assertThat(semaphore.value()).isEqualTo(2);
    }

    // What travels.

    @Test
    @Row("QUEUE-20")
    void aPoisonItemIsGoneAndTheQueueGoesOn() throws Exception {
        var queue = run.<Object>queue();
        queue.put(Things.poison());
        queue.put("after");

        assertThatThrownBy(queue::get).isInstanceOf(DecodingException.class).hasStackTraceContaining("poison is not made twice");
        assertThat(queue.get()).isEqualTo("after");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whatCannotTravelIsNotPut() throws Exception {
        var queue = run.<Object>queue();

        assertThatThrownBy(() -> queue.put(new Object())).isInstanceOf(EncodingException.class);
        assertThatThrownBy(() -> queue.putAsync(Thread.currentThread())).isInstanceOf(EncodingException.class);
        assertThat(queue.size()).isZero();
    }

    @Test
    void bigItemsTravelInPieces() throws Exception {
        var queue = run.<byte[]>queue();
        var big = new byte[5 * 1024 * 1024];
        new java.util.Random(5).nextBytes(big);

        queue.put(big);

        assertThat(java.util.Arrays.equals(queue.get(), big)).isTrue();
    }

    // Pipes.

    @Test
    void closingFailsWhatWaits() throws Exception {
        var pipe = run.pipe();
        var first = (ConnectionHandle) pipe.first();
        var thread = new FutureTask<>((Callable<Object>) first::receive);
        Thread.ofPlatform().start(thread);
        var future = first.receiveAsync();
        var poll = first.pollAsync(LONG);
        await().until(() -> first.inspect().waiters().size() == 3);

        first.close();

        for (var failed : java.util.List.of(thread, future, poll)) {
            assertThatThrownBy(() -> failed.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has been closed");
        }
        assertThatThrownBy(first::receive).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> first.send("x")).isInstanceOf(IllegalStateException.class);
        assertThatCode(first::close).doesNotThrowAnyException();
    }

    @Test
    void aClosedEndDoesNotTravel() throws Exception {
        var pipe = run.pipe();
        pipe.first().close();

        assertThatThrownBy(() -> run.queue().put(pipe.first())).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }
}
