package procession.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputPumpTest {

    private final PrintStream outBefore = System.out;
    private final PrintStream errBefore = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger ready = new AtomicInteger();

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

    private void pump(String stdout, String stderr) throws InterruptedException {
        pump(1000, stdout, stderr);
    }

    private void pump(int maxLine, String stdout, String stderr) throws InterruptedException {
        var pump = new OutputPump("child", 7, Console.ofProgram(false, false, OutputFiles.NONE), maxLine, ready::incrementAndGet);
        pump.start(stream(stdout), stream(stderr));
        pump.awaitEnd(10_000);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesComeWholeAndALastOneWithoutAnEndToo() throws Exception {
        pump("one\ntwo\nthree", "");

        assertThat(out).hasToString("[child 7] one\n[child 7] two\n[child 7] three\n");
    }

    @Test
    void aLineThatIsTooLongIsBroken() throws Exception {
        pump(10, "0123456789abc\n", "");

        assertThat(out).hasToString("[child 7] 0123456789\n[child 7] abc\n");
    }

    @Test
    void theWordThatItIsReadyIsNoOutput() throws Exception {
        pump(OutputPump.READY + "\nhello\n", "");

        assertThat(ready).hasValue(1);
        assertThat(out).hasToString("[child 7] hello\n");
    }

    @Test
    void whatAJvmSaysThatIsTerminatedWhileItBootsIsNoNews() throws Exception {
        pump("", "Runtime.exit(143) logging failed: Cannot invoke \"java.lang.Module.getClassLoader()\"\n");

        assertThat(err).hasToString("");
    }
}
