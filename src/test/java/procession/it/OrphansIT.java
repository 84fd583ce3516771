package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import procession.Row;

/** However a main process or a parent ends, nobody is left behind: a family of four JVMs in a main of its own. */
@Timeout(180)
class OrphansIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private java.lang.Process main;
    private final List<ProcessHandle> all = new ArrayList<>();

    private void startFamily(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // Otherwise Java warns of Akka, as bin/procession knows.
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Family.class.getName()));
        command.addAll(List.of(arguments));
        main = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> out().contains("up") || !main.isAlive());
        assertThat(main.isAlive()).as(this::err).isTrue();
        main.descendants().forEach(all::add);
    }

    private String out() {
        return content("out");
    }

    private String err() {
        return content("err");
    }

    private String content(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @AfterEach
    void endWhatIsLeft() {
        main.destroyForcibly();
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

    private int mainsExit() throws InterruptedException {
        assertThat(main.waitFor(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        return main.exitValue();
    }

    @Test
    void theFamilyIsThree() throws Exception {
        startFamily();

        assertThat(all.stream().map(OrphansIT::lastArgument)).containsExactlyInAnyOrder("parent", "child", "stubborn");
    }

    @Test
    void controlCEndsAllAndNobodySaysAWord() throws Exception {
        startFamily();

        signal("INT", Stream.concat(Stream.of(main.toHandle()), all.stream()));

        areGoneSoon(all);
        assertThat(mainsExit()).isEqualTo(130);
        assertThat(out()).isEqualTo("up\n");
        assertThat(err()).isEmpty();
    }

    @Test
    @Row("G18")
    void sigtermOfMainEndsAll() throws Exception {
        startFamily();

        signal("TERM", Stream.of(main.toHandle()));

        areGoneSoon(all);
        assertThat(mainsExit()).isEqualTo(143);
    }

    @Test
    @Row("G18")
    void killingMainEndsAll() throws Exception {
        startFamily();

        signal("KILL", Stream.of(main.toHandle()));

        areGoneSoon(all);
    }

    @Test
    void killingMainEndsChildrenThatAreStillStarting() throws Exception {
        startFamily("at-once");
        assertThat(all).hasSizeGreaterThanOrEqualTo(2);

        signal("KILL", Stream.of(main.toHandle()));

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
        assertThat(main.isAlive()).isTrue();
    }

    @Test
    void whoStandsStillWhenMainIsKilledEndsWhenItGoesOn() throws Exception {
        startFamily();
        var paused = named("parent");
        signal("STOP", Stream.of(paused));

        signal("KILL", Stream.of(main.toHandle()));
        areGoneSoon(List.of(named("stubborn")));
        assertThat(paused.isAlive()).isTrue();
        signal("CONT", Stream.of(paused));

        areGoneSoon(all);
    }
}
