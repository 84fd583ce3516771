package procession.it.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import procession.BrokenPoolException;
import procession.JoinableQueue;
import procession.Outcome;
import procession.Pool;
import procession.PoolOptions;
import procession.Process;
import procession.Results;
import procession.Row;
import procession.TaskCancelledException;
import procession.TaskFailedException;
import procession.TaskOutcome;
import procession.WorkerLostException;
import procession.testkit.ProcessionExtension;
import procession.testkit.TestRun;

/** Ends of workers and of pools. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class PoolDeathsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final ProcessionExtension EXTENSION = ProcessionExtension.create().judged();

    private TestRun test;

    @BeforeEach
    void runOf(TestRun ofThisClass) {
        test = ofThisClass;
    }

    @Test
    @Row({"POOL-15", "G17"})
    void aWorkerThatIsKilledTakesItsTaskWithItAndIsReplaced() throws Exception {
        var begun = test.run().semaphore(0);
        var event = test.run().event();
        try (var pool = test.run().pool(1)) {
            var victim = pool.applyAsync(Chores::waitsFor, begun, event);
            var next = pool.applyAsync(Chores::square, 4);
            begun.acquire(PATIENCE);
            var worker = pool.workers().getFirst();
            worker.kill();

            assertThatThrownBy(victim::get).isInstanceOfSatisfying(WorkerLostException.class, lost -> {
                assertThat(lost.lost().name()).isEqualTo(worker.name());
                assertThat(lost.lost().pid()).isEqualTo(worker.pid().orElseThrow());
                assertThat(lost.lost().outcome()).isEqualTo(new Outcome.Killed(9));
                assertThat(lost.lost().lastLines()).containsExactly("I am busy");
                assertThat(lost).hasMessageContaining(worker.name()).hasMessageContaining("killed by signal 9");
            });
            assertThat(next.get()).isEqualTo(16);
        }
    }

    @Test
    @Row({"POOL-16", "G08", "G17"})
    void aWorkerThatIsKilledWhileIdleCostsNothing() throws Exception {
        try (var pool = test.run().pool(1)) {
            for (int round = 0; round < 3; round++) {
                assertThat(pool.apply(Chores::square, round)).isEqualTo(round * round);
                pool.workers().getFirst().kill();
            }
            assertThat(pool.map(Chores::square, List.of(1, 2, 3)).get()).containsExactly(1, 4, 9);
        }
    }

    @Test
    @Row({"POOL-17", "G17"})
    void aTaskThatExitsIsToldWithItsStatus() throws Exception {
        try (var pool = test.run().pool(2)) {
            var exits = pool.applyAsync(Chores::exits, 3);
            var halts = pool.applyAsync(Chores::halts, 4);

            assertThatThrownBy(exits::get).isInstanceOf(WorkerLostException.class).hasMessageContaining("exited with status 3");
            assertThatThrownBy(halts::get).isInstanceOf(WorkerLostException.class).hasMessageContaining("exited with status 4");
            assertThat(pool.apply(Chores::square, 2)).isEqualTo(4);
        }
    }

    @Test
    @Row("G17")
    void aRepeatableTaskRunsAgainOnAnotherWorker() throws Exception {
        var begun = test.run().semaphore(0);
        var event = test.run().event();
        try (var pool = test.run().pool(1)) {
            var result = pool.repeatable(1).applyAsync(Chores::waitsFor, begun, event);
            begun.acquire(PATIENCE);
            pool.workers().getFirst().kill();
            begun.acquire(PATIENCE);
            event.set();

            assertThat(result.get()).isEqualTo(1);
            assertThatThrownBy(() -> pool.repeatable(1).apply(Chores::exits, 5)).isInstanceOf(WorkerLostException.class);
            assertThatThrownBy(() -> pool.repeatable(-1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void cancellingATaskThatRunsEndsItsWorkerAndNoOther() throws Exception {
        var begun = test.run().semaphore(0);
        var event = test.run().event();
        try (var pool = test.run().pool(1)) {
            var running = pool.applyAsync(Chores::waitsFor, begun, event);
            begun.acquire(PATIENCE);
            var worker = pool.workers().getFirst();

            assertThat(running.cancel()).isTrue();
            assertThatThrownBy(running::get).isInstanceOf(TaskCancelledException.class);
            assertThat(running.outcome()).contains(new TaskOutcome.Cancelled<>());
            assertThat(pool.apply(Chores::square, 3)).isEqualTo(9);
            assertThat(worker.join(PATIENCE)).isPresent();
        }
    }

    @Test
    void aWorkerThatStandsStillHoldsUpItsTaskAloneAndIsEndedByCancel() throws Exception {
        var begun = test.run().semaphore(0);
        var event = test.run().event();
        try (var pool = test.run().pool(2)) {
            var stopped = pool.applyAsync(Chores::waitsFor, begun, event);
            begun.acquire(PATIENCE);
            long idle = pool.apply(Chores::pid);
            var busy = pool.workers().stream().filter(worker -> worker.pid().orElseThrow() != idle).findFirst().orElseThrow();
            test.pause(busy);
            event.set();

            assertThat(pool.apply(Chores::square, 3)).isEqualTo(9);
            assertThat(stopped.isReady()).isFalse();
            assertThat(stopped.cancel()).isTrue();
            assertThat(busy.join(PATIENCE)).contains(new Outcome.Killed(9));
        }
    }

    @Test
    @Row("POOL-21")
    void workersAreReplacedAfterTheirTasks() throws Exception {
        try (var pool = test.run().pool(PoolOptions.of(2).withTasksPerWorker(3))) {
            var pids = pool.map(Chores::pidFor, IntStream.range(0, 12).boxed().toList(), 1).get();

            assertThat(pids).hasSize(12);
            assertThat(new HashSet<>(pids)).hasSizeGreaterThanOrEqualTo(4);
            assertThat(pids).allMatch(pid -> pids.stream().filter(pid::equals).count() <= 3);
        }
    }

    @Test
    @Row("G17")
    void anInitializerRunsInEveryWorkerAndOneThatFailsEndsThePoolWithItsError() throws Exception {
        try (var pool = test.run().pool(PoolOptions.of(2).withInitializer(Chores::initialize, 42).withName("ready"))) {
            assertThat(pool.map(PoolDeathsIT::initialized, List.of(1, 2, 3), 1).get()).containsExactly(42, 42, 42);
            assertThat(pool.apply(Chores::name)).startsWith("ready-worker-");
        }
        var tries = test.run().semaphore(0);
        try (var pool = test.run().pool(PoolOptions.of(2).withInitializer(Chores::failsToInitialize, tries))) {
            var pending = pool.applyAsync(Chores::square, 2);

            assertThatThrownBy(pending::get).isInstanceOf(TaskFailedException.class).hasMessageContaining("no licence: 1");
            assertThatThrownBy(() -> pool.applyAsync(Chores::square, 2)).isInstanceOf(BrokenPoolException.class)
                    .hasMessageContaining("no licence: 1");
            assertThat(pool.join(PATIENCE)).isTrue();
            assertThat(tries.value()).isBetween(3, 4);
        }
    }

    private static int initialized(int ignored) {
        return Chores.initialized();
    }

    @Test
    @Row("POOL-26")
    void workersThatCannotBeStartedEndThePoolAndNobodyIsLeft() throws Exception {
        var before = test.run().activeChildren();
        try (var pool = test.run().pool(PoolOptions.of(3).withJvmOptions("-XX:NoSuchOption"))) {
            assertThatThrownBy(() -> pool.apply(Chores::square, 1)).isInstanceOfAny(WorkerLostException.class, BrokenPoolException.class)
                    .hasMessageContaining("exited with status 1");
            assertThat(pool.join(PATIENCE)).isTrue();
            assertThat(pool.workers()).isEmpty();
        }
        assertThat(test.run().activeChildren()).isEqualTo(before);
    }

    @Test
    @Row({"POOL-18", "G17"})
    void aPoolThatIsClosedDoesWhatItHasAndTakesNoMore() throws Exception {
        var event = test.run().event();
        var pool = test.run().pool(1);
        var first = pool.applyAsync(Chores::afterEvent, "first", event);
        var queued = pool.map(Chores::square, List.of(1, 2, 3), 1);
        assertThatThrownBy(() -> pool.join(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
        pool.shutdown();

        assertThatThrownBy(() -> pool.applyAsync(Chores::square, 1)).isInstanceOf(IllegalStateException.class);
        assertThat(pool.join(Duration.ofMillis(20))).isFalse();
        event.set();
        pool.join();
        assertThat(first.get(Duration.ZERO)).isEqualTo("first");
        assertThat(queued.get(Duration.ZERO)).containsExactly(1, 4, 9);
        pool.close();
    }

    @Test
    @Row("G17")
    void whatIsPendingWhenAPoolIsTerminatedIsCancelled() throws Exception {
        var event = test.run().event();
        var begun = test.run().semaphore(0);
        Pool pool = test.run().pool(1);
        var running = pool.applyAsync(Chores::waitsFor, begun, event);
        var queued = pool.applyAsync(Chores::square, 1);
        begun.acquire(PATIENCE);
        List<Process> workers = pool.workers();
        pool.terminate();

        assertThatThrownBy(running::get).isInstanceOf(TaskCancelledException.class);
        assertThatThrownBy(queued::get).isInstanceOf(TaskCancelledException.class);
        assertThat(pool.join(PATIENCE)).isTrue();
        assertThat(workers).allMatch(worker -> !worker.isAlive());
        pool.close();
    }

    @Test
    void valuesThatAreReadWhileAPoolIsShutDownAreGivenAndThenTheRefusalIs() throws Exception {
        try (var pool = test.run().pool(1)) {
            var values = pool.imap(Chores::square, () -> java.util.stream.Stream.iterate(0, number -> number + 1).iterator());
            assertThat(values.next()).isZero();
            pool.shutdown();

            assertThatThrownBy(() -> takeAll(values)).isInstanceOf(IllegalStateException.class).hasMessageContaining("takes no more tasks");
            assertThat(values.hasNext()).isFalse();
        }
    }

    private static void takeAll(Results<Integer> values) throws InterruptedException {
        for (int number = 1;; number++) {
            assertThat(values.next(PATIENCE)).isEqualTo(number * number);
        }
    }

    @Test
    @Row("POOL-15")
    void aWorkerThatIsKilledLosesWhatItHadBegunAndWhatWasSentToItBehindThatIsDoneOnce() throws Exception {
        JoinableQueue<Integer> done = test.run().joinableQueue("done ahead");
        var event = test.run().event("killed ahead");
        var numbers = IntStream.range(0, 40).boxed().toList();
        try (var pool = test.run().pool(1)) {
            pool.apply(PoolDeathsIT::putsAndTheTenthWaits, -1);
            var results = numbers.stream().map(number -> pool.applyAsync(PoolDeathsIT::putsAndTheTenthWaits, number)).toList();
            results.get(9).await(PATIENCE);
            test.await(PATIENCE, "the tenth waits", () -> done.size() >= 12);
            pool.workers().getFirst().kill();

            assertThatThrownBy(results.get(10)::get).isInstanceOf(WorkerLostException.class);
            for (int number : numbers) {
                if (number != 10) {
                    assertThat(results.get(number).get(PATIENCE)).isEqualTo(number);
                }
            }
        }
        var counted = new ArrayList<Integer>();
        while (!done.isEmpty()) {
            counted.add(done.get());
        }
        assertThat(counted.subList(1, counted.size())).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(event.isSet()).isFalse();
    }

    private static int putsAndTheTenthWaits(int number) throws InterruptedException {
        JoinableQueue<Integer> done = procession.Procession.current().joinableQueue("done ahead");
        done.put(number);
        if (number == 10) {
            procession.Procession.current().event("killed ahead").await();
        }
        return number;
    }

    @Test
    void aSlowTaskDoesNotHoldBackTheOneBehindItInItsPipeWhenAnotherWorkerIsIdle() throws Exception {
        var event = test.run().event("slow");
        try (var pool = test.run().pool(2)) {
            pool.map(PoolDeathsIT::theFirstWaits, List.of(-1, -2, -3, -4, -5, -6), 1).get();
            var results = IntStream.range(0, 30).mapToObj(number -> pool.applyAsync(PoolDeathsIT::theFirstWaits, number)).toList();

            for (var result : results.subList(1, 30)) {
                assertThat(result.await(PATIENCE)).isTrue();
            }
            assertThat(results.getFirst().isReady()).isFalse();
            event.set();
            assertThat(results.getFirst().get()).isZero();
        }
    }

    private static int theFirstWaits(int number) throws InterruptedException {
        if (number == 0) {
            procession.Procession.current().event("slow").await();
        }
        return number;
    }

    @Test
    void aPoolThatNobodyClosesEndsWithItsRunAndIsNotWaitedFor() throws Exception {
        assertThat(test.run().process(PoolDeathsIT::leavesAPoolOpen).start().join().value()).isEqualTo(4);
    }

    private static int leavesAPoolOpen() throws InterruptedException {
        var pool = procession.Procession.current().pool(1);
        int four = pool.apply(Chores::square, 2);
        pool.applyAsync(Chores::waitsFor, procession.Procession.current().semaphore(0), procession.Procession.current().event());
        return four;
    }
}
