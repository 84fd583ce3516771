package procession.node;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What this process itself prints, copied to its file: children's output comes through the console, its own does not. One per JVM, as
 * there is one standard output.
 */
final class OwnOutput {

    private static final ThreadLocal<Boolean> PASSING = ThreadLocal.withInitial(() -> false);

    private static boolean lasts;
    private static boolean hooked;
    private static Path folder;
    private static OutputFiles files = OutputFiles.NONE;
    private static CopiedStream out;
    private static CopiedStream err;

    private OwnOutput() {}

    /** From now on this JVM is one program: its output goes to its file until it ends, whatever becomes of its run. */
    static synchronized void lastsUntilTheEnd() {
        lasts = true;
    }

    /**
     * Begins to copy, unless that has begun already.
     *
     * @param given the folder; empty for none
     * @param process name of this process
     * @return the files of that folder
     * @throws procession.SettingsException if the folder cannot be written to
     */
    static synchronized OutputFiles open(String given, String process) {
        var wanted = given.isEmpty() ? null : path(given);
        if (!Objects.equals(wanted, folder)) {
            close();
            if (wanted != null) {
                copy(wanted, process, ProcessHandle.current().pid());
            }
        }
        return files;
    }

    private static Path path(String given) {
        try {
            return Path.of(given).toAbsolutePath();
        } catch (InvalidPathException bad) {
            throw OutputFiles.refused("'" + given + "'", "it is no path of this system");
        }
    }

    private static void copy(Path wanted, String process, long pid) {
        files = OutputFiles.in(wanted, process, pid);
        folder = wanted;
        out = CopiedStream.of(System.out, files, process, pid);
        err = CopiedStream.of(System.err, files, process, pid);
        System.setOut(out);
        System.setErr(err);
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(new Thread(OwnOutput::lineOver, "procession-last-line"));
        }
    }

    /** The run of this JVM is over. */
    static synchronized void runOver() {
        lineOver();
        if (!lasts) {
            close();
        }
    }

    /** Copies what has been printed of a line that has no end yet. */
    static synchronized void lineOver() {
        if (folder != null) {
            out.lineOver();
            err.lineOver();
        }
    }

    /** Streams of others may stand above ours; then ours stay, and only pass on. */
    private static void close() {
        if (folder == null) {
            return;
        }
        out.ends();
        err.ends();
        if (System.out == out) {
            System.setOut(out.before());
        }
        if (System.err == err) {
            System.setErr(err.before());
        }
        files.close();
        files = OutputFiles.NONE;
        folder = null;
    }

    /** Whether what the calling thread prints is not this process's own. */
    static boolean isOfOthers() {
        return PASSING.get();
    }

    /** Runs something that prints what is not this process's own. */
    static void ofOthers(Runnable prints) {
        boolean nested = PASSING.get();
        PASSING.set(true);
        try {
            prints.run();
        } finally {
            PASSING.set(nested);
        }
    }
}
