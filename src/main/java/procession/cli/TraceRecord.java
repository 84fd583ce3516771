package procession.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import procession.UsageException;
import procession.record.NoRecordException;
import procession.view.Trace;

/** {@code procession trace RECORD}: makes a trace of a run that was recorded. It starts no node. */
@Command(
        name = "trace",
        description = {"Makes a trace of a recorded run, for https://ui.perfetto.dev.", ""},
        customSynopsis = "procession trace [--output FILE] [--force] RECORD",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class TraceRecord implements Callable<Integer> {

    private static final String RECORDS_END = ".jsonl";
    private static final String TRACES_END = ".trace.json";

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "where to (default: RECORD, but ending in .trace.json)")
    private Path output;

    @Option(names = "--force", description = "write over a file that is there already")
    private boolean force;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RECORD",
            description = "a record, as `procession run --record FILE` leaves it")
    private Path record;

    private TraceRecord() {}

    @Override
    public Integer call() {
        if (record == null) {
            throw new UsageException("trace what? Give a record; `procession run --record FILE` makes one, and `procession run --trace FILE`"
                    + " a trace at once.");
        }
        ofRecord(record, output, force);
        return 0;
    }

    /** Makes the trace of a record, and says where it is. */
    static void ofRecord(Path record, Path output, boolean force) {
        var from = InputFile.readable("the command line", record);
        var named = output == null ? beside(from) : output;
        var where = output == null ? "the record" : "--output";
        var to = force && Files.isRegularFile(named) ? named : OutputFile.fresh(where, named);
        if (force && isSame(from, to)) {
            throw new UsageException(to + " is the record itself; nothing is written over it.");
        }
        try {
            Trace.of(from, to, force);
        } catch (NoRecordException none) {
            throw new UsageException(none.getMessage());
        } catch (IOException failed) {
            throw new UsageException("The trace " + to + " cannot be made of " + from + ": " + failed.getMessage() + ".");
        }
        System.out.println(to + " is a trace of it; https://ui.perfetto.dev opens it.");
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException unknown) {
            return false;
        }
    }

    private static Path beside(Path record) {
        var name = record.getFileName().toString();
        return record.resolveSibling((name.endsWith(RECORDS_END) ? name.substring(0, name.length() - RECORDS_END.length()) : name) + TRACES_END);
    }
}
