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

/** A run that has ended as one HTML file, which needs no server and fetches nothing. */
public final class Report {

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
        throw new IOException("not yet");
    }

    static void write(KeptChanges changes, Path file) throws IOException {
        var ownersOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var channel = Files.newByteChannel(file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersOnly);
        try (var out = new BufferedWriter(new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
            new Page().report(changes.all().iterator(), out);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(file);
            throw failed;
        }
    }
}
