package procession.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static procession.record.ByHand.ANNA;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

    private static final String HEADER = "{\"type\":\"record\",\"format\":1,\"run\":\"r\",\"nanos\":5}\n";
    private static final String RETURNED = "{\"type\":\"returned\",\"nanos\":7,\"owner\":2,\"request\":1,\"outcome\":\"Done\"}";

    private static RecordReader reader(String text) throws IOException {
        return RecordReader.of("file", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Entry> all(RecordReader reader) throws IOException {
        var all = new ArrayList<Entry>();
        for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            all.add(entry.get());
        }
        return all;
    }

    @Test
    void entriesKnowTheirLine() throws IOException {
        var reader = reader(HEADER + RETURNED + "\n\n" + RETURNED + "\n");

        assertThat(all(reader)).extracting(Entry::place).containsExactly(2L, 4L);
        assertThat(reader.torn()).isZero();
        assertThat(reader.header().run()).isEqualTo("r");
    }

    @Test
    void aLastLineWithoutItsEndIsReadIfItIsWhole() throws IOException {
        assertThat(all(reader(HEADER + RETURNED))).hasSize(1);
    }

    /** A process may be killed after any byte of a line; that of another follows. */
    @Test
    void whereverALineIsTornTheOneBehindItIsFound() throws IOException {
        for (int length = 1; length < RETURNED.length(); length++) {
            var reader = reader(HEADER + RETURNED.substring(0, length) + RETURNED + "\n" + RETURNED + "\n");

            assertThat(all(reader)).as("torn after %s bytes", length).extracting(Entry::place).containsExactly(2L, 3L);
            assertThat(reader.torn()).as("torn after %s bytes", length).isEqualTo(1);
        }
    }

    @Test
    void whereverTheLastLineIsTornTheRestIsRead() throws IOException {
        for (int length = 1; length < RETURNED.length(); length++) {
            var reader = reader(HEADER + RETURNED + "\n" + RETURNED.substring(0, length));

            assertThat(all(reader)).hasSize(1);
            assertThat(reader.torn()).isEqualTo(1);
        }
    }

    @Test
    void aLineThatLacksOnlyItsEndIsNotTorn() throws IOException {
        var reader = reader(HEADER + RETURNED + RETURNED + "\n");

        assertThat(all(reader)).extracting(Entry::place).containsExactly(2L, 2L);
        assertThat(reader.torn()).isZero();
    }

    @Test
    void aTextThatLooksLikeALineIsNone() throws IOException {
        var record = ByHand.with("a lock");
        record.returned(ANNA, 1, "{\"type\":\"returned\"", 0, 0);
        record.raw("{\"type\":\"happening\",\"detail\":\"{\\\"type\\\":\\\"").returned(ANNA, 2, "Done", 0, 0);

        var entries = all(record.reader());

        assertThat(entries.getLast().returned().request()).isEqualTo(2);
        assertThat(entries.get(entries.size() - 2).returned().outcome()).isEqualTo("{\"type\":\"returned\"");
    }

    @Test
    void whatLaterVersionsAddIsSkippedAndNamed() throws IOException {
        var reader = reader(HEADER + "{\"type\":\"returned\",\"new\":{\"type\":\"x\",\"a\":[1,{}]},\"owner\":2,\"request\":1}\n"
                + "{\"type\":\"heartbeat\",\"owner\":2}\n"
                + "{\"type\":\"happening\",\"kind\":\"TELEPORTED\",\"step\":3}\n");

        assertThat(all(reader)).hasSize(3);
        assertThat(reader.unknown()).containsOnlyKeys("heartbeat", "happening TELEPORTED");
        assertThat(reader.torn()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"type\":\"returned\",\"owner\":\"two\"}",
        "{\"type\":\"returned\",\"owner\":99999999999999999999999}",
        "{\"type\":\"invoked\",\"primitive\":\"x\"}",
        "{\"type\":\"invoked\"}",
        "{\"type\":\"returned\",\"outcome\":{}}",
        "{\"type\":\"returned\",\"outcome\":null}",
        "{\"type\":\"returned\",\"units\":1.5e999}",
        "not JSON at all",
        "\u0000\u0000\u0000",
    })
    void damagedLinesAreCountedAndSkipped(String damaged) throws IOException {
        var reader = reader(HEADER + damaged + "\n" + RETURNED + "\n");

        assertThat(all(reader)).extracting(Entry::place).contains(3L);
        assertThat(reader.torn()).isGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "hello\n", "{}\n", "{\"a\":1}\n", "[1,2]\n", RETURNED + "\n", "x" + HEADER})
    void whatIsNoRecordIsToldInASentence(String text) {
        assertThatThrownBy(() -> reader(text)).isInstanceOf(NoRecordException.class).hasMessageStartingWith("file is no record of a run:");
    }

    @Test
    void anEmptyFileIsToldInASentence() {
        assertThatThrownBy(() -> reader("")).isInstanceOf(NoRecordException.class).hasMessage("file is empty; it is no record of a run.");
    }

    @Test
    void aLaterFormatIsToldInASentence() {
        assertThatThrownBy(() -> reader(HEADER.replace("\"format\":1", "\"format\":2,\"version\":\"9.0\"")))
                .isInstanceOf(NoRecordException.class)
                .hasMessage("file is a record of format 2, from a later version of Procession (9.0); this one reads format 1.");
    }

    @Test
    void linesLongerThanTheBufferAreRead() throws IOException {
        var long1 = "x".repeat(200_000);
        var reader = reader(HEADER + "{\"type\":\"happening\",\"kind\":\"OVER\",\"detail\":\"" + long1 + "\"}\n" + RETURNED + "\n");

        var entries = all(reader);

        assertThat(entries.getFirst().happening().detail()).isEqualTo(long1);
        assertThat(entries.getLast().place()).isEqualTo(3);
    }
}
