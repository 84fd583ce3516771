package procession.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineStreamTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = LineStream.over(bytes, System.out);

    @Test
    void aLineThatHasBegunIsEndedBeforeAnotherProcesssLine() {
        stream.print("working ");

        LineStream.beginLine(stream);
        stream.print("line\n");

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("working \nline\n");
    }

    @Test
    void afterAWholeLineNothingIsEnded() {
        stream.println("done");

        LineStream.beginLine(stream);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("done\n");
    }
}
