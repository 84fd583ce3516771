package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code procession completion}: what shells offer with the script that it prints, and nothing else of ours. */
@Timeout(240)
class CompletionIT {

    /** What the shell would show for a line, word by word. */
    private static final String TRY = """
            source "$1"; shift
            [ -z "${ZSH_VERSION-}" ] || setopt KSH_ARRAYS
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            _procession
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir
    private static Path shared;
    private static Path script;

    @TempDir
    Path directory;

    @BeforeAll
    static void print() throws Exception {
        script = shared.resolve("completion");
        Files.writeString(script, Typed.command(shared, Duration.ofMinutes(3), "completion", "bash").out());
    }

    @BeforeEach
    void makeFiles() throws Exception {
        Files.createDirectory(directory.resolve("folder"));
        Files.createFile(directory.resolve("My Own.java"));
        Files.createFile(directory.resolve("notes.txt"));
    }

    private List<String> offered(String shell, String... words) throws Exception {
        var line = new ArrayList<>(List.of(shell, "-c", TRY, shell, script.toString()));
        line.addAll(List.of(words));
        var process = new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true).start();
        var offered = new String(process.getInputStream().readAllBytes()).lines().filter(one -> !one.isEmpty()).toList();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return offered;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', value = {
        "procession run tick                          > ticket-sales",
        "bin/procession docto                         > doctor",
        "procession run --colo                        > --color",
        "procession run --color n                     > never",
        "procession run --color = n                   > never",
        "procession run --output-dir f                > folder",
        "procession run --record n                    > notes.txt",
        "procession run --name check traff            > traffic-light",
        "procession run -D a.b = c hello              > hello-process",
        "procession run --verbose ticket-sales --no-l > --no-lock",
        "procession run traffic-light --car           > --cars",
        "procession run messenger --file no           > notes.txt",
        "procession check n                           > notes.txt",
        "procession doctor --proc                     > --processes",
        "procession completion z                      > zsh",
    })
    void bashOffersWhatCanFollow(String line, String offered) throws Exception {
        assertThat(offered("bash", line.strip().split(" +"))).containsExactly(offered.strip());
    }

    @Test
    void aTargetIsASampleOrAJavaFileOrAFolderThatHasSome() throws Exception {
        assertThat(offered("bash", "procession", "run", "")).contains("ticket-sales", "My Own.java", "folder").doesNotContain("notes.txt");
    }

    @Test
    void everyCommandOfTheHelpIsOffered() throws Exception {
        var help = Typed.command(directory, Duration.ofMinutes(1), "--help").out();
        var commands = help.substring(help.indexOf("Commands:")).lines().skip(1).filter(line -> line.matches(" {2}\\S.*"))
                .map(line -> line.strip().split(" ")[0]).toList();

        assertThat(commands).contains("run", "doctor");
        assertThat(offered("bash", "procession", "")).containsExactlyInAnyOrderElementsOf(commands);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--name", "--debug", "-D"})
    void whereOnlyThePersonKnowsNothingIsOffered(String option) throws Exception {
        assertThat(offered("bash", "procession", "run", option, "")).isEmpty();
    }

    /** Its own machinery leaves out what does not begin as typed. */
    @Test
    void zshOffersTheSame() throws Exception {
        Assumptions.assumeTrue(Stream.of("/bin/zsh", "/usr/bin/zsh").anyMatch(path -> Files.isExecutable(Path.of(path))),
                "zsh is not installed");

        assertThat(offered("zsh", "procession", "")).contains("run", "check", "doctor");
        assertThat(offered("zsh", "procession", "run", "--color=n")).contains("--color=never");
        assertThat(offered("zsh", "procession", "run", "")).contains("ticket-sales", "My Own.java").doesNotContain("notes.txt");
        assertThat(offered("zsh", "procession", "run", "ticket-sales", "--no")).contains("--no-lock");
    }

    @Test
    void anUnknownShellIsRefused() throws Exception {
        Typed.command(directory, Duration.ofMinutes(1), "completion", "fish").refused(2, "'fish'", "bash or zsh");
    }
}
