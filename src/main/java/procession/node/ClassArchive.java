package procession.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An archive of loaded classes, which halves the start of a JVM. It fits one class path and one JDK; others ignore it. */
public final class ClassArchive {

    private static final int FIRST_WITH_AOT_CACHE = 24;

    private ClassArchive() {}

    /**
     * What a JVM is given so that it starts from an archive. Silent, since one that does not fit is no news; at its own address, since
     * moving it costs what it saves.
     *
     * @param archive path of the archive; empty for none
     * @return options of the java command; none if the archive cannot be read
     */
    public static List<String> options(String archive) {
        if (archive.isEmpty() || !Files.isReadable(Path.of(archive))) {
            return List.of();
        }
        var option = Runtime.version().feature() >= FIRST_WITH_AOT_CACHE ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
        return List.of("-Xlog:disable", "-Xlog:all=error:stderr", "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0",
                option + archive);
    }
}
