package procession.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalInt;
import procession.ClusterException;

/**
 * Who starts the process that is to be debugged under its debugger: the first of its name in the whole run, and none after it. The right
 * to do so is a file, which the main process lays down, and which one process can remove.
 */
final class Debugging {

    private static final String SUFFIX = ".debug";

    private final DebugTarget target;
    private final Path right;

    private Debugging(DebugTarget target, Path right) {
        this.target = target;
        this.right = right;
    }

    /** As a child takes part in it. */
    static Debugging of(Settings settings, String system) {
        return settings.debug() == null ? new Debugging(null, null)
                : new Debugging(settings.debug(), RunFolder.all().getFirst().path().resolve(fileName(system)));
    }

    /** The main process lays down the right, if there is something to be debugged. */
    static void begin(Settings settings, String system, SelfProcess main) {
        if (settings.debug() == null) {
            return;
        }
        settings.debug().refuseIfTaken();
        var folder = RunFolder.all().getFirst();
        try {
            folder.removeStale(SUFFIX);
            folder.place(fileName(system), main.pid().getAsLong() + " " + main.startToken() + "\n");
        } catch (IOException unusable) {
            throw new ClusterException("procession.debug needs the folder " + folder.path() + ": " + unusable.getMessage(), unusable);
        }
    }

    /** The name of the systems is a secret, which the name of a file must not tell. */
    private static String fileName(String system) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(system.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8) + SUFFIX;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether a process that is about to be started is the one; if so, the port at which it is to wait for a debugger. */
    OptionalInt portFor(String name) {
        return target != null && target.name().equals(name) && take() ? OptionalInt.of(target.freePort()) : OptionalInt.empty();
    }

    /** Ends it; says whether nobody has been debugged. */
    boolean endUnused() {
        return target != null && take();
    }

    String name() {
        return target.name();
    }

    private boolean take() {
        try {
            return Files.deleteIfExists(right);
        } catch (IOException unusable) {
            return false;
        }
    }
}
