package procession.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import procession.ClusterException;
import procession.ask.Question;

/** What a running program remembers of what has happened, as a record like that of {@code procession run --record}. */
final class RunningTrace {

    private RunningTrace() {}

    /**
     * Fetches it.
     *
     * @param asking which run
     * @return a file with the record, for its owner only; it goes with this JVM
     * @throws ClusterException if the run does not answer, or there is no room for the file
     * @throws procession.UsageException if the run remembers nothing
     */
    static Path fetch(Asking asking) {
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
