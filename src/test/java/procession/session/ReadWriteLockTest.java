package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Inspection;
import procession.ReadWriteLock;
import procession.Row;
import procession.TimedOutException;

/** Read-write locks among the threads and actors of one process. */
class ReadWriteLockTest extends OneProcess {

    private static final Optional<Duration> FOR_EVER = Optional.empty();
    private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

    // Threads.

    @Test
    @Row("RW-01")
    void manyReadAndOneWrites() throws Exception {
        var lock = run.readWriteLock();
        try (var one = lock.readLock().acquire(); var two = Elsewhere.call(() -> lock.readLock().acquire(LONG)).result()) {
            assertThat(two.fence()).isGreaterThan(one.fence());
            assertThat(lock.writeLock().tryAcquire()).isEmpty();
        }
        try (var grant = lock.writeLock().acquire()) {
            assertThat(lock.readLock().tryAcquire(SHORT)).isEmpty();
            assertThat(lock.writeLock().tryAcquire()).isEmpty();
        }
        assertThat(lock.readLock().tryAcquire()).isPresent();
    }

    @Test
    @Row("RW-02")
    void aReaderWaitsBehindAWriterThatWaits() throws Exception {
        var lock = run.readWriteLock();
        var reading = lock.readLock().acquire();
        var writer = lock.writeLock().acquireAsync();
        var reader = lock.readLock().acquireAsync();
        assertThat(lock.readLock().tryAcquire()).isEmpty();

        reading.release();
        writer.get(10, TimeUnit.SECONDS).release();

        assertThat(reader.get(10, TimeUnit.SECONDS).abandoned()).isEmpty();
    }

    @Test
    @Row({"RW-03", "G31"})
    void onlyWhatIsHeldIsReleasedOnceAndFromItsOwnSide() throws Exception {
        var lock = run.readWriteLock("catalogue");
        refused(lock, () -> lock.readLock().release()).isInstanceOf(IllegalStateException.class)
                .hasMessage("Read-write lock 'catalogue' is not held by this process to read;"
                        + " only the process that holds a lock releases it.");
        var grant = lock.readLock().acquire();
        refused(lock, () -> lock.writeLock().release()).isInstanceOf(IllegalStateException.class).hasMessageContaining("to write");

        lock.readLock().release();

        assertThatThrownBy(grant::release).isInstanceOf(IllegalStateException.class).hasMessageContaining("has been released already");
        grant.close();
        assertThat(lock.inspect().holders()).isEmpty();
    }

    @Test
    @Row({"RW-07", "G28", "G30"})
    void aTimeOutSaysWhoHoldsItAndHowAndWhoIsAhead() throws Exception {
        var lock = run.readWriteLock("prices");
        try (var grant = lock.readLock().acquire()) {
            var ahead = lock.writeLock().acquireAsync();
            assertThatThrownBy(() -> lock.readLock().acquire(SHORT)).isInstanceOf(TimedOutException.class)
                    .hasMessageMatching("Read-write lock 'prices' was not granted to read within 0.02 s. It is being read by"
                            + " MainProcess .*\\(fence " + grant.fence() + "\\)\\. Ahead: MainProcess .*");
            ahead.cancel(true);
        }
    }

    @Test
    @Row("RW-07")
    void aRequestThatIsCancelledHoldsNobodyUp() throws Exception {
        var lock = run.readWriteLock();
        try (var grant = lock.readLock().acquire()) {
            var writer = lock.writeLock().acquireAsync();
            assertThat(lock.readLock().tryAcquire()).isEmpty();

            writer.cancel(true);

            try (var second = lock.readLock().acquire(LONG)) {
                assertThat(second.fence()).isGreaterThan(grant.fence());
            }
        }
    }

    @Test
    @Row({"RW-08", "G28"})
    void inspectionTellsWhoReadsWhoWritesAndWhoWaitsForWhat() throws Exception {
        var lock = run.readWriteLock("seen");
        var one = lock.readLock().acquire();
        var two = lock.readLock().acquire();
        var writer = lock.writeLock().acquireAsync();
        lock.readLock().acquireAsync();
        await().until(() -> lock.inspect().waiters().size() == 2);
        var seen = lock.inspect();

        assertThat(seen.counts()).containsEntry("readers", 2L).containsEntry("writers", 0L);
        assertThat(seen.holders()).extracting(Inspection.Holder::fence).containsExactly(one.fence(), two.fence());
        assertThat(seen.waiters()).extracting(Inspection.Waiter::waits).containsExactly("to write", "to read");
        assertThat(seen.toString()).startsWith("read-write lock 'seen'").contains("read by MainProcess");

        one.release();
        two.release();
        writer.get(10, TimeUnit.SECONDS);

        assertThat(lock.inspect().counts()).containsEntry("readers", 0L).containsEntry("writers", 1L);
        assertThat(lock.inspect().toString()).contains("written by MainProcess");
    }

    @Test
    @Row({"RW-06", "G27"})
    void whoReadsAndWantsToWriteIsFound() throws Exception {
        var lock = run.readWriteLock("upgraded");
        var stuck = Elsewhere.call(() -> {
            try (var reading = lock.readLock().acquire()) {
                return lock.writeLock().tryAcquire(LONG);
            }
        });

        await().until(() -> run.deadlocks().stream().anyMatch(found -> found.toString().contains("'upgraded' held by itself")));
        stuck.interrupt();
        assertThat(stuck.error()).isInstanceOf(InterruptedException.class);
    }

    @Test
    @Row({"RW-10", "G24"})
    void oneNameIsOneLock() throws Exception {
        var lock = run.readWriteLock("shared");
        try (var grant = lock.writeLock().acquire()) {
            assertThat(run.readWriteLock("shared").readLock().tryAcquire()).isEmpty();
        }
        assertThatThrownBy(() -> run.lock("shared")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'shared' is a read-write lock, not a lock.");
    }

    // Actors.

    @Test
    @Row("RW-09")
    void actorsReadTogetherAndWriteAlone() throws Exception {
        var lock = run.readWriteLock();
        var ref = lock.ref();
        try (var a = new Asker<ReadWriteLock.Reply>(run); var b = new Asker<ReadWriteLock.Reply>(run)) {
            ref.tell(new ReadWriteLock.AcquireRead(FOR_EVER, a.ref()));
            ref.tell(new ReadWriteLock.AcquireRead(FOR_EVER, b.ref()));
            long first = a.next(ReadWriteLock.Granted.class).fence();
            long second = b.next(ReadWriteLock.Granted.class).fence();
            ref.tell(new ReadWriteLock.AcquireWrite(AT_ONCE, a.ref()));
            assertThat(a.next(ReadWriteLock.TimedOut.class).message()).contains("It is being read by MainProcess");

            ref.tell(new ReadWriteLock.Release(first, a.ref()));
            ref.tell(new ReadWriteLock.Release(second, b.ref()));
            ref.tell(new ReadWriteLock.AcquireWrite(FOR_EVER, b.ref()));

            assertThat(a.next()).isEqualTo(new ReadWriteLock.Released());
            assertThat(b.next()).isEqualTo(new ReadWriteLock.Released());
            assertThat(b.next(ReadWriteLock.Granted.class).abandoned()).isEmpty();
            assertThat(lock.inspect().count("writers")).isEqualTo(1);
        }
    }

    @Test
    @Row("RW-09")
    void whatAnActorHoldsComesBackWhenItStops() throws Exception {
        var lock = run.readWriteLock();
        try (var a = new Asker<ReadWriteLock.Reply>(run)) {
            lock.ref().tell(new ReadWriteLock.AcquireWrite(FOR_EVER, a.ref()));
            a.next(ReadWriteLock.Granted.class);
        }

        assertThat(lock.writeLock().acquire(LONG).abandoned()).isEmpty();
    }

    @Test
    @Row({"RW-03", "RW-09"})
    void anActorReleasesOnlyWhatActorsOfItsProcessHold() throws Exception {
        var lock = run.readWriteLock();
        var grant = lock.writeLock().acquire();
        try (var a = new Asker<ReadWriteLock.Reply>(run)) {
            lock.ref().tell(new ReadWriteLock.Release(grant.fence(), a.ref()));

            assertThat(a.next(ReadWriteLock.Refused.class).code()).isEqualTo("not-held");
            assertThat(lock.inspect().count("writers")).isEqualTo(1);
        }
    }
}
