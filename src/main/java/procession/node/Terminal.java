package procession.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody is looking. */
public final class Terminal {

    private Terminal() {}

    /**
     * Whether somebody can be asked: what is typed comes from a terminal, and what is complained goes to one.
     *
     * @return whether somebody can
     */
    public static boolean isInteractive() {
        return isTerminal(0) && isErr();
    }

    static boolean isOut() {
        return isTerminal(1);
    }

    static boolean isErr() {
        return isTerminal(2);
    }

    private static boolean isTerminal(int descriptor) {
        var link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.isSymbolicLink(link)) {
            return System.console() != null;
        }
        try {
            var target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Whether to colour, by the setting and the conventions of no-color.org. */
    static boolean wantsColor(String setting, boolean terminal) {
        return switch (setting) {
            case "always" -> true;
            case "never" -> false;
            default -> terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(System.getenv("TERM"));
        };
    }
}
