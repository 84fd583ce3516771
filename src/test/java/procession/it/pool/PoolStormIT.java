package procession.it.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import procession.Cell;
import procession.Counter;
import procession.Pool;
import procession.PoolOptions;
import procession.Primitive;
import procession.Process;
import procession.Procession;
import procession.Result;
import procession.Row;
import procession.SharedMap;
import procession.TaskOutcome;
import procession.core.Happening;
import procession.core.Seeds;
import procession.testkit.TestRun;

/**
 * Workers are killed at random, busy or idle, while tasks go on: every task is answered, every update is counted.
 * {@code -Dtest.pool.seconds=N} says how long, {@code -Dtest.seed=N} with which kills, as far as the machine's own timing lets it.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PoolStormIT {

    private static final long SECONDS = Long.getLong("test.pool.seconds", 5);
    private static final long SEED = Long.getLong("test.seed", System.currentTimeMillis());
    private static final int WORKERS = 3;
    private static final int PENDING = 20;
    private static final int REMEMBERED = 3_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What tasks update, in this order: a number, a key of their own, and a value. */
    private record Shared(Counter counter, SharedMap<Integer, Integer> map, Cell<Integer> cell) {

        static Shared of(Procession run, String name) {
            return new Shared(run.counter(name + " counter", 0), run.map(name + " map"), run.cell(name + " cell", 0));
        }

        int update(int number) throws InterruptedException {
            counter.increment();
            map.merge(number, 1, Integer::sum);
            cell.update(value -> value + 1);
            return number;
        }
    }

    /** Set in a worker: arguments that are handles would keep a job from going ahead of its time. */
    private static Shared ofOnce;
    private static Shared ofRepeatable;

    private static void initialize() {
        ofOnce = Shared.of(Procession.current(), "once");
        ofRepeatable = Shared.of(Procession.current(), "repeatable");
    }

    private static int once(int number) throws InterruptedException {
        return ofOnce.update(number);
    }

    private static int repeatable(int number) throws InterruptedException {
        return ofRepeatable.update(number);
    }

    private volatile int reached;

    @Test
    @Row({"G17", "POOL-15", "POOL-16"})
    void everyTaskIsAnsweredAndEveryUpdateCounted() throws Exception {
        var random = Seeds.random(SEED);
        int kills = 0;
        try (var test = TestRun.start(Map.of("procession.record.size", REMEMBERED))) {
            var once = Shared.of(test.run(), "once");
            var repeated = Shared.of(test.run(), "repeatable");
            var results = new ArrayList<Result<Integer>>();
            try (var pool = test.run().pool(PoolOptions.of(WORKERS).withInitializer(PoolStormIT::initialize))) {
                long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                var failure = new Throwable[1];
                var repeatable = Thread.ofPlatform().unstarted(() -> repeats(pool.repeatable(1_000), until));
                repeatable.setUncaughtExceptionHandler((thread, thrown) -> failure[0] = thrown);
                repeatable.start();
                for (long nextKill = 0; System.nanoTime() - until < 0;) {
                    results.add(pool.applyAsync(PoolStormIT::once, results.size()));
                    if (results.size() > PENDING) {
                        results.get(results.size() - PENDING).await(PATIENCE);
                    }
                    if (System.nanoTime() - nextKill > 0) {
                        nextKill = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(500));
                        kills += killed(pool.workers(), random.nextInt(WORKERS));
                    }
                }
                repeatable.join();
                assertThat(failure[0]).as("every repeatable task ends with its value").isNull();
                for (var result : results) {
                    assertThat(result.await(PATIENCE)).as("every task is answered: %s", result).isTrue();
                }
            }

            int lost = lost(results, once.map().snapshot());
            int values = results.size() - lost;
            assertThat(once.counter().get()).isBetween((long) values, (long) results.size());
            assertThat(once.cell().get()).isBetween(values, results.size());
            assertRecorded(test, once);

            assertThat(repeated.map().snapshot().keySet()).containsAll(IntStream.range(0, reached).boxed().toList());
            assertThat(repeated.cell().get()).isGreaterThanOrEqualTo(reached);
            assertRecorded(test, repeated);
            System.out.printf("seed %d: %d killed; %d tasks, %d of them lost; %d repeatable tasks, begun %d times%n", SEED, kills,
                    results.size(), lost, reached, repeated.counter().get());
            assertThat(kills).isPositive();
            assertThat(lost).isLessThanOrEqualTo(kills);
        }
    }

    /** A task that returned has updated its key once; one that was lost has done so at most once. */
    private static int lost(List<Result<Integer>> results, Map<Integer, Integer> updates) {
        int lost = 0;
        for (int number = 0; number < results.size(); number++) {
            int updated = updates.getOrDefault(number, 0);
            switch (results.get(number).outcome().orElseThrow()) {
                case TaskOutcome.Value<Integer>(var value) -> {
                    assertThat(value).isEqualTo(number);
                    assertThat(updated).as("updates of task %d, which returned", number).isEqualTo(1);
                }
                case TaskOutcome.WorkerLost<Integer> killed -> {
                    assertThat(updated).as("updates of task %d, which was lost", number).isLessThanOrEqualTo(1);
                    lost++;
                }
                default -> throw new AssertionError("Task " + number + " " + results.get(number));
            }
        }
        return lost;
    }

    /** What is there is what has happened; and a death comes between updates, so each has at least as many as the next. */
    private static void assertRecorded(TestRun test, Shared shared) throws InterruptedException {
        long inMap = shared.map().snapshot().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(happened(test, Happening.Kind.COUNTED, shared.counter())).isEqualTo(shared.counter().get());
        assertThat(shared.counter().get()).isGreaterThanOrEqualTo(inMap);
        assertThat(happened(test, Happening.Kind.CHANGED, shared.map())).isEqualTo(inMap).isEqualTo(shared.map().version());
        assertThat(inMap).isGreaterThanOrEqualTo(shared.cell().get());
        assertThat(happened(test, Happening.Kind.CHANGED, shared.cell())).isEqualTo(shared.cell().get() + 1)
                .isEqualTo(shared.cell().read().version());
    }

    private static long happened(TestRun test, Happening.Kind kind, Primitive to) {
        return test.happenings().stream().filter(one -> one.kind() == kind && one.name().equals(to.name())).count();
    }

    private void repeats(Pool pool, long until) {
        Iterable<Integer> endless = () -> Stream.iterate(0, number -> number + 1).iterator();
        try (var values = pool.imap(PoolStormIT::repeatable, endless, 2)) {
            while (System.nanoTime() - until < 0) {
                assertThat(values.next()).isEqualTo(reached);
                reached++;
            }
        }
    }

    private static int killed(List<Process> workers, int which) {
        if (which >= workers.size() || workers.get(which).pid().isEmpty()) {
            return 0;
        }
        workers.get(which).kill();
        return 1;
    }
}
