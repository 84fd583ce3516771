package procession.view;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;

/**
 * A run that has ended as one HTML file, which needs no server and fetches nothing. Of a long run it has the end: so much that a browser
 * shows it with ease, and it says how much is missing before.
 */
public final class Report {

    private static final int MOST_CHANGES = 300_000;

    private Report() {}

    /**
     * Makes the file, readable by its owner only.
     *
     * @param record a record of the run
     * @param file where to; nothing is written over
     * @throws procession.record.NoRecordException if that is none
     * @throws IOException if the record cannot be read, or the file be made
     */
    public static void write(Path record, Path file) throws IOException {
        var kept = new Keeping();
        var summary = Replay.draw(record, kept);
        kept.changes.add(summary);
        write(kept.changes, file);
    }

    private static void write(KeptChanges changes, Path file) throws IOException {
        var ownersOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var channel = Files.newByteChannel(file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersOnly);
        try (var out = new BufferedWriter(new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
            new Page().report(changes.all().iterator(), out);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(file);
            throw failed;
        }
    }

    private static final class Keeping implements Replay.Artist {

        private KeptChanges changes;

        @Override
        public void begins(Header header) {
            changes = new KeptChanges(header, MOST_CHANGES);
        }

        @Override
        public void changes(Change change) {
            changes.add(List.of(change));
        }
    }
}
