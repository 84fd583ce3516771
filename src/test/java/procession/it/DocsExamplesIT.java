package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/writing-scenarios.md, as it stands there: it is saved where the page says, and run as the page says. */
@Timeout(300)
class DocsExamplesIT {

    private static final Path PAGE = Path.of("docs", "writing-scenarios.md");
    private static final Pattern CODE = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PLACE = Pattern.compile("^Replace `bounded-buffer/(src/\\S+\\.java)` by this:$", Pattern.MULTILINE);

    @TempDir
    static Path directory;

    private static List<Path> files;

    @BeforeAll
    static void theCodeIsSavedWhereThePageSays() throws IOException {
        var page = Files.readString(PAGE);
        var code = all(CODE, page);
        var places = all(PLACE, page);
        assertThat(places).as("a place for each block of Java").hasSameSizeAs(code).hasSize(2);
        files = places.stream().map(directory::resolve).toList();
        for (int i = 0; i < files.size(); i++) {
            Files.createDirectories(files.get(i).getParent());
            Files.writeString(files.get(i), code.get(i));
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
    }

    @Test
    void theScenarioPassesAndItsRunKeepsAllLaws() throws Exception {
        var run = Typed.run(directory, "--record", "buffer.jsonl", files.getFirst().toString());

        assertThat(run.passed("bounded-buffer").lastLine()).endsWith("10 items went through 3 places, and none was lost");
        assertThat(run.out()).contains("the buffer is full");
        assertThat(page()).contains(run.lastLine());
        var checked = Typed.command(directory, Duration.ofMinutes(1), "check", "buffer.jsonl");
        assertThat(checked.code()).isZero();
        assertThat(page()).contains(checked.lastLine());
    }

    @Test
    void aWrongOptionIsToldAsThePageShowsIt() throws Exception {
        var refused = Typed.run(directory, files.getFirst().toString(), "--places", "0");

        refused.refused(2, "--places and --consumers are at least 1.");
        assertThat(page()).contains(refused.err());
    }

    @Test
    void theTestThatKillsConsumersPasses() throws Exception {
        var tested = UsersTest.of(directory.resolve("classes"), files.getFirst(), files.getLast());

        assertThat(tested.code()).as(tested.out()).isZero();
        assertThat(tested.out()).contains("2 tests successful");
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }
}
