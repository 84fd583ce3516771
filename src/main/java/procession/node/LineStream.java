package procession.node;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard output that knows whether a line has begun, so that the line of another process does not go on behind what this one has
 * printed without an end.
 */
final class LineStream extends FilterOutputStream {

    /** A print stream that can be asked. */
    private static final class Lines extends PrintStream {
        private final LineStream stream;

        Lines(LineStream stream, PrintStream before) {
            super(stream, true, before.charset());
            this.stream = stream;
        }
    }

    private boolean begun;

    private LineStream(OutputStream out) {
        super(out);
    }

    /** Puts such streams into the place of this process's output. */
    static void install() {
        System.setOut(over(new FileOutputStream(FileDescriptor.out), System.out));
        System.setErr(over(new FileOutputStream(FileDescriptor.err), System.err));
    }

    static PrintStream over(OutputStream out, PrintStream before) {
        return new Lines(new LineStream(out), before);
    }

    /** Ends the line that has begun, if this stream can tell. */
    static void beginLine(PrintStream to) {
        if (to instanceof Lines lines && lines.stream.begun) {
            to.write('\n');
        }
    }

    @Override
    public synchronized void write(int b) throws IOException {
        out.write(b);
        begun = b != '\n';
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        if (length > 0) {
            begun = bytes[from + length - 1] != '\n';
        }
    }
}
