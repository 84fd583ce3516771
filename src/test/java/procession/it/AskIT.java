package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import procession.Event;
import procession.Lock;
import procession.Outcome;
import procession.Predecessor;
import procession.testkit.TestRun;

/** {@code bin/procession ps} and what else asks a running program, as a person types it in a second terminal. */
@Timeout(240)
class AskIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** Of the run of this JVM, among those of other tests. */
    private static final String NAME = "ask-it-" + ProcessHandle.current().pid();

    private static final String ALONE = """
            import procession.Procession;

            public class Alone {
                public static void main(String[] args) throws Exception {
                    try (var run = Procession.start(); var grant = run.lock("door").acquire()) {
                        Thread.sleep(300_000);
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    /** Where runs say that they are there, which nobody else's tests use; and where else they might, and what they make for a while is. */
    private Path runtime;
    private final List<Process> mains = new ArrayList<>();

    @BeforeEach
    void place() throws Exception {
        BuiltCommand.path();
        runtime = Files.createTempDirectory(Path.of("/tmp"), "ask"); // Short: the path of a socket is.
        Files.writeString(directory.resolve("Alone.java"), ALONE);
    }

    @AfterEach
    void end() throws Exception {
        for (var main : mains) {
            main.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(runtime)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    /** A run of its own, whose main process holds the lock 'door'. */
    private Process alone(String name) throws Exception {
        var main = builder(BuiltCommand.path().toString(), "run", "--name", name, "Alone.java")
                .redirectOutput(directory.resolve(name + ".out").toFile()).redirectErrorStream(true).start();
        mains.add(main);
        Awaitility.await().atMost(SOON).until(() -> Files.exists(file(name, main)) && Files.exists(socket(main)));
        return main;
    }

    private Path socket(Process main) {
        return runtime.resolve("procession").resolve(main.pid() + ".sock");
    }

    private Path file(String name, Process main) {
        return runtime.resolve("procession").resolve(name + "-" + main.pid() + ".run");
    }

    private ProcessBuilder builder(String... command) {
        var builder = BuiltCommand.of(new ProcessBuilder(command)).directory(directory.toFile());
        builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
        builder.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + runtime);
        return builder;
    }

    private Typed typed(String... arguments) throws Exception {
        return typed(builder(line(arguments)));
    }

    /** Where the run of this JVM is found. */
    private Typed typedHere(String... arguments) throws Exception {
        return typed(BuiltCommand.of(new ProcessBuilder(line(arguments))).directory(directory.toFile()));
    }

    private static String[] line(String... arguments) throws Exception {
        var line = new ArrayList<>(List.of(BuiltCommand.path().toString()));
        line.addAll(List.of(arguments));
        return line.toArray(String[]::new);
    }

    private Typed typed(ProcessBuilder command) throws Exception {
        var out = directory.resolve("typed.out");
        var err = directory.resolve("typed.err");
        var process = command.redirectOutput(out.toFile()).redirectError(err.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null"))).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        var said = Files.readAllLines(err).stream().filter(one -> !one.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS"))
                .map(one -> one + "\n").collect(Collectors.joining());
        return new Typed(process.exitValue(), Files.readString(out), said);
    }

    private static void signal(String name, Process main) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(main.pid())).start().waitFor()).isZero();
    }

    // A run with children: this JVM is its main process.

    private static void holds(Lock till, Event mayEnd) throws InterruptedException {
        try (var grant = till.acquire()) {
            mayEnd.await();
        }
    }

    private static String takesOver(Lock till) throws InterruptedException {
        try (var grant = till.acquire()) {
            return grant.abandoned().map(Predecessor::process).orElse("nobody");
        }
    }

    @Test
    void theHolderOfALockIsFoundFromASecondTerminalAndKilledFromThereAndTheLockPassesOn() throws Exception {
        try (var test = TestRun.start(Map.of("procession.name", NAME))) {
            var till = test.run().lock("till");
            Event never = test.run().event();
            var holder = test.run().process(AskIT::holds, till, never).name("holder").start();
            test.awaitWaiting("holder");
            var next = test.run().process(AskIT::takesOver, till).name("next").start();
            test.awaitWaiting("next");
            long pid = holder.pid().orElseThrow();

            var found = typedHere("inspect", "till", "--run", NAME);
            var killed = typedHere("kill", Long.toString(pid), "--run", NAME);

            assertThat(found.out()).startsWith("lock 'till' (0.1), a lock: held by holder (" + pid + "), ").contains("next")
                    .contains("to acquire it");
            assertThat(found.code()).isZero();
            assertThat(killed.out()).startsWith("holder (" + pid + ") was killed and has ended.\n  it had lock 'till'");
            assertThat(killed.code()).isZero();
            assertThat(holder.join()).isInstanceOf(Outcome.Killed.class);
            assertThat(next.join().value()).isEqualTo("holder");
        }
    }

    @Test
    void processesAndPrimitivesAreListedForPeopleAndAsJson() throws Exception {
        try (var test = TestRun.start(Map.of("procession.name", NAME))) {
            var till = test.run().lock("till");
            Event never = test.run().event();
            var holder = test.run().process(AskIT::holds, till, never).name("holder").start();
            test.awaitWaiting("holder");

            var ps = typedHere("ps", "--run", NAME);
            var locks = typedHere("locks", "--run", NAME, "--json");
            var trace = typedHere("trace", "--run", NAME, "--output", "running.trace.json");
            var lines = typedHere("trace", "--run", NAME, "--json");

            assertThat(ps.out().lines()).hasSize(3).last().asString().matches(
                    " *" + holder.pid().orElseThrow() + "    holder +running .* event \\S+ for \\S+ s +lock 'till'");
            assertThat(locks.out()).hasLineCount(1).startsWith("{\"procession\":1,\"answer\":\"locks\",\"run\":{\"name\":\"" + NAME + "\"")
                    .contains("\"name\":\"till\",\"spec\":\"a lock\",\"holding\":1");
            assertThat(trace.code()).as(trace.err()).isZero();
            assertThat(directory.resolve("running.trace.json")).content().contains("till", "holder");
            assertThat(lines.out()).startsWith("{\"type\":\"record\",\"format\":1");
            test.kill(holder);
        }
    }

    // Runs of their own.

    @Test
    void withoutARunThatIsSaidInOneSentence() throws Exception {
        typed("ps").refused(2, "No run of yours is going on.");
        typed("kill", "anybody").refused(2, "No run of yours is going on.");
    }

    @Test
    void ofTwoRunsOneHasToBeChosenAndThatWhichDoesNotAnswerSaysWhy() throws Exception {
        var one = alone("one");
        var two = alone("two");

        typed("locks").refused(2, "2 runs are going on; say which with --run NAME: one-" + one.pid() + ", two-" + two.pid() + ".");
        assertThat(typed("locks", "--run", "two").out()).contains("door", "held by MainProcess (" + two.pid() + ")");

        signal("STOP", one);
        typed("ps", "--run", "one").refused(3, "The run one-" + one.pid() + " cannot be asked.", "kill -CONT " + one.pid());
        signal("CONT", one);
        assertThat(typed("ps", "--run", "one").code()).isZero();
    }

    @Test
    void aMainProcessIsKilledByForceOnlyAndWhatItLeavesIsRemovedByWhoeverMeetsIt() throws Exception {
        var main = alone("alone");

        typed("kill", "MainProcess").refused(2, "is the main process", "--force");
        typed("kill", "1").refused(2, "has no process 1.", "Only its own can be killed");
        signal("KILL", main);
        main.waitFor();
        assertThat(socket(main)).exists();

        typed("ps").refused(2, "No run of yours is going on.");

        assertThat(socket(main)).doesNotExist();
        assertThat(file("alone", main)).doesNotExist();
    }
}
