package procession.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import procession.UsageException;
import procession.bench.Bench;
import procession.bench.Benchmarks;

/** {@code procession bench}: how fast it is here, beside bare Akka and Python. */
@Command(
        name = "bench",
        description = {"Measures how fast everything is on this machine, beside what is below it and beside Python.", ""},
        customSynopsis = "procession bench [OPTIONS] [NAME…]",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class Measure implements Callable<Integer> {

    private static final int INCOMPLETE = 1;

    @Parameters(
            paramLabel = "NAME",
            description = "which lines: a name, or what names begin with, such as queue (default: all); what their ratios need is"
                    + " measured, too")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "also write all values to a file")
    private Path json;

    @Option(names = "--quick", description = "tiny counts, in about a minute: to see that it works, its figures say nothing")
    private boolean quick;

    private Measure() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        names.forEach(Measure::known);
        return new Bench(names, quick, System.out).run(file()) ? 0 : INCOMPLETE;
    }

    /** Made before anything is measured, so that nothing is measured for nothing. */
    private BufferedWriter file() throws IOException {
        return json == null ? null : Files.newBufferedWriter(OutputFile.fresh("--json", json));
    }

    private static void known(String name) {
        var known = Benchmarks.names();
        if (!known.contains(name)) {
            throw new UsageException("There is no benchmark " + name + "." + Nearest.hint(name, known)
                    + " They begin with " + String.join(", ", Benchmarks.groups()) + "; --help shows how to choose.");
        }
    }
}
