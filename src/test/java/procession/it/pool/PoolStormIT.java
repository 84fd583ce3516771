package procession.it.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import procession.JoinableQueue;
import procession.Pool;
import procession.Process;
import procession.Result;
import procession.Row;
import procession.TaskOutcome;
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
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    @Row({"G17", "POOL-15", "POOL-16"})
    void everyTaskIsAnsweredAndEveryUpdateCounted() throws Exception {
        var random = Seeds.random(SEED);
        int kills = 0;
        try (var test = TestRun.start(Map.of("procession.record.size", 0)); var pool = test.run().pool(WORKERS)) {
            JoinableQueue<Integer> once = test.run().joinableQueue();
            JoinableQueue<Integer> repeated = test.run().joinableQueue();
            var results = new ArrayList<Result<Integer>>();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            var repeatable = Thread.ofPlatform().start(() -> repeats(pool.repeatable(1_000), repeated, until));
            for (long nextKill = 0; System.nanoTime() - until < 0;) {
                results.add(pool.applyAsync(Chores::counted, results.size(), once));
                if (results.size() > PENDING) {
                    results.get(results.size() - PENDING).await(PATIENCE);
                }
                if (System.nanoTime() - nextKill > 0) {
                    nextKill = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(500));
                    kills += killed(pool.workers(), random.nextInt(WORKERS));
                }
            }
            repeatable.join();

            var outcomes = new ArrayList<TaskOutcome<Integer>>();
            for (var result : results) {
                assertThat(result.await(PATIENCE)).as("every task is answered: %s", result).isTrue();
                outcomes.add(result.outcome().orElseThrow());
            }
            var counts = drained(once);
            for (int number = 0; number < outcomes.size(); number++) {
                var counted = counts.getOrDefault(number, 0);
                switch (outcomes.get(number)) {
                    case TaskOutcome.Value<Integer>(var value) -> {
                        assertThat(value).isEqualTo(number);
                        assertThat(counted).as("updates of task %d, which returned", number).isEqualTo(1);
                    }
                    case TaskOutcome.WorkerLost<Integer> lost -> assertThat(counted).isLessThanOrEqualTo(1);
                    default -> throw new AssertionError("Task " + number + " " + outcomes.get(number));
                }
            }
            long lost = outcomes.stream().filter(outcome -> outcome instanceof TaskOutcome.WorkerLost<?>).count();
            var again = drained(repeated);
            assertThat(again.keySet()).containsAll(IntStream.range(0, reached).boxed().toList());
            System.out.printf("seed %d: %d killed; %d tasks, %d of them lost; %d repeatable tasks, done %d times%n", SEED, kills,
                    outcomes.size(), lost, reached, again.values().stream().mapToInt(Integer::intValue).sum());
            assertThat(kills).isPositive();
            assertThat(lost).isLessThanOrEqualTo(kills);
        }
    }

    private volatile int reached;

    private void repeats(Pool pool, JoinableQueue<Integer> queue, long until) {
        Iterable<Numbered> endless = () -> Stream.iterate(0, number -> number + 1).map(number -> new Numbered(number, queue)).iterator();
        try (var values = pool.imap(PoolStormIT::counted, endless, 2)) {
            while (System.nanoTime() - until < 0) {
                assertThat(values.next()).isEqualTo(reached);
                reached++;
            }
        }
    }

    record Numbered(int number, JoinableQueue<Integer> queue) {}

    private static int counted(Numbered numbered) throws InterruptedException {
        return Chores.counted(numbered.number(), numbered.queue());
    }

    private static int killed(List<Process> workers, int which) {
        if (which >= workers.size() || workers.get(which).pid().isEmpty()) {
            return 0;
        }
        workers.get(which).kill();
        return 1;
    }

    private static Map<Integer, Integer> drained(JoinableQueue<Integer> queue) throws InterruptedException {
        var counts = new HashMap<Integer, Integer>();
        for (int left = queue.size(); left > 0; left--) {
            counts.merge(queue.get(PATIENCE), 1, Integer::sum);
        }
        return counts;
    }
}
