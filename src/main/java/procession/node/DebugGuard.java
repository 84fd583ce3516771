package procession.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Ends a process that is under a debugger when its parent is killed. Other children see that for themselves; one that waits for a
 * debugger, or that a debugger has stopped, sees nothing, and would stay for ever. A shell sees it instead: what it reads ends.
 */
final class DebugGuard {

    private static final String SCRIPT = "trap '' INT TERM HUP; read -r word; [ \"$word\" = over ] || { sleep 3; kill -9 \"$1\"; }";

    private final java.lang.Process shell;

    private DebugGuard(java.lang.Process shell) {
        this.shell = shell;
    }

    /** Begins to guard; where there is no shell, nobody does. */
    static DebugGuard of(long pid) {
        try {
            return new DebugGuard(new ProcessBuilder(List.of("/bin/sh", "-c", SCRIPT, "sh", Long.toString(pid)))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start());
        } catch (IOException noShell) {
            return new DebugGuard(null);
        }
    }

    /** The process has ended, and its pid may soon be another's. */
    void over() {
        if (shell == null) {
            return;
        }
        try (var out = shell.getOutputStream()) {
            out.write("over\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            // Then it does nothing either.
        }
    }
}
