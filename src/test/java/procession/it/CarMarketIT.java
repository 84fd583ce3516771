package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import procession.Row;

/** A hundred processes started from one loop, as the course has them. */
@Tag("long")
class CarMarketIT {

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 11, unit = TimeUnit.MINUTES)
    @Row("PROC-49")
    void aHundredConsumersAndTwoCars() throws Exception {
        var typed = Typed.run(directory, Duration.ofMinutes(10), "car-market").passed("car-market");

        assertThat(typed.lastLine()).contains("2 cars bought, 98 consumers saw an end marker first, 2 items left over");
    }
}
