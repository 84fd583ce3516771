package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A test that a user has written, compiled and run by JUnit in a JVM of its own, as a build does it. */
final class UsersTest {

    private UsersTest() {}

    /**
     * Compiles some sources, the last of which is a test, and runs that.
     *
     * @param classes where the classes go
     * @return what became of it; {@code out} has JUnit's summary
     */
    static Typed of(Path classes, Path... sources) throws Exception {
        Files.createDirectories(classes);
        var libraries = System.getProperty("procession.child.class-path", System.getProperty("java.class.path"));
        var options = new ArrayList<>(List.of("--release", "21", "-proc:none", "-Xlint:all,-try,-classfile,-path", "-Werror",
                "-d", classes.toString(), "-cp", libraries));
        Arrays.stream(sources).map(Path::toString).forEach(options::add);
        var complaints = Files.createTempFile(classes, "javac", "");
        int compiled;
        try (var said = Files.newOutputStream(complaints)) {
            compiled = ToolProvider.getSystemJavaCompiler().run(null, said, said, options.toArray(String[]::new));
        }
        assertThat(compiled).as(Files.readString(complaints)).isZero();
        var out = Files.createTempFile(classes, "out", "");
        var process = BuiltCommand.of(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-cp", classes + File.pathSeparator + libraries, UsersTest.class.getName(), nameOf(sources[sources.length - 1])))
                .directory(classes.toFile()).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("it ends; so far " + Files.readString(out)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Typed(process.exitValue(), Files.readString(out), "");
    }

    private static String nameOf(Path test) {
        var simple = test.getFileName().toString().replace(".java", "");
        var folder = test.getParent().getFileName().toString();
        return folder.equals("java") ? simple : folder + "." + simple;
    }

    /** Runs the test class that is named. */
    public static void main(String[] arguments) {
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(arguments[0])).build(), listener);
        listener.getSummary().printTo(new PrintWriter(System.out, true));
        listener.getSummary().printFailuresTo(new PrintWriter(System.out, true));
        boolean good = listener.getSummary().getTotalFailureCount() == 0 && listener.getSummary().getTestsSucceededCount() > 0;
        System.exit(good ? 0 : 1);
    }
}
