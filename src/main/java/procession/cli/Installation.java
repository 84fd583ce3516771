package procession.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Procession itself runs on: Java, Maven, the build, and the archive of classes. */
final class Installation {

    private static final int NEEDED = 21;
    private static final String SLOW = "Without an archive of classes each process takes twice as long to start.";
    private static final String CONFIG = "procession.config";

    private Installation() {}

    static List<Finding> findings(String archive) {
        return List.of(jdk(), maven(), build(), archive(archive));
    }

    private static Finding jdk() {
        var home = Path.of(System.getProperty("java.home"));
        var found = System.getProperty("java.vendor") + " " + Runtime.version() + " in " + home;
        if (Runtime.version().feature() < NEEDED) {
            return Finding.fail("jdk", found, "Procession needs Java " + NEEDED + " or newer.", "Install a newer JDK, or set JAVA_HOME.");
        }
        return Files.isExecutable(home.resolve("bin/javac")) ? Finding.ok("jdk", found)
                : Finding.warn("jdk", found + ", without javac", "A .java file cannot be run, nor Procession be built, without a compiler.",
                        "Install the whole JDK, not only the part that runs programs.");
    }

    private static Finding maven() {
        var mvn = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "mvn")).filter(Files::isExecutable).findFirst();
        return mvn.map(path -> Finding.ok("maven", path.toString())).orElseGet(() -> Finding.warn("maven", "none on the PATH",
                "bin/procession builds with it when a source has changed; what is built works without it.", "Install Maven 3.8 or newer."));
    }

    /** The command names its configuration by where it is installed. */
    private static Optional<Path> target() {
        var config = System.getProperty(CONFIG, "");
        return config.isEmpty() ? Optional.empty() : Optional.ofNullable(Path.of(config).toAbsolutePath().getParent())
                .map(Path::getParent).map(root -> root.resolve("target"));
    }

    private static Finding build() {
        var jar = target().map(target -> target.resolve("procession.jar"));
        return jar.isEmpty() ? Finding.ok("build", "this is not bin/procession, so what is on the class path is used")
                : Files.isReadable(jar.get()) ? Finding.ok("build", jar.get().toString())
                : Finding.warn("build", jar.get() + " is not there", "Children are started from it.",
                        "Run bin/procession again: it builds.");
    }

    private static Finding archive(String archive) {
        var cure = "See " + target().map(target -> target.resolve("archive.log").toString()).orElse("target/archive.log")
                + "; remove target/classes-* to have it made again. A CLASSPATH in the environment makes it unfit.";
        if (archive.isEmpty()) {
            return Finding.warn("archive", "none is used", SLOW, cure);
        }
        var path = Path.of(archive);
        boolean fits = Files.isReadable(path) && path.getFileName().toString().contains(Integer.toString(Runtime.version().feature()));
        return fits ? Finding.ok("archive", path + ", for this JDK; children start from it") : Finding.warn("archive",
                path + " is not there, or of another JDK", SLOW, cure);
    }
}
