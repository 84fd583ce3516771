package procession.it.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import procession.core.Seeds;
import procession.record.Judgement;
import procession.testkit.TestRun;

/**
 * Whoever is killed or stopped, and whatever it is just doing: what all processes have recorded breaks no law of {@code bin/procession check}.
 * {@code -Dtest.kills=N} says how many are killed, 10 in each run, every other one of which lends locks; {@code -Dtest.seed=N} begins with the storm of
 * that seed, as far as the machine's own timing lets it.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillStormIT {

    private static final int IN_EACH_RUN = 10;
    private static final int KILLS = Integer.getInteger("test.kills", 2 * IN_EACH_RUN);
    private static final boolean IDLE_MACHINE = Boolean.getBoolean("test.idle-machine");
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);
    private static final double MILLIS = 1e6;

    @TempDir(cleanup = ON_SUCCESS)
    Path directory;

    @TestFactory
    Stream<DynamicTest> noLawIsBroken() {
        long first = Long.getLong("test.seed", System.currentTimeMillis());
        return LongStream.range(first, first + Math.ceilDiv(KILLS, IN_EACH_RUN))
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> noLawIsBroken(seed)));
    }

    private void noLawIsBroken(long seed) throws Exception {
        var record = directory.resolve("storm-" + seed + ".jsonl");
        Storm storm;
        try (var test = TestRun.start(Map.of("procession.record.file", record.toString(), "procession.lock.lend", seed % 2 == 0))) {
            storm = new Storm(test, World.of(test.run()), Seeds.random(seed));
            storm.rage(Math.min(KILLS, IN_EACH_RUN));
            storm.calm();
        }
        var judgement = Judgement.of(record);

        print(seed, storm, judgement);
        assertThat(judgement.violations()).as("seed %d, recorded in %s", seed, record).isEmpty();
        assertThat(judgement.isComplete()).as("nothing is missing: %s", judgement.reservations()).isTrue();
        assertThat(judgement.figures().deaths()).isGreaterThanOrEqualTo(storm.hits().values().stream().mapToInt(Integer::intValue).sum());
        assertThat(storm.hits()).hasSize(Role.values().length);
        if (IDLE_MACHINE) {
            assertThat(judgement.figures().beyondTimeout().longest()).isLessThan(GRACE + storm.longestStop());
        }
    }

    private static void print(long seed, Storm storm, Judgement judgement) {
        var figures = judgement.figures();
        System.out.printf("seed %d: killed %s, stopped %d; %d processes, %d calls, %d grants, %d items; takeovers of the lock %s;"
                        + " %d calls with a time-out, beyond it p99 %.1f ms, at most %.1f ms (stopped for %.1f ms at most); %d times silence%n",
                seed, storm.hits(), storm.stops(), figures.processes(), figures.calls(), figures.grants(), figures.items(),
                figures.takeovers(), figures.beyondTimeout().count(), figures.beyondTimeout().p99() / MILLIS,
                figures.beyondTimeout().longest() / MILLIS, storm.longestStop() / MILLIS, figures.silences());
    }
}
