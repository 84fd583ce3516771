package procession.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An archive of loaded classes, which halves the start of a JVM. It fits one class path and one JDK; others ignore it. */
public final class ClassArchive {

    private static final int FIRST_WITH_AOT_CACHE = 24;

    private static final int WITH_TRAINING_DATA = 25;

    private ClassArchive() {}

    /**
     * What a JVM is given so that it starts from an archive. Silent, since one that does not fit is no news; at its own address, since
     * moving it costs what it saves; without compiling at once whatever was hot when the archive was made, which costs more than a start
     * gains by it. That last option is a diagnostic one, so only the JDK that is known to have it gets it.
     *
     * @param archive path of the archive; empty for none
     * @return options of the java command; none if the archive cannot be read
     */
    public static List<String> options(String archive) {
        if (archive.isEmpty() || !Files.isReadable(Path.of(archive))) {
            return List.of();
        }
        int version = Runtime.version().feature();
        var options = new ArrayList<>(List.of("-Xlog:disable", "-Xlog:all=error:stderr", "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                (version >= FIRST_WITH_AOT_CACHE ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive));
        if (version == WITH_TRAINING_DATA) {
            options.add("-XX:-AOTReplayTraining");
        }
        return options;
    }
}
