package procession.testkit;

import java.io.IOException;
import java.nio.charset.Charset;

/** Signals to processes, and their states: Java has no way to either; the system's commands have. */
final class Signals {

    private Signals() {}

    static void send(long pid, String signal) throws InterruptedException {
        said("kill", "-" + signal, Long.toString(pid));
    }

    /** Whether a process stands still, by the state letters of ps. */
    static boolean isStopped(long pid) throws InterruptedException {
        return said("ps", "-o", "stat=", "-p", Long.toString(pid)).strip().startsWith("T");
    }

    private static String said(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
            process.waitFor();
            return said;
        } catch (IOException missing) {
            throw new IllegalStateException("The command " + command[0] + " could not be run: " + missing.getMessage(), missing);
        }
    }
}
