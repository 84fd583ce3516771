package procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkSizesTest {

    private static final List<String> METHOD = List.of("Words", "count", "(I)I");
    private static final long MILLI = 1_000_000;

    private final ChunkSizes sizes = new ChunkSizes(2);

    @Test
    void aMethodThatIsNotKnownHasFourChunksForEachWorker() {
        assertThat(sizes.of(METHOD, 80)).isEqualTo(10);
        assertThat(sizes.of(METHOD, 81)).isEqualTo(11);
        assertThat(sizes.of(METHOD, 3)).isEqualTo(1);
    }

    @Test
    void chunksOfShortTasksAreAsLongAsIsWorthSending() {
        sizes.took(METHOD, 100, MILLI);

        assertThat(sizes.of(METHOD, 320)).isEqualTo(100);
    }

    @Test
    void everyWorkerHasAChunkHoweverShortTasksAre() {
        sizes.took(METHOD, 1000, 1000);

        assertThat(sizes.of(METHOD, 10_000)).isEqualTo(5_000);
    }

    @Test
    void longTasksHaveFourChunksForEachWorker() {
        sizes.took(METHOD, 1, 100 * MILLI);

        assertThat(sizes.of(METHOD, 80)).isEqualTo(10);
    }

    @Test
    void oneSlowChunkCountsAtOnceAndIsForgottenSlowly() {
        sizes.took(METHOD, 1000, 1000);
        sizes.took(METHOD, 1, 100 * MILLI);
        sizes.took(METHOD, 1000, 1000);

        assertThat(sizes.of(METHOD, 80)).isEqualTo(10);
    }

    @Test
    void whatIsKnownOfAMethodSaysNothingOfAnother() {
        sizes.took(METHOD, 1000, 1000);

        assertThat(sizes.of(List.of("Words", "other", "(I)I"), 80)).isEqualTo(10);
    }
}
