package procession.node;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import procession.pool.Host;

/**
 * Shows on a terminal how many of how many children are up: one line on stderr that gives way to everything else that is printed.
 *
 * <p>Thread-safe.
 */
final class Progress {

    private static final String CLEAR = "\r\u001b[K";
    private static final long SHOW_AFTER = 500_000_000L;
    private static final Host.Gauge UNSEEN = new Host.Gauge() {
        @Override
        public void at(long done) {}

        @Override
        public void over() {}
    };

    private final boolean shown;
    private final PrintStream err = System.err;
    private final long since = System.nanoTime();
    private int up;
    private int started;
    private boolean lineIsThere;
    private boolean over;
    private String last = "";

    private Progress(boolean shown) {
        this.shown = shown;
    }

    /** Progress of a program; it shows itself where somebody looks. */
    static Progress ofProgram() {
        var progress = new Progress(Terminal.isErr());
        if (progress.shown) {
            System.setErr(progress.guarded(System.err));
            if (Terminal.isOut()) {
                System.setOut(progress.guarded(System.out));
            }
        }
        return progress;
    }

    static Progress none() {
        return new Progress(false);
    }

    /** Shows how far something else is, in the same line. */
    Host.Gauge gauge(String what, long of) {
        return shown ? new Bar(what, of, this::bar, this::barOver) : UNSEEN;
    }

    /** Whatever else is printed takes its place; it comes back when it changes. */
    private synchronized void bar(String text) {
        clear();
        print(text);
        lineIsThere = true;
        last = text;
    }

    /** What it came to stays. */
    private synchronized void barOver() {
        clear();
        print(last + System.lineSeparator());
    }

    synchronized void started() {
        started++;
        show();
    }

    synchronized void up() {
        up++;
        show();
    }

    private void show() {
        if (!shown || over || System.nanoTime() - since < SHOW_AFTER) {
            return;
        }
        clear();
        if (up < started) {
            print("procession: " + up + " of " + started + " nodes up");
            lineIsThere = true;
        }
    }

    private synchronized void clear() {
        if (lineIsThere) {
            print(CLEAR);
            lineIsThere = false;
        }
    }

    /** It is of this moment only: nothing for the file of what this process prints. */
    private void print(String text) {
        OwnOutput.ofOthers(() -> {
            err.print(text);
            err.flush();
        });
    }

    synchronized void over() {
        clear();
        over = true;
    }

    private PrintStream guarded(PrintStream stream) {
        return new PrintStream(new Clearing(stream), true);
    }

    /** Clears the line before anything else is printed. */
    private final class Clearing extends FilterOutputStream {
        Clearing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            clear();
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            clear();
            out.write(bytes, from, length);
        }
    }
}
