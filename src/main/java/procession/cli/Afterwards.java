package procession.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import procession.UsageException;
import procession.node.Launch;

/**
 * What is made of a run when it has ended, from its record: a trace, a report. It is made however the run ends, unless main is killed. A
 * run that nobody asked to record is recorded in a file of its user's alone, which is gone with this JVM.
 */
final class Afterwards {

    private static boolean recorded;

    /** Makes something of a record. */
    @FunctionalInterface
    interface Use {
        /**
         * Makes it.
         *
         * @param record the record of the run
         * @param file where to; not there yet
         * @throws IOException if the one cannot be read or the other not be written
         */
        void make(Path record, Path file) throws IOException;
    }

    private Afterwards() {}

    /**
     * Has something made of the run to come.
     *
     * @param where the option that wants it, such as {@code --trace}
     * @param file where to; it must not be there yet
     * @param use makes it
     * @throws UsageException if the file is there already, or its folder is not
     */
    static void make(String where, Path file, Use use) {
        var target = OutputFile.fresh(where, file).toAbsolutePath();
        record(where);
        Launch.afterRecord(record -> {
            try {
                use.make(record, target);
            } catch (IOException failed) {
                System.err.println("procession: " + file + ", which " + where + " names, cannot be written: " + failed.getMessage() + ".");
            }
        });
    }

    private static synchronized void record(String where) {
        if (recorded) {
            return;
        }
        recorded = true;
        try {
            var folder = Files.createTempDirectory("procession-"); // For its owner only: that is its default.
            var record = folder.resolve("record.jsonl");
            // Behind all hooks, one of which reads it; and the last one that is named goes first.
            folder.toFile().deleteOnExit();
            record.toFile().deleteOnExit();
            Launch.recordAnyway(record);
        } catch (IOException cannot) {
            throw new UsageException(where + " needs a folder for a record of the run, and none can be made in "
                    + System.getProperty("java.io.tmpdir") + ": " + cannot.getMessage() + ". Name one with --record.");
        }
    }
}
