package procession.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import procession.view.Trace;

/** Copies what a run has written to where it is kept. */
final class Kept {

    private Kept() {}

    static void logs(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> logs = Files.list(from)) {
            for (var log : logs.filter(file -> file.toFile().length() > 0).toList()) {
                Files.copy(log, to.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static void record(Path record, Path to) throws IOException {
        var copy = to.resolve("record.jsonl");
        Files.copy(record, copy, StandardCopyOption.REPLACE_EXISTING);
        Trace.of(copy, to.resolve("trace.json"), true);
    }
}
