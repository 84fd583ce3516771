package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import procession.CountDownLatch;
import procession.Event;
import procession.Predecessor;
import procession.Procession;
import procession.ReadWriteLock;
import procession.Row;

/** A read-write lock among real processes. */
class ReadWriteLockIT extends OneRun {

    private static final int TIMES = 30;

    private static void reads(ReadWriteLock lock, CountDownLatch there, Event never) throws InterruptedException {
        holds(lock.readLock(), there, never);
    }

    private static void writes(ReadWriteLock lock, CountDownLatch there, Event never) throws InterruptedException {
        holds(lock.writeLock(), there, never);
    }

    private static void holds(ReadWriteLock.Side side, CountDownLatch there, Event never) throws InterruptedException {
        try (var grant = side.acquire()) {
            there.countDown();
            never.await();
        }
    }

    @Test
    @Row({"RW-01", "RW-04", "G01"})
    void processesReadTogetherAndWhenTheLastIsKilledAWriterHasIt() throws Exception {
        var lock = run.readWriteLock();
        var there = run.countDownLatch(2);
        var event = run.event();
        var one = run.process(ReadWriteLockIT::reads, lock, there, event).start();
        var two = run.process(ReadWriteLockIT::reads, lock, there, event).start();
        there.await();
        assertThat(lock.inspect().count("readers")).isEqualTo(2);
        var writer = lock.writeLock().acquireAsync();

        test.kill(one);
        assertThat(writer).isNotDone();
        test.kill(two);

        try (var grant = writer.get(LONG.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(grant.abandoned()).as("nothing is half written").isEmpty();
        }
    }

    @Test
    @Row({"RW-05", "G01"})
    void whenAWriterIsKilledAllWhoReadAreToldUntilAnotherWriterHasReleasedIt() throws Exception {
        var lock = run.readWriteLock();
        var there = run.countDownLatch(1);
        var doomed = run.process(ReadWriteLockIT::writes, lock, there, run.event()).name("doomed").start();
        there.await();
        var one = lock.readLock().acquireAsync();
        var two = lock.readLock().acquireAsync();

        test.kill(doomed);

        var death = new Predecessor("doomed", "killed by signal 9");
        try (var first = one.get(LONG.toSeconds(), TimeUnit.SECONDS); var second = two.get(LONG.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(first.abandoned()).contains(death);
            assertThat(second.abandoned()).contains(death);
        }
        try (var repairs = lock.writeLock().acquire(LONG)) {
            assertThat(repairs.abandoned()).contains(death);
        }
        try (var later = lock.readLock().acquire(LONG)) {
            assertThat(later.abandoned()).isEmpty();
        }
    }

    @Test
    @Row({"RW-02", "RW-04", "G04"})
    void whenAWriterIsKilledInTheLineThoseBehindItRead() throws Exception {
        var lock = run.readWriteLock();
        try (var reading = lock.readLock().acquire()) {
            var doomed = run.process(ReadWriteLockIT::writes, lock, run.countDownLatch(1), run.event()).name("doomed").start();
            test.awaitWaiting("doomed");
            var behind = lock.readLock().acquireAsync();
            assertThat(lock.inspect().waiters()).hasSize(2);

            test.kill(doomed);

            try (var grant = behind.get(LONG.toSeconds(), TimeUnit.SECONDS)) {
                assertThat(grant.abandoned()).isEmpty();
            }
        }
    }

    @Test
    @Row({"RW-04", "RW-10"})
    void aReaderThatStandsStillKeepsItsShare() throws Exception {
        var lock = run.readWriteLock("still");
        var there = run.countDownLatch(1);
        var goesOn = run.event();
        var reader = run.process(ReadWriteLockIT::readsByName, there, goesOn).start();
        there.await();

        test.pause(reader);
        assertThat(lock.writeLock().tryAcquire(SHORT)).isEmpty();
        goesOn.set();
        test.resume(reader);

        assertThat(lock.writeLock().tryAcquire(LONG)).isPresent();
        reader.join();
    }

    private static void readsByName(CountDownLatch there, Event goesOn) throws InterruptedException {
        holds(Procession.current().readWriteLock("still").readLock(), there, goesOn);
    }

    @Test
    @Row("RW-01")
    void nobodyReadsWhatIsHalfWritten(@TempDir Path directory) throws Exception {
        var first = Files.writeString(directory.resolve("first"), "0").toString();
        var second = Files.writeString(directory.resolve("second"), "0").toString();
        var lock = run.readWriteLock();
        var children = new ArrayList<procession.Process>();
        for (int i = 0; i < 2; i++) {
            children.add(run.process(ReadWriteLockIT::adds, lock, first, second).start());
            children.add(run.process(ReadWriteLockIT::compares, lock, first, second).start());
        }

        for (var child : children) {
            assertThat(child.join().exitCode()).isZero();
        }
        assertThat(Files.readString(Path.of(second))).isEqualTo(Files.readString(Path.of(first))).isEqualTo("" + 2 * TIMES);
    }

    private static void adds(ReadWriteLock lock, String first, String second) throws Exception {
        for (int i = 0; i < TIMES; i++) {
            try (var grant = lock.writeLock().acquire()) {
                var next = Integer.toString(Integer.parseInt(Files.readString(Path.of(first))) + 1);
                Files.writeString(Path.of(first), next);
                Files.writeString(Path.of(second), next);
            }
        }
    }

    private static void compares(ReadWriteLock lock, String first, String second) throws Exception {
        for (int i = 0; i < TIMES; i++) {
            try (var grant = lock.readLock().acquire()) {
                assertThat(Files.readString(Path.of(first))).isEqualTo(Files.readString(Path.of(second)));
            }
        }
    }
}
