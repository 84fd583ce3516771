package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import procession.Row;
import procession.testkit.Program;

/** However a main process or a parent ends, nobody is left behind: a family of four JVMs in a main of its own. */
@Timeout(180)
class OrphansIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    private Program main;
    private final List<ProcessHandle> all = new ArrayList<>();

    private void startFamily(String... arguments) throws InterruptedException {
        main = Program.start(Family.class, arguments);
        main.awaitOut(Duration.ofMinutes(2), "up");
        main.handle().descendants().forEach(all::add);
    }

    @AfterEach
    void endWhatIsLeft() {
        main.close();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** The system's command takes several processes, so that all of them get it at the same moment, as from a terminal. */
    private static void signal(String name, Stream<ProcessHandle> processes) throws Exception {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private ProcessHandle named(String name) {
        return all.stream().filter(process -> lastArgument(process).equals(name)).findFirst().orElseThrow();
    }

    /** A child's name is its last argument. */
    private static String lastArgument(ProcessHandle process) {
        try {
            var arguments = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline")).split("\0");
            return arguments[arguments.length - 1];
        } catch (IOException gone) {
            return "";
        }
    }

    private static void areGoneSoon(List<ProcessHandle> processes) {
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(10)).untilAsserted(() ->
                assertThat(processes.stream().filter(ProcessHandle::isAlive).map(OrphansIT::lastArgument)).isEmpty());
    }

    @Test
    void controlCEndsAllAndNobodySaysAWord() throws Exception {
        startFamily();
        assertThat(all.stream().map(OrphansIT::lastArgument)).containsExactlyInAnyOrder("parent", "child", "stubborn");

        signal("INT", Stream.concat(Stream.of(main.handle()), all.stream()));

        areGoneSoon(all);
        assertThat(main.awaitExit(SOON)).isEqualTo(130);
        assertThat(main.out()).isEqualTo("up\n");
        assertThat(main.err()).isEmpty();
    }

    @Test
    @Row("G18")
    void sigtermOfMainEndsAll() throws Exception {
        startFamily();

        signal("TERM", Stream.of(main.handle()));

        areGoneSoon(all);
        assertThat(main.awaitExit(SOON)).isEqualTo(143);
    }

    @Test
    @Row("G18")
    void killingMainEndsAll() throws Exception {
        startFamily();

        signal("KILL", Stream.of(main.handle()));

        areGoneSoon(all);
    }

    @Test
    void killingMainEndsChildrenThatAreStillStarting() throws Exception {
        startFamily("at-once");
        assertThat(all).hasSizeGreaterThanOrEqualTo(2);

        signal("KILL", Stream.of(main.handle()));

        areGoneSoon(all);
    }

    @Test
    @Row("G18")
    void killingAParentEndsItsChildrenAndLeavesTheOthers() throws Exception {
        startFamily();
        var parent = named("parent");
        var child = named("child");

        signal("KILL", Stream.of(parent));

        areGoneSoon(List.of(parent, child));
        assertThat(named("stubborn").isAlive()).isTrue();
        assertThat(main.handle().isAlive()).isTrue();
    }

    @Test
    void whoStandsStillWhenMainIsKilledEndsWhenItGoesOn() throws Exception {
        startFamily();
        var paused = named("parent");
        signal("STOP", Stream.of(paused));

        signal("KILL", Stream.of(main.handle()));
        areGoneSoon(List.of(named("stubborn")));
        assertThat(paused.isAlive()).isTrue();
        signal("CONT", Stream.of(paused));

        areGoneSoon(all);
    }
}
