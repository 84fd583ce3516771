package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import procession.testkit.TestRun;

/** {@code bin/procession run --join}, as a person types it. */
@Timeout(240)
class JoinCommandIT {

    private static final String VISITOR = """
            import procession.Procession;

            public class Visitor {
                public static void main(String[] args) throws Exception {
                    try (var run = Procession.start()) {
                        var name = Procession.currentProcess().name();
                        run.queue("visitors").put(name + " in " + run.name() + " with " + String.join(",", args));
                        run.process(Visitor::child).start();
                    }
                    System.out.println("left");
                    Procession.exit(7);
                }

                static void child() {
                    System.out.println("from " + Procession.currentProcess().name());
                }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void anyScenarioFileJoinsInsteadOfStartingARun() throws Exception {
        Files.writeString(directory.resolve("Visitor.java"), VISITOR);
        try (var test = TestRun.start(Map.of("procession.name", "join-command-it"))) {
            var typed = Typed.run(directory, "--join", "join-command-it", "--name", "eve", "Visitor.java", "a", "b");

            assertThat(test.run().queue("visitors").getNow()).isEqualTo("eve in join-command-it with a,b");
            assertThat(typed.out()).matches("\\[eve:1 \\d+] from eve:1\nleft\n");
            assertThat(typed.err()).isEmpty();
            assertThat(typed.code()).isEqualTo(7);
        }
    }

    @Test
    void aSampleJoinsTooAndSaysWhatItAlwaysSays() throws Exception {
        try (var test = TestRun.start(Map.of("procession.name", "join-sample-it"))) {
            var typed = Typed.run(directory, "connection-pool", "--workers", "2", "--permits", "1", "--pace", "0.01", "--join",
                    "join-sample-it");

            typed.passed("connection-pool");
            assertThat(test.happenings()).anyMatch(happening -> happening.process().startsWith("worker-"));
        }
    }

    @Test
    void aRunThatIsNotThereIsOneSentenceBeforeAnythingIsCompiled() throws Exception {
        Files.writeString(directory.resolve("Broken.java"), "class Broken {");

        Typed.run(directory, "--join", "no-such-run", "Broken.java").refused(2, "There is no run 'no-such-run' of yours; ");
    }
}
