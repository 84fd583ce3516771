package procession.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebugTargetTest {

    @ParameterizedTest
    @CsvSource({
        "client-1,              client-1,      0",
        "client-1:6000,         client-1,      6000",
        "Process-1:2,           Process-1:2,   0",
        "Process-1:2:1024,      Process-1:2,   1024",
        "stage:parse,           stage:parse,   0",
        "Process-1:1023,        Process-1:1023, 0",
    })
    void whatIsBehindTheLastColonIsAPortUnlessAProcessCanBeCalledSo(String setting, String name, int port) {
        assertThat(DebugTarget.of(setting)).isEqualTo(new DebugTarget(name, port));
    }

    @Test
    void nothingIsNobody() {
        assertThat(DebugTarget.of("")).isNull();
    }
}
