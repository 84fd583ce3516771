package procession.testkit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** What this JVM and the processes of its run print, as it comes, in one file; it is printed, too. */
final class MergedOutput implements AutoCloseable {

    private final Path file;
    private final FileOutputStream copy;
    private final PrintStream outBefore = System.out;
    private final PrintStream errBefore = System.err;
    private final PrintStream out;
    private final PrintStream err;
    private boolean closed;

    private MergedOutput(Path file) throws IOException {
        this.file = file;
        // No channel: that would be closed by the interrupt of a thread that prints.
        this.copy = new FileOutputStream(file.toFile(), true);
        this.out = copied(outBefore);
        this.err = copied(errBefore);
        System.setOut(out);
        System.setErr(err);
    }

    static MergedOutput to(Path file) throws IOException {
        return new MergedOutput(file);
    }

    private PrintStream copied(PrintStream before) {
        return new PrintStream(new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                before.write(bytes, from, length);
                add(bytes, from, length);
            }

            @Override
            public void flush() {
                before.flush();
            }
        }, true, before.charset());
    }

    private synchronized void add(byte[] bytes, int from, int length) {
        try {
            if (!closed) {
                copy.write(bytes, from, length);
            }
        } catch (IOException full) {
            // The test is worth more than the copy of what it prints.
        }
    }

    /** How much there is so far. */
    long length() {
        return file.toFile().length();
    }

    /** What has come since there was so much. */
    byte[] since(long length) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(length);
            var rest = new byte[Math.toIntExact(in.length() - length)];
            in.readFully(rest);
            return rest;
        }
    }

    /** Streams of others may stand above these; then these stay, and only pass on. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (System.out == out) {
            System.setOut(outBefore);
        }
        if (System.err == err) {
            System.setErr(errBefore);
        }
        try {
            copy.close();
        } catch (IOException failed) {
            // What was written is written.
        }
    }
}
