package procession.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {

    private final PrintStream outBefore = System.out;
    private final PrintStream errBefore = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveBack() {
        System.setOut(outBefore);
        System.setErr(errBefore);
    }

    private static void line(Console console, boolean error, String line) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        console.line("client-7", 4711, error, bytes, bytes.length);
    }

    @Test
    void aLineStandsBehindNameAndPid() {
        line(Console.ofProgram(false, false, OutputFiles.NONE), false, "hello");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[client-7 4711] hello\n");
    }

    @Test
    void colourGoesOnlyToTheStreamThatIsATerminal() {
        var console = Console.ofProgram(true, false, OutputFiles.NONE);

        line(console, false, "hello");
        line(console, true, "oh");

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\u001b[");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("[client-7 4711] oh\n");
    }

    @Test
    void whatAChildPassesOnKeepsItsOrigin() {
        line(Console.ofChild(), false, "hello");
        var passedOn = out.toString(StandardCharsets.UTF_8).strip();
        out.reset();

        var bytes = ("\u001e" + passedOn.replaceFirst("^\u001e", "")).getBytes(StandardCharsets.UTF_8);
        Console.ofProgram(false, false, OutputFiles.NONE).line("parent", 1, false, bytes, bytes.length);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[client-7 4711] hello\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001e", "\u001e{\"json\": 1}", "\u001ex\u001fy\u001fz", "\u001ex\u001f\u001fz", "\u001ex\u001f99999999999999999999\u001fz"})
    void aUsersLineThatLooksPassedOnIsItsOwn(String odd) {
        line(Console.ofProgram(false, false, OutputFiles.NONE), false, odd);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[client-7 4711] " + odd + "\n");
    }

    @Test
    void eachProcessHasItsFileAndThoseBelowAChildToo(@TempDir Path folder) {
        line(Console.ofChild(), true, "from below");
        var console = Console.ofProgram(true, true, OutputFiles.in(folder, "MainProcess", 1));

        console.line("parent", 9, true, err.toByteArray(), err.size() - 1);
        line(console, false, "hello");
        console.line("parent", 9, false, "mine".getBytes(StandardCharsets.UTF_8), 4);

        assertThat(folder.resolve("client-7-4711.log")).hasContent("from below\nhello\n");
        assertThat(folder.resolve("parent-9.log")).hasContent("mine\n");
    }

    @Test
    void theRunsSecretIsNotPrinted() {
        var name = Secret.systemName();

        line(Console.ofProgram(false, false, OutputFiles.NONE), true, "Actor[akka://" + name + "/user/x]");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("[client-7 4711] Actor[akka://procession-node-…/user/x]\n");
    }
}
