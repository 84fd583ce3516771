package procession.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import procession.it.BuiltCommand;

/** That {@code bench} measures every line; not what it measures. */
class BenchIT {

    @TempDir
    Path directory;

    @Test
    void aQuickRunHasEveryLine() throws Exception {
        var json = directory.resolve("figures.json");
        var out = directory.resolve("out");
        var err = directory.resolve("err");
        var process = BuiltCommand.of(new ProcessBuilder(BuiltCommand.path().toString(), "bench", "--quick", "--json", json.toString()))
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();

        assertThat(err).isEmptyFile();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(out)).startsWith("Configuration\n").doesNotContain("failed:");
        var lines = Files.readAllLines(out).stream().map(line -> line.split(" ")[0]).toList();
        assertThat(lines).containsAll(possible().map(Line::name).toList());
        assertThat(Files.readString(json)).contains(possible().map(line -> "\"name\" : \"" + line.name() + "\"").toList());
        assertThat(leftBehind()).isEmpty();
    }

    private static Stream<Line> possible() {
        return Benchmarks.all().stream().filter(benchmark -> benchmark.missing().isEmpty())
                .flatMap(benchmark -> benchmark.lines().stream());
    }

    /** Every JVM of the command has this option, children too. */
    private static String leftBehind() {
        var mark = "-Dbench.python=" + Path.of("src", "bench", "python").toAbsolutePath();
        return ProcessHandle.allProcesses().map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(mark)).collect(Collectors.joining("\n"));
    }
}
