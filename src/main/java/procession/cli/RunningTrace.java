package procession.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import procession.ClusterException;
import procession.UsageException;
import procession.ask.Question;

/** What a running program remembers of what has happened, as a record like that of {@code procession run --record}. */
final class RunningTrace {

    private RunningTrace() {}

    /**
     * Makes a trace of it, and says where that is.
     *
     * @param asking which run
     * @param json whether its lines are wanted as they are, instead of a trace
     * @param output where to; null for standard output with lines, and for a file with the run's name otherwise
     * @param force whether a file that is there already is written over
     * @throws ClusterException if the run does not answer, or there is no room for the file
     * @throws UsageException if the run remembers nothing, or the file is there already
     */
    static void write(Asking asking, boolean json, Path output, boolean force) {
        if (!json) {
            var to = output != null ? output : Path.of(asking.run().label().replace('/', '_') + ".trace.json");
            TraceRecord.ofRecord(fetch(asking), to, force);
            return;
        }
        try {
            if (output == null) {
                Files.copy(fetch(asking), System.out);
            } else if (force) {
                Files.copy(fetch(asking), output, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.copy(fetch(asking), OutputFile.fresh("--output", output));
            }
        } catch (IOException cannot) {
            throw new ClusterException("The lines cannot be written: " + cannot.getMessage() + ".");
        }
    }

    /** A file with its record, for its owner only; it goes with this JVM. */
    private static Path fetch(Asking asking) {
        try {
            var file = Files.createTempFile("procession-trace-", ".jsonl"); // Readable by its owner only: that is its default.
            file.toFile().deleteOnExit();
            try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
                asking.ask(Question.of(Question.What.TRACE), out);
            }
            return file;
        } catch (IOException full) {
            throw new ClusterException("The trace cannot be kept in a temporary file: " + full.getMessage() + ".");
        }
    }
}
