package procession.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a record, one entry after another.
 *
 * <p>A process that is killed while it writes leaves a torn line, and the line of another process follows right behind it. What is torn is
 * counted and skipped; the next entry begins where an object with the field {@code type} does, which no text within a line can look like.
 */
final class RecordReader implements AutoCloseable {

    private static final byte[] BEGINNING = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 1 << 16;
    private static final int USUAL = 512;
    private static final int LONGEST = 16 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private final LineDecoder decoder = new LineDecoder();
    private final ArrayDeque<Entry> read = new ArrayDeque<>();
    private final Map<String, Long> unknown = new TreeMap<>();
    private final Line.Header header;
    private long place;
    private long torn;

    private RecordReader(String name, InputStream in) throws IOException {
        this.in = in;
        this.header = header(name);
    }

    /**
     * Opens a record.
     *
     * @throws NoRecordException if the file is none, or one of a later format
     * @throws IOException if it cannot be read
     */
    static RecordReader open(Path path) throws IOException {
        return of(path.toString(), Files.newInputStream(path));
    }

    static RecordReader of(String name, InputStream in) throws IOException {
        try {
            return new RecordReader(name, in);
        } catch (IOException | RuntimeException none) {
            in.close();
            throw none;
        }
    }

    private Line.Header header(String name) throws IOException {
        byte[] first = nextLine();
        if (first == null) {
            throw new NoRecordException(name + " is empty; it is no record of a run.");
        }
        take(first);
        if (read.isEmpty() || torn > 0 || !(read.poll().line() instanceof Line.Header found)) {
            throw new NoRecordException(name + " is no record of a run: it does not begin like one that `procession run --record` writes.");
        }
        if (found.format() > Line.FORMAT) {
            throw new NoRecordException(name + " is a record of format " + found.format() + ", from a later version of Procession ("
                    + found.version() + "); this one reads format " + Line.FORMAT + ".");
        }
        return found;
    }

    Line.Header header() {
        return header;
    }

    /** The next entry; empty at the end. */
    Optional<Entry> next() throws IOException {
        while (read.isEmpty()) {
            byte[] line = nextLine();
            if (line == null) {
                return Optional.empty();
            }
            take(line);
        }
        return Optional.of(read.poll());
    }

    /** How many lines were torn, so far. */
    long torn() {
        return torn;
    }

    /** What was not understood, and how often, so far. */
    Map<String, Long> unknown() {
        return unknown;
    }

    /** The bytes of a line; null at the end of the file. Of one that is too long to be true only the beginning. */
    private byte[] nextLine() throws IOException {
        if (!fill()) {
            return null;
        }
        place++;
        var bytes = new ByteArrayOutputStream(USUAL);
        while (fill()) {
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            bytes.write(buffer, at, Math.min(end - at, LONGEST - bytes.size()));
            at = end + 1;
            if (end < filled) {
                break;
            }
        }
        return bytes.toByteArray();
    }

    /** Whether there is something in the buffer. */
    private boolean fill() throws IOException {
        if (at >= filled) {
            at = 0;
            filled = in.read(buffer);
        }
        return filled > 0;
    }

    private void take(byte[] line) {
        int from = 0;
        while (from < line.length) {
            int begins = beginning(line, from);
            if (!isBlank(line, from, begins)) {
                torn++;
            }
            from = begins < line.length ? takeOne(line, begins) : begins;
        }
    }

    /** Where to go on. */
    private int takeOne(byte[] line, int from) {
        try {
            var decoded = decoder.decode(line, from, line.length);
            if (decoded.line() instanceof Line.Unknown(var type)) {
                unknown.merge(type, 1L, Long::sum);
            }
            read.add(new Entry(place, decoded.line()));
            return decoded.end();
        } catch (IOException broken) {
            torn++;
            return beginning(line, from + 1);
        }
    }

    /** Where the next object begins, from an offset on; the end if none does. */
    private static int beginning(byte[] line, int from) {
        for (int i = from; i <= line.length - BEGINNING.length; i++) {
            if (line[i] == '{' && Arrays.equals(line, i, i + BEGINNING.length, BEGINNING, 0, BEGINNING.length)) {
                return i;
            }
        }
        return line.length;
    }

    private static boolean isBlank(byte[] line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
