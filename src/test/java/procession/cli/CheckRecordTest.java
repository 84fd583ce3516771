package procession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckRecordTest {

    private static final String HEADER =
            "{\"type\":\"record\",\"format\":1,\"run\":\"demo\",\"start\":\"2026-11-25T09:00:00Z\",\"nanos\":0}\n";
    private static final String END = "{\"type\":\"end\",\"nanos\":1500000000,\"owner\":1,\"orderly\":true}\n";

    @TempDir
    Path folder;

    private Executed check(String record) throws Exception {
        var file = Files.writeString(folder.resolve("record.jsonl"), record);
        return Executed.of("check", file.toString());
    }

    @Test
    void aCleanRecordIsToldInAFewLines() throws Exception {
        var told = check(HEADER + END);

        assertThat(told.code()).isZero();
        assertThat(told.err()).isEmpty();
        assertThat(told.out()).isEqualTo(folder.resolve("record.jsonl") + """
                : run 'demo', begun at 2026-11-25T09:00:00Z
                  0 processes, 0 killed; 0 calls, 0 grants, 0 items handed out, in 1.5 s
                All 17 laws hold.
                """);
    }

    @Test
    void aBrokenLawIsToldWithItsLines() throws Exception {
        var told = check(HEADER + "{\"type\":\"invoked\",\"nanos\":1000,\"owner\":1,\"process\":\"anna\",\"request\":3,"
                + "\"primitive\":\"1.1\",\"command\":\"AcquireLock\"}\n" + END);

        assertThat(told.code()).isEqualTo(4);
        assertThat(told.err()).isEmpty();
        assertThat(told.out()).endsWith("""

                BROKEN: calls end. anna called AcquireLock of primitive 1.1, and was never told how that ended.
                  What should hold: Whoever asks is told, unless its process ends before.
                  line 2: 0.000001 s, anna asks: AcquireLock, primitive 1.1, request 3

                1 violation of 1 of 17 laws.
                """);
    }

    @Test
    void whatIsMissingIsAWarning() throws Exception {
        var told = check(HEADER);

        assertThat(told.code()).isZero();
        assertThat(told.out()).contains("The record has no end").endsWith("No law is broken, as far as can be judged.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "\n\n", "{\"origin\": \"Xi'an\", \"count\": 10}", "\u0000\u0001binary\n", "{\"type\":\"record\",\"format\":2}"
    })
    void whatIsNoRecordIsOneSentence(String text) throws Exception {
        var told = check(text);

        assertThat(told.code()).isEqualTo(2);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).startsWith("procession: " + folder.resolve("record.jsonl")).hasLineCount(1)
                .doesNotContain("Exception", "\tat ");
    }
}
