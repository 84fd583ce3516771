package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code bin/procession}, built, with its archive of classes made: what it says about that belongs to no test. */
public final class BuiltCommand {

    private static final Path PATH = Path.of("bin", "procession").toAbsolutePath();
    private static boolean ready;

    private BuiltCommand() {}

    /** Where it is. */
    public static synchronized Path path() throws Exception {
        if (!ready) {
            var process = of(new ProcessBuilder(PATH.toString(), "--version"))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            ready = true;
        }
        return PATH;
    }

    /** Surefire hands its class path to forks in the environment, which no user does. */
    public static ProcessBuilder of(ProcessBuilder builder) {
        builder.environment().remove("CLASSPATH");
        return builder;
    }
}
