package procession.node;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the output of children goes. In the main process each line is printed whole behind {@code [name pid]}, in a colour per process
 * where that is wanted; in others it is passed on to the parent, marked, so that only the main process decorates.
 *
 * <p>Thread-safe: one line is one write.
 */
final class Console {

    /** Begins a line that is not a process's own but one of its descendants', or a word from child to parent. */
    static final byte MARK = 0x1e;
    /** What a relayed line has more than its process wrote: the mark, a name, a pid. */
    static final int LONGEST_ORIGIN = 1024;
    private static final int MOST_DIGITS = 18;
    private static final byte FIELD_END = 0x1f;

    private static final int[] COLORS = {36, 33, 32, 35, 34, 96, 93, 92, 95, 94};

    private final boolean relaying;
    private final boolean colorOfOut;
    private final boolean colorOfErr;
    private final OutputFiles files;
    private final Map<Long, Integer> colors = new HashMap<>();

    private Console(boolean relaying, boolean colorOfOut, boolean colorOfErr, OutputFiles files) {
        this.relaying = relaying;
        this.colorOfOut = colorOfOut;
        this.colorOfErr = colorOfErr;
        this.files = files;
    }

    /** That of a main process, or of one that joins, which has a terminal of its own. */
    static Console ofProgram(Settings settings, String process) {
        return ofProgram(Terminal.wantsColor(settings.color(), Terminal.isOut()), Terminal.wantsColor(settings.color(), Terminal.isErr()),
                OwnOutput.open(settings.outputDir(), process));
    }

    static Console ofProgram(boolean colorOfOut, boolean colorOfErr, OutputFiles files) {
        return new Console(false, colorOfOut, colorOfErr, files);
    }

    static Console ofChild() {
        return new Console(true, false, false, OutputFiles.NONE);
    }

    /** Prints a line that a child wrote, or passed on. */
    void line(String name, long pid, boolean error, byte[] line, int length) {
        int nameEnd = length > 0 && line[0] == MARK ? indexOf(line, 1, length) : -1;
        int pidEnd = nameEnd < 0 ? -1 : indexOf(line, nameEnd + 1, length);
        if (pidEnd > nameEnd + 1 && isNumber(line, nameEnd + 1, pidEnd)) {
            passedOn(error, line, length, nameEnd, pidEnd);
        } else {
            show(error, name, pid, line, 0, length);
        }
    }

    private void show(boolean error, String name, long pid, byte[] line, int from, int length) {
        files.line(name, pid, line, from, length);
        write(error, decorated(error, name, pid, line, from, length));
    }

    /** A user's own line may begin with the mark, too. */
    private static boolean isNumber(byte[] line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line[i] < '0' || line[i] > '9' || i - from == MOST_DIGITS) {
                return false;
            }
        }
        return true;
    }

    private void passedOn(boolean error, byte[] line, int length, int nameEnd, int pidEnd) {
        if (relaying) {
            var out = new ByteArrayOutputStream(length + 1);
            out.write(line, 0, length);
            write(error, out);
            return;
        }
        var name = new String(line, 1, nameEnd - 1, StandardCharsets.UTF_8);
        long pid = Long.parseLong(new String(line, nameEnd + 1, pidEnd - nameEnd - 1, StandardCharsets.US_ASCII));
        show(error, name, pid, line, pidEnd + 1, length);
    }

    private static int indexOf(byte[] line, int from, int length) {
        for (int i = from; i > 0 && i < length; i++) {
            if (line[i] == FIELD_END) {
                return i;
            }
        }
        return -1;
    }

    private ByteArrayOutputStream decorated(boolean error, String name, long pid, byte[] line, int from, int length) {
        var out = new ByteArrayOutputStream(length + 64);
        if (relaying) {
            out.write(MARK);
            out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            out.write(FIELD_END);
            out.writeBytes(Long.toString(pid).getBytes(StandardCharsets.US_ASCII));
            out.write(FIELD_END);
        } else {
            var prefix = "[" + name + " " + pid + "]";
            var shown = (error ? colorOfErr : colorOfOut) ? "\u001b[" + colorOf(pid) + "m" + prefix + "\u001b[0m " : prefix + " ";
            out.writeBytes(shown.getBytes(StandardCharsets.UTF_8));
        }
        out.write(line, from, length - from);
        return out;
    }

    private synchronized int colorOf(long pid) {
        return COLORS[colors.computeIfAbsent(pid, p -> colors.size()) % COLORS.length];
    }

    private static void write(boolean error, ByteArrayOutputStream line) {
        line.write('\n');
        var bytes = Secret.redacted(line.toByteArray());
        PrintStream to = error ? System.err : System.out;
        synchronized (to) {
            OwnOutput.ofOthers(() -> {
                LineStream.beginLine(to);
                to.write(bytes, 0, bytes.length);
                to.flush();
            });
        }
    }
}
