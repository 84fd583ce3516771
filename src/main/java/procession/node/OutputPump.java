package procession.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes the output of a child line by line to the console, on a thread of its own per stream. */
final class OutputPump {

    /** What a child says on its stdout when the keeper has accepted it. */
    static final String READY = (char) Console.MARK + "ready";

    private static final byte[] READY_BYTES = READY.getBytes(StandardCharsets.US_ASCII);
    private static final int STACK = 128 * 1024;
    private static final int BUFFER = 8 * 1024;

    private final String name;
    private final long pid;
    private final Console console;
    private final int maxLine;
    private final Runnable ready;
    private final LastLines lastErrors = new LastLines();
    private final CountDownLatch open = new CountDownLatch(2);
    private final AtomicInteger writing = new AtomicInteger();
    private volatile long lastRead;
    private volatile boolean isReady;

    OutputPump(String name, long pid, Console console, int maxLine, Runnable ready) {
        this.name = name;
        this.pid = pid;
        this.console = console;
        this.maxLine = maxLine;
        this.ready = ready;
    }

    /** What the child wrote to stderr at last. */
    List<String> lastErrors() {
        return lastErrors.get();
    }

    void start(InputStream out, InputStream err) {
        thread("out", () -> pump(out, false));
        thread("err", () -> pump(err, true));
    }

    private void thread(String stream, Runnable work) {
        var thread = new Thread(null, work, "procession-" + stream + "-" + name, STACK);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until everything the child wrote is out.
     *
     * @param millis how long at most without anything to read: somebody else may have inherited the stream and hold it open
     */
    void awaitEnd(long millis) throws InterruptedException {
        long patience = TimeUnit.MILLISECONDS.toNanos(millis);
        lastRead = System.nanoTime();
        while (!open.await(10, TimeUnit.MILLISECONDS) && (writing.get() > 0 || System.nanoTime() - lastRead < patience)) {
            // What the process left in its streams, or somebody who does not read fast, takes its time.
        }
    }

    private void pump(InputStream in, boolean error) {
        try {
            copy(in, error);
        } catch (IOException closed) {
            // The stream is closed under the reader when the process is gone: that is its end.
        } finally {
            open.countDown();
        }
    }

    private void copy(InputStream in, boolean error) throws IOException {
        var chunk = new byte[BUFFER];
        var line = new byte[256];
        int length = 0;
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            lastRead = System.nanoTime();
            for (int i = 0; i < read; i++) {
                if (chunk[i] == '\n') {
                    line(error, line, length);
                    length = 0;
                    continue;
                }
                if (length == mostOf(line)) {
                    line(error, line, length);
                    length = 0;
                }
                if (length == line.length) {
                    line = Arrays.copyOf(line, Math.min(mostOf(line), 2 * length));
                }
                line[length++] = chunk[i];
            }
        }
        if (length > 0) {
            line(error, line, length);
        }
    }

    /** A line that is passed on has been broken where it was to be, and has got longer since. */
    private int mostOf(byte[] line) {
        return line[0] == Console.MARK ? maxLine + Console.LONGEST_ORIGIN : maxLine;
    }

    private void line(boolean error, byte[] line, int length) {
        writing.incrementAndGet();
        try {
            print(error, line, length);
        } finally {
            writing.decrementAndGet();
        }
    }

    private void print(boolean error, byte[] line, int length) {
        if (!error && length == READY_BYTES.length && Arrays.equals(line, 0, length, READY_BYTES, 0, length)) {
            isReady = true;
            ready.run();
        } else if (isReady || !error || !isEndedInBoot(line, length)) {
            if (error) {
                lastErrors.add(line, length);
            }
            console.line(name, pid, error, line, length);
        }
    }

    /** A JVM that SIGTERM meets before its modules are there says so on stderr (Runtime.exit's own logging fails): no news to anyone. */
    private static boolean isEndedInBoot(byte[] line, int length) {
        var text = new String(line, 0, length, StandardCharsets.UTF_8);
        return text.startsWith("Runtime.exit(") && text.contains(") logging failed: ");
    }
}
