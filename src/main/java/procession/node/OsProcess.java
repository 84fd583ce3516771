package procession.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** What the operating system knows of a process: the only witness of a death that is no child's. */
final class OsProcess {

    private static final boolean HAS_PROC = Files.isReadable(Path.of("/proc/self/stat"));
    private static final int STATE = 0;
    private static final int START_TIME = 19;

    private OsProcess() {}

    /** Tells a process from a later one with the same pid. */
    static String startToken(long pid) {
        if (HAS_PROC) {
            var fields = fields(pid);
            return fields == null ? "" : fields[START_TIME];
        }
        return ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant()).map(Instant::toString).orElse("");
    }

    /**
     * Whether a process is certainly gone. A zombie is: it will never run again. One that is stopped is not, nor one that cannot be looked
     * at just now, as where this JVM has no file left to open.
     */
    static boolean isGone(long pid, String startToken) {
        if (HAS_PROC) {
            try {
                var fields = fields(pid);
                return fields == null || fields[STATE].equals("Z") || fields[STATE].equals("X") || !fields[START_TIME].equals(startToken);
            } catch (UncheckedIOException unreadable) {
                return false;
            }
        }
        return !startToken(pid).equals(startToken) || !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Whether it stands still, as after SIGSTOP; not where the system has no place to look that up. */
    static boolean isStopped(long pid) {
        if (!HAS_PROC) {
            return false;
        }
        var fields = fields(pid);
        return fields != null && fields[STATE].equalsIgnoreCase("T");
    }

    /** The fields of /proc/PID/stat from the state on; the name before it may have blanks and brackets in it. Null if it is gone. */
    private static String[] fields(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), java.nio.charset.StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException unreadable) {
            if (String.valueOf(unreadable.getMessage()).contains("No such process")) {
                return null; // It ended between open and read.
            }
            throw new UncheckedIOException(unreadable);
        }
    }
}
