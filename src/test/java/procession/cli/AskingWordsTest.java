package procession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import procession.UsageException;
import procession.ask.Fields;

/** How answers of a running program are shown to people. */
class AskingWordsTest {

    private static Fields primitive(String kind, Map<String, Object> counts, List<Map<String, Object>> holders) {
        return new Fields(Map.of("id", "1.1", "kind", kind, "counts", counts, "holders", holders, "holding", holders.size(), "waiting", 2));
    }

    private static Map<String, Object> holder(String process, String how, double seconds) {
        return Map.of("process", process, "pid", 7, "how", how, "seconds", seconds);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 s", "3.28, 3.2 s", "59.96, 59.9 s", "60, 1 min 0 s", "7384, 2 h 3 min"})
    void durationsAreRoundedDown(double seconds, String words) {
        assertThat(Told.lasting(seconds)).isEqualTo(words);
    }

    @Test
    void aLockIsFreeHeldOrLent() {
        assertThat(Told.state(primitive("lock", Map.of("sleeping", 0), List.of()))).isEqualTo("free");
        assertThat(Told.state(primitive("lock", Map.of("sleeping", 2), List.of(holder("a", "held", 1.26)))))
                .isEqualTo("held by a (7), 1.2 s; 2 asleep");
        assertThat(Told.state(primitive("re-entrant lock", Map.of(), List.of(holder("a", "lent", 2))))).isEqualTo("lent to a (7), 2.0 s");
    }

    @Test
    void ofManyHoldersTheFirstAreNamedAndAllAreCounted() {
        var holders = List.of(holder("a", "owed", 1), holder("b", "owed", 1), holder("c", "owed", 1));

        assertThat(Told.state(primitive("semaphore", Map.of("value", 2), holders))).isEqualTo("2 free; owed by a (7), b (7) +1");
    }

    @Test
    void otherPrimitivesTellWhatThereIsToCount() {
        assertThat(Told.state(primitive("joinable queue", Map.of("size", 1, "full", 1, "unfinished", 3), List.of())))
                .isEqualTo("1 item, full; 3 unfinished");
        assertThat(Told.state(primitive("event", Map.of("set", 1), List.of()))).isEqualTo("set");
        assertThat(Told.state(primitive("barrier", Map.of("parties", 3), List.of()))).isEqualTo("2 of 3 have come");
        assertThat(Told.state(primitive("something new", Map.of("size", 3), List.of()))).isEqualTo("size 3");
    }

    @Test
    void columnsAreAsWideAsWhatIsInThemAndEmptyOnesAreLeftOut() {
        var table = new Columns(">PID", "NAME", "EMPTY", "HOLDS");
        table.row("7", "long name", "", "");
        table.row("1234", "a", "", "lock");
        var bytes = new ByteArrayOutputStream();

        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines(" PID  NAME       HOLDS\n   7  long name\n1234  a          lock\n");
    }

    @Test
    void whoIsAskedWhichMayTypeItsNameOrItsPlace() {
        var labels = List.of("0.1 lock 'till'", "one-4711", "4712");

        assertThat(Choice.index("0.1", labels)).isZero();
        assertThat(Choice.index("one-4711", labels)).isEqualTo(1);
        assertThat(Choice.index("4712", labels)).isEqualTo(2);
        assertThat(Choice.index("2", labels)).isEqualTo(1);
        assertThatThrownBy(() -> Choice.index("4", labels)).isInstanceOf(UsageException.class).hasMessage("'4' is none of these.");
        assertThatThrownBy(() -> Choice.index("", labels)).isInstanceOf(UsageException.class).hasMessage("Nothing was chosen.");
    }
}
