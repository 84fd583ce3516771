package procession.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import procession.Row;

/**
 * Whoever dies at whatever moment, whatever is cancelled, and however the pool ends: the laws hold. And a simulation that cannot find a bug
 * is none.
 */
class DispatchSimulationTest {

    private static final int SEEDS = 3_000 * Integer.getInteger("test.times", 1);

    @Test
    @Row("G17")
    void everyJobEndsOnceAndEverythingComesToAnEnd() {
        var figures = IntStream.range(0, SEEDS).mapToObj(seed -> new DispatchSimulation(seed, DispatchSimulation.Bug.NONE).run()).toList();

        for (var verdict : Verdict.values()) {
            assertThat(figures.stream().filter(figure -> figure.contains(verdict)).count()).as("runs with " + verdict)
                    .isGreaterThan(SEEDS / 100);
        }
    }

    @ParameterizedTest
    @EnumSource(value = DispatchSimulation.Bug.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void everyBugIsFound(DispatchSimulation.Bug bug) {
        assertThatThrownBy(() -> IntStream.range(0, SEEDS).forEach(seed -> new DispatchSimulation(seed, bug).run()))
                .isInstanceOf(AssertionError.class);
    }
}
