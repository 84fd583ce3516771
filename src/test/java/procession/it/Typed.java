package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * {@code bin/procession} as a person types it, and what became of it: no process of it is left.
 *
 * @param code the exit code
 * @param out what it printed
 * @param err what it complained
 */
record Typed(int code, String out, String err) {

    private static final Duration SOON = Duration.ofSeconds(5);

    /** Its children inherit this variable of the environment, and are known by it wherever they are. */
    private static final String MARK = "PROCESSION_IT";

    static Typed run(Path directory, String... arguments) throws Exception {
        return run(directory, Duration.ofMinutes(3), arguments);
    }

    static Typed run(Path directory, Duration patience, String... arguments) throws Exception {
        return command(directory, patience, "run", arguments);
    }

    /** Another command than {@code run}. */
    static Typed command(Path directory, Duration patience, String command, String... arguments) throws Exception {
        var line = new ArrayList<>(List.of(BuiltCommand.path().toString(), command));
        line.addAll(List.of(arguments));
        var out = Files.createTempFile("out", "");
        var err = Files.createTempFile("err", "");
        var builder = BuiltCommand.of(new ProcessBuilder(line)).directory(directory.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        var mark = UUID.randomUUID().toString();
        builder.environment().put(MARK, mark);
        var process = builder.start();
        try {
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            var typed = new Typed(ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
            assertThat(ended).as("it ends within " + patience + "; so far " + typed).isTrue();
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(marked(mark)).as("processes that are left").isEmpty());
            return typed;
        } finally {
            process.destroyForcibly();
            marked(mark).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static List<Long> marked(String mark) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> environment(process).contains(MARK + "=" + mark))
                    .map(process -> Long.valueOf(process.getFileName().toString())).toList();
        }
    }

    private static String environment(Path process) {
        try {
            return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    String lastLine() {
        return out.lines().reduce("", (before, line) -> line);
    }

    /** It did what it should and found nothing to complain about. */
    Typed passed(String name) {
        assertThat(this).satisfies(
                typed -> assertThat(typed.lastLine()).startsWith("PASS " + name + ": "),
                typed -> assertThat(typed.code()).isZero(),
                typed -> assertThat(typed.err()).isEmpty());
        return this;
    }

    /** It was refused in one sentence that names what is wrong. */
    void refused(int status, String... saying) {
        assertThat(this).satisfies(
                typed -> assertThat(typed.code()).isEqualTo(status),
                typed -> assertThat(typed.err()).startsWith("procession: ").hasLineCount(1).contains(saying)
                        .doesNotContain("Exception", "\tat "));
    }
}
