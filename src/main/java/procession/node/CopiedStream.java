package procession.node;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** A print stream of this process whose lines go to its file, too. Bytes are passed on as they come. */
final class CopiedStream extends PrintStream {

    private final PrintStream before;
    private final Copy copy;

    static CopiedStream of(PrintStream before, OutputFiles files, String process, long pid) {
        return new CopiedStream(before, new Copy(before, files, process, pid));
    }

    private CopiedStream(PrintStream before, Copy copy) {
        super(copy, true, before.charset());
        this.before = before;
        this.copy = copy;
    }

    /** The stream in whose place this one is. */
    PrintStream before() {
        return before;
    }

    /** Copies what has been printed of a line that has no end yet. */
    void lineOver() {
        copy.lineOver();
    }

    /** Only passes on from now on. */
    void ends() {
        copy.ends();
    }

    @Override
    public boolean checkError() {
        return before.checkError();
    }

    /** Copies whole lines, since two streams go to one file. */
    private static final class Copy extends OutputStream {
        private static final int LONGEST = 64 * 1024;

        private final PrintStream to;
        private final String process;
        private final long pid;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private OutputFiles files;

        Copy(PrintStream to, OutputFiles files, String process, long pid) {
            this.to = to;
            this.files = files;
            this.process = process;
            this.pid = pid;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            to.write(bytes, from, length);
            if (!OwnOutput.isOfOthers()) {
                copy(bytes, from, length);
            }
        }

        private synchronized void copy(byte[] bytes, int from, int length) {
            int whole = length;
            while (whole > 0 && bytes[from + whole - 1] != '\n') {
                whole--;
            }
            line.write(bytes, from, whole);
            if (whole > 0) {
                lineOver();
            }
            line.write(bytes, from + whole, length - whole);
            if (line.size() > LONGEST) {
                lineOver();
            }
        }

        synchronized void lineOver() {
            if (line.size() > 0) {
                files.text(process, pid, line.toByteArray());
                line.reset();
            }
        }

        synchronized void ends() {
            lineOver();
            files = OutputFiles.NONE;
        }

        @Override
        public void flush() {
            to.flush();
        }
    }
}
