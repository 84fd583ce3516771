package procession.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchmarksTest {

    private static List<String> selected(String... names) {
        return Benchmarks.selected(List.of(names)).stream().map(Benchmark::name).toList();
    }

    @Test
    void withoutNamesAllAreMeant() {
        assertThat(selected()).hasSameSizeAs(Benchmarks.all());
    }

    @Test
    void everyLineHasANameOfItsOwn() {
        assertThat(Benchmarks.all().stream().flatMap(benchmark -> benchmark.lines().stream()).map(Line::name)).doesNotHaveDuplicates();
    }

    @Test
    void theNameOfALineMeansThatLineAlone() {
        assertThat(selected("process.start")).containsExactly("process.start");
    }

    @Test
    void whatLinesBeginWithMeansAllOfThem() {
        assertThat(selected("limit.jvm")).containsExactly("limit.jvm.20", "limit.jvm.100");
    }

    @Test
    void theLineOfABenchmarkOfSeveralMeansTheBenchmark() {
        assertThat(selected("waiters.20")).containsExactly("waiters");
    }

    @Test
    void aGroupIsWhatNamesOfLinesBeginWithAndCanBeAskedForAsAWhole() {
        assertThat(Benchmarks.groups()).contains("lock", "queue", "python").doesNotContain("lock.pair");
        assertThat(Benchmarks.names()).containsAll(Benchmarks.groups());
    }

    @Test
    void whatARatioNeedsIsMeasuredToo() {
        assertThat(selected("semaphore.pair")).containsExactly("limit.akka", "semaphore.pair");
    }

    @Test
    void everyReachIsAboutLinesThatThereAre() {
        var lines = Benchmarks.all().stream().flatMap(benchmark -> benchmark.lines().stream()).map(Line::name).toList();

        assertThat(Reach.ALL).allSatisfy(reach -> {
            assertThat(lines).contains(reach.name());
            assertThat(lines).containsAll(reach.needs());
        });
    }

    @Test
    void aBoundIsTheMostOrTheLeast() {
        var most = new Reach("a", "a / b", 2, true, List.of("b"), medians -> medians.get("a") / medians.get("b"));
        var least = new Reach("a", "a / b", 2, false, List.of("b"), medians -> medians.get("a") / medians.get("b"));
        var medians = Map.of("a", 6.0, "b", 2.0);

        assertThat(most.isMet(most.ratio().of(medians))).isFalse();
        assertThat(least.isMet(least.ratio().of(medians))).isTrue();
        assertThat(most.isKnown(Map.of("a", 1.0))).isFalse();
    }
}
