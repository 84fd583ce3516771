package procession.record;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The file of a record, which all processes of its run append to. Each line is one write to a file that is opened for appending, so that
 * lines of different processes do not mix; and what has been written is there whatever becomes of its writer, as the system has it.
 *
 * <p>A line that cannot be written is counted, and nobody is held up by it. The first one that can be again says before it how many are
 * missing.
 *
 * <p>Thread-safe.
 */
public final class RecordFile {

    private final OutputStream out;
    private final Consumer<IOException> troubled;
    private volatile long dropped;

    private RecordFile(OutputStream out, Consumer<IOException> troubled) {
        this.out = out;
        this.troubled = troubled;
    }

    /**
     * Makes the file, readable by its owner only.
     *
     * @param path where
     * @param troubled told when lines cannot be written, once until they can
     * @return the file
     * @throws FileAlreadyExistsException if there is one: nothing is ever written over
     * @throws NoSuchFileException if there is no such folder
     * @throws IOException if it cannot be made
     */
    public static RecordFile create(Path path, Consumer<IOException> troubled) throws IOException {
        var ownersOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.newByteChannel(path, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersOnly).close();
        return join(path, troubled);
    }

    /**
     * Opens the file that another process has made.
     *
     * @param path where
     * @param troubled told when lines cannot be written, once until they can
     * @return the file
     * @throws NoSuchFileException if it is not there any more
     * @throws IOException if it cannot be opened
     */
    public static RecordFile join(Path path, Consumer<IOException> troubled) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        // What writes JSON is loaded now, and not while the first call waits for it.
        LineEncoder.encode(new Line.Unknown(""));
        // No channel: that would be closed by the interrupt of a thread that writes, and users interrupt theirs.
        return new RecordFile(new FileOutputStream(path.toFile(), true), troubled);
    }

    /**
     * Writes the first line.
     *
     * @param run name of the run
     * @param version version of Procession
     * @param redeliveries how often an item of a joinable queue may return unfinished
     */
    public void begin(String run, String version, int redeliveries) {
        var start = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        append(new Line.Header(Line.FORMAT, run, version, start, System.nanoTime(), redeliveries),
                count -> new Line.Dropped(System.nanoTime(), 0, "", count));
    }

    /** Writes a line; if some could not be written before, then also how many, as a line that the caller makes of it. */
    void append(Line line, LongFunction<Line> missing) {
        try {
            var bytes = LineEncoder.encode(line);
            if (dropped > 0) {
                afterTrouble(bytes, missing);
            } else {
                out.write(bytes);
            }
        } catch (IOException trouble) {
            drop(trouble);
        }
    }

    private synchronized void drop(IOException trouble) {
        if (dropped++ == 0) {
            troubled.accept(trouble);
        }
    }

    private synchronized void afterTrouble(byte[] bytes, LongFunction<Line> missing) throws IOException {
        if (dropped > 0) {
            out.write('\n'); // Behind what was written of a line when there was no more room.
            out.write(LineEncoder.encode(missing.apply(dropped)));
            dropped = 0;
        }
        out.write(bytes);
    }
}
