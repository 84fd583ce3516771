package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import procession.Row;

/**
 * Many processes started from one loop, as the course has them: a hundred in the profile {@code long}, as that takes minutes on a small
 * machine, or as many as {@code -Dtest.children=N} says. A few are among the other samples.
 */
@EnabledIfSystemProperty(named = "test.children", matches = "[1-9][0-9]*")
class CarMarketIT {

    private static final int CARS = 2;
    private static final int CONSUMERS = Integer.getInteger("test.children", 0);

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 11, unit = TimeUnit.MINUTES)
    @Row("PROC-49")
    void manyConsumersAndTwoCars() throws Exception {
        var typed = Typed.run(directory, Duration.ofMinutes(10), "car-market", "--consumers", Integer.toString(CONSUMERS))
                .passed("car-market");

        assertThat(typed.lastLine()).contains(CARS + " cars bought, " + (CONSUMERS - CARS) + " consumers saw an end marker first");
    }
}
