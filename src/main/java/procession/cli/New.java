package procession.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import procession.UsageException;

/** {@code procession new}: writes a scenario and its test, to begin with. */
@Command(
        name = "new",
        description = {"Writes a scenario and its test, ready to run and to be changed, into a new folder of its name.", ""},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class New implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "its name, such as bounded-buffer or boundedBuffer")
    private String name;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "where its folder is made; here, if this is not given")
    private Path folder = Path.of("");

    private New() {}

    @Override
    public Integer call() {
        if (name == null) {
            throw new UsageException("a new what? Give the scenario a name, such as `procession new bounded-buffer`.");
        }
        var version = Version.packaged().orElseThrow(() -> new UsageException(
                "this Procession is not packaged, so the new scenario's build could not name its version; use bin/procession."));
        var scenario = NewScenario.named(name);
        var home = folder.resolve(scenario.name());
        write(scenario, home, version);
        tell(scenario, home);
        return 0;
    }

    /** A folder that is there is left as it is, whatever is in it. */
    private void write(NewScenario scenario, Path home, String version) {
        if (!Files.isDirectory(folder.toAbsolutePath())) {
            throw new UsageException("There is no folder " + folder + ", which --folder names.");
        }
        if (Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(home + " is there already; nothing is written over it. Take another name, or another --folder.");
        }
        try {
            Files.createDirectory(home);
            for (var file : scenario.files(version)) {
                var path = home.resolve(file.path());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.text());
            }
        } catch (IOException broken) {
            throw new UsageException(home + " cannot be written: " + broken + ".", broken);
        }
    }

    private static void tell(NewScenario scenario, Path home) {
        var clone = cloned();
        var command = clone.map(root -> near(root.resolve("bin/procession"))).orElse("procession");
        System.out.println("Made a scenario, its test, and a build for both:");
        System.out.println("  " + home.resolve(scenario.source()));
        System.out.println("  " + home.resolve(scenario.test()));
        System.out.println("  " + home.resolve("pom.xml"));
        System.out.println("Run it (--help shows its options):");
        System.out.println("  " + command + " run " + home.resolve(scenario.source()));
        System.out.println("Test it; Maven has to know Procession first, which it needs to be told once:");
        clone.ifPresent(root -> System.out.println("  mvn -q -DskipTests -f " + near(root.resolve("pom.xml")) + " install"));
        System.out.println("  mvn -f " + home.resolve("pom.xml") + " test");
    }

    /** The folder with {@code bin/procession} in it, if this runs from there. */
    private static Optional<Path> cloned() {
        try {
            var jar = Path.of(New.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Optional.ofNullable(jar.getParent()).map(Path::getParent).filter(root -> Files.exists(root.resolve("bin/procession")));
        } catch (URISyntaxException | RuntimeException elsewhere) {
            return Optional.empty();
        }
    }

    /** As a person here would type it. */
    private static String near(Path path) {
        var here = Path.of("").toAbsolutePath();
        return (path.startsWith(here) ? here.relativize(path) : path).toString();
    }
}
