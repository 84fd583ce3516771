package procession.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import procession.ClusterException;
import procession.UsageException;

/** {@code procession trace}: what a run that goes on remembers. */
@Command(
        name = "trace",
        description = {"Fetches what a running program remembers of what has happened, as a record.", ""},
        customSynopsis = "procession trace [OPTIONS] --output FILE",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class Trace implements Callable<Integer> {

    @Option(names = "--output", paramLabel = "FILE", description = "where the record goes: one JSON object a line; - for standard output")
    private String output;

    @Mixin
    private Asking asking;

    private Trace() {}

    @Override
    public Integer call() {
        if (output == null) {
            throw new UsageException("trace to where? Give --output FILE, or - for standard output.");
        }
        boolean toFile = !output.equals("-");
        var target = toFile ? OutputFile.fresh("--output", Path.of(output)) : null;
        var record = RunningTrace.fetch(asking);
        try {
            if (toFile) {
                Files.copy(record, target);
            } else {
                Files.copy(record, System.out);
            }
        } catch (IOException cannot) {
            throw new ClusterException(output + " cannot be written: " + cannot.getMessage() + ".");
        }
        return 0;
    }
}
