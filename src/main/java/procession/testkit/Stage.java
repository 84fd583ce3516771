package procession.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import procession.core.Happening;
import procession.node.Folders;
import procession.node.Runs;
import procession.record.Judgement;

/** A run of an extension, with the files that it writes while it lasts: in a folder for temporary use. */
final class Stage {

    private static final String OUTPUT_DIR = "procession.output.dir";

    private final TestRun test;
    private final Path folder;
    private final Path logs;
    private final Optional<Path> record;
    private final MergedOutput output;

    private Stage(TestRun test, Path folder, Path logs, Optional<Path> record, MergedOutput output) {
        this.test = test;
        this.folder = folder;
        this.logs = logs;
        this.record = record;
        this.output = output;
    }

    static Stage begin(Map<String, ?> given, Class<?> tests, Duration patience, boolean recorded) {
        try {
            var folder = Files.createTempDirectory("procession-test-" + ProcessHandle.current().pid() + "-");
            var settings = new HashMap<String, Object>();
            settings.put(OUTPUT_DIR, folder.resolve("logs").toString());
            if (recorded) {
                settings.put(TestRun.RECORD_FILE, folder.resolve("record.jsonl").toString());
            }
            settings.putAll(given);
            // Before the run, whose own copies of this JVM's output lie above these.
            var output = MergedOutput.to(folder.resolve("output.txt"));
            try {
                return new Stage(TestRun.start(settings, tests, patience), folder, Path.of(settings.get(OUTPUT_DIR).toString()),
                        Optional.ofNullable(settings.get(TestRun.RECORD_FILE)).map(file -> Path.of(file.toString())), output);
            } catch (RuntimeException | Error failed) {
                output.close();
                Folders.delete(folder);
                throw failed;
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The files of a test's run cannot be written to " + System.getProperty("java.io.tmpdir") + ".",
                    unwritable);
        }
    }

    TestRun test() {
        return test;
    }

    MergedOutput output() {
        return output;
    }

    Optional<Path> record() {
        return record;
    }

    /** What each process has printed, in a file of its own. */
    Path logs() {
        return logs;
    }

    /** From when on happenings are those of the next test: the first one's has what came with the run. */
    long beginOfTest(boolean anew) {
        if (!anew) {
            return Runs.happenings(test.run()).stream().findFirst().map(Happening::nanos).orElseGet(System::nanoTime);
        }
        test.history().awaitUpToNow();
        return System.nanoTime();
    }

    void end() {
        test.close();
    }

    /** Whatever became of the end: nothing is left. */
    void isOver() {
        output.close();
        Folders.delete(folder);
    }

    /** The run is over, and its record complete. */
    void judge() {
        if (record.isEmpty()) {
            throw new IllegalStateException("A run without a record cannot be judged.");
        }
        try {
            var violations = Judgement.of(record.get()).violations();
            if (!violations.isEmpty()) {
                throw new AssertionError("Of the laws of the record of this run, " + Laws.broken(violations));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
