package procession.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.api.Test;

class ChangeEncoderTest {

    static List<Arguments> changes() {
        return List.of(
                Arguments.of(new Change.Lane(2, "client-\"1\"", 9120, 1, false, 1_500),
                        "{\"c\":\"lane\",\"id\":2,\"name\":\"client-\\\"1\\\"\",\"pid\":9120,\"parent\":1,\"joined\":false,\"at\":1.5}"),
                Arguments.of(new Change.Gone(2, "returned", false, 2_000), "{\"c\":\"gone\",\"id\":2,\"how\":\"returned\",\"bad\":false,\"at\":2}"),
                Arguments.of(new Change.Thing("1.1", "lock 'it'", Change.Kind.LOCK, "", 0, 0),
                        "{\"c\":\"thing\",\"id\":\"1.1\",\"label\":\"lock 'it'\",\"kind\":\"LOCK\",\"variant\":\"\",\"size\":0,\"at\":0}"),
                Arguments.of(new Change.Over("1.1", 1), "{\"c\":\"over\",\"id\":\"1.1\",\"at\":0.001}"),
                Arguments.of(new Change.Bar(7, 2, "1.1", Change.Bar.What.HOLD, "", 3, 1, "", 5, 12_345, "anna", 1_000_020),
                        "{\"c\":\"bar\",\"id\":7,\"lane\":2,\"thing\":\"1.1\",\"what\":\"HOLD\",\"wants\":\"\",\"fence\":3,\"units\":1,\"mode\":\"\","
                                + "\"strand\":5,\"waited\":12.345,\"after\":\"anna\",\"at\":1000.02}"),
                Arguments.of(new Change.Units(7, 2, 0), "{\"c\":\"units\",\"id\":7,\"units\":2,\"at\":0}"),
                Arguments.of(new Change.End(7, "released", 0, 0), "{\"c\":\"end\",\"id\":7,\"how\":\"released\",\"grants\":0,\"at\":0}"),
                Arguments.of(new Change.Level("1.1", "to 1", 4, 0), "{\"c\":\"level\",\"thing\":\"1.1\",\"name\":\"to 1\",\"value\":4,\"at\":0}"),
                Arguments.of(new Change.Arrow("1.1", Change.Arrow.What.ITEM, new Change.Point(2, 1_000), new Change.Point(3, 2_000)),
                        "{\"c\":\"arrow\",\"thing\":\"1.1\",\"what\":\"ITEM\",\"from\":{\"lane\":2,\"at\":1},\"to\":{\"lane\":3,\"at\":2}}"),
                Arguments.of(new Change.Mark(Change.Mark.What.GAP, 0, "", "7 are missing", 0),
                        "{\"c\":\"mark\",\"what\":\"GAP\",\"lane\":0,\"thing\":\"\",\"text\":\"7 are missing\",\"at\":0}"),
                Arguments.of(new Change.Closed(true, 0), "{\"c\":\"closed\",\"orderly\":true,\"at\":0}"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeIsOneObjectOnOneLine(Change change, String line) {
        assertThat(ChangeEncoder.line(change)).isEqualTo(line);
    }

    @Test
    void aHeaderNamesTheRunAndItsUnit() {
        assertThat(ChangeEncoder.line(new Header("demo", "1.0", "2026-11-25T09:00:00Z", 12))).isEqualTo(
                "{\"c\":\"header\",\"run\":\"demo\",\"version\":\"1.0\",\"start\":\"2026-11-25T09:00:00Z\",\"pid\":12,\"unit\":\"us\"}");
    }

    @Test
    void timesAreWrittenWithTheDigitsOfJsonWhateverTheUsersLanguageIs() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.of("ar", "EG"));
        try {
            assertThat(ChangeEncoder.micros(1_005)).isEqualTo("1.005");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.001", "999, 0.999", "1000, 1", "1010, 1.01", "-1, -0.001", "-1500, -1.5", "9223372036854775807, 9223372036854775.807"})
    void nanosecondsAreMicrosecondsExactly(long nanos, String micros) {
        assertThat(ChangeEncoder.micros(nanos)).isEqualTo(micros);
    }
}
