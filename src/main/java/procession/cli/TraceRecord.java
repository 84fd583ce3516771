package procession.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import procession.UsageException;
import procession.view.Trace;

/** {@code procession trace}: makes a trace of a run that was recorded, or of what one remembers that goes on. It starts no node. */
@Command(
        name = "trace",
        description = {"Makes a trace of a recorded run, or of one that goes on, for https://ui.perfetto.dev.", ""},
        customSynopsis = "procession trace [OPTIONS] [RECORD]",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class TraceRecord implements Callable<Integer> {

    private static final String RECORDS_END = ".jsonl";
    private static final String TRACES_END = ".trace.json";

    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "where to (default: RECORD, or the run's name, but ending in .trace.json)")
    private Path output;

    @Option(names = "--force", description = "write over a file that is there already")
    private boolean force;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RECORD",
            description = "a record, as `procession run --record FILE` leaves it (default: what a running program remembers)")
    private Path record;

    @Option(names = "--json", description = "of a running program: the lines that it remembers, as they are in a record")
    private boolean json;

    @Mixin
    private Asking asking;

    private TraceRecord() {}

    @Override
    public Integer call() {
        if (record == null) {
            RunningTrace.write(asking, json, output, force);
            return 0;
        }
        if (json || asking.isNamed()) {
            throw new UsageException((json ? "--json" : "--run") + " is for a running program, and " + record + " is a record: give one of"
                    + " them.");
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
        Records.use("The trace " + to + " cannot be made of " + from, () -> {
            Trace.of(from, to, force);
            return to;
        });
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
        var bare = name.endsWith(RECORDS_END) ? name.substring(0, name.length() - RECORDS_END.length()) : name;
        return record.resolveSibling(bare + TRACES_END);
    }
}
