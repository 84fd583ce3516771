package procession.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Children of integration tests start from the archive of classes that {@code bin/procession} makes, in half the time. It fits class paths
 * that begin with the command's own; what tests have besides follows behind.
 */
public final class FastChildren implements BeforeAllCallback {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static boolean done;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        synchronized (FastChildren.class) {
            if (!done) {
                done = true;
                prepare();
            }
        }
    }

    private static void prepare() throws Exception {
        BuiltCommand.path();
        var archive = archive();
        if (!archive.isEmpty()) {
            System.setProperty("procession.child.archive", archive.getFirst().toString());
            System.setProperty("procession.child.class-path",
                    Stream.concat(commands().stream(), others()).map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        }
    }

    private static List<Path> archive() throws IOException {
        try (var files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches("classes-" + Runtime.version().feature() + "\\..*"))
                    .filter(file -> file.toFile().length() > 0).toList();
        }
    }

    /** As {@code bin/procession} spells it out. */
    private static List<Path> commands() throws IOException {
        try (var jars = Files.list(TARGET.resolve("lib"))) {
            return Stream.concat(Stream.of(TARGET.resolve("procession.jar"), TARGET.resolve("procession-samples.jar")),
                    jars.filter(jar -> jar.toString().endsWith(".jar")).sorted()).toList();
        }
    }

    private static Stream<Path> others() throws IOException {
        Set<Path> known = commands().stream().map(Path::getFileName).collect(Collectors.toSet());
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
                .filter(entry -> !known.contains(entry.getFileName()) && !entry.equals(TARGET.resolve("classes")));
    }
}
