package procession.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import procession.UsageException;
import procession.view.Report;

/** {@code procession report}: makes one HTML file of a run that was recorded. It starts no node. */
@Command(
        name = "report",
        description = {"Makes one HTML file of a recorded run, on which it is seen as by `procession run --view`.", ""},
        customSynopsis = "procession report RECORD [--output FILE.html]",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class ReportRecord implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RECORD",
            description = "a record, as `procession run --record FILE` leaves it")
    private Path record;

    @Option(names = "--output", paramLabel = "FILE", description = "the file to be made (default: RECORD with .html for its ending)")
    private Path output;

    private ReportRecord() {}

    @Override
    public Integer call() {
        if (record == null) {
            throw new UsageException("report what? Give a record; `procession run --record FILE` makes one.");
        }
        InputFile.readable("the command line", record);
        var file = OutputFile.fresh(output == null ? "the record's name" : "--output", output == null ? beside(record) : output);
        Records.use("The report " + file + " of " + record + " cannot be made", () -> {
            Report.write(record, file);
            return file;
        });
        System.out.println("procession: wrote " + file);
        return 0;
    }

    private static Path beside(Path record) {
        var name = record.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return record.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".html");
    }
}
