package procession.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import procession.SettingsException;

class SettingsTest {

    @Test
    void theDefaultsAreInRange() {
        var settings = Settings.of(ConfigFactory.empty());

        assertThat(settings.startConcurrency()).isPositive();
        assertThat(settings.payloadBudget()).isGreaterThanOrEqualTo(settings.payloadMax());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "procession.port = 65536             | procession.port is 65536",
        "procession.port = x                 | procession.port is 'x'",
        "procession.color = blue             | procession.color is 'blue'; it is one of auto, always, never",
        "procession.payload.max = 0          | procession.payload.max is 0",
        "procession.payload.budget = 1 KiB   | procession.payload.budget is 1024 bytes",
        "procession.start.timeout = 1 ms     | procession.start.timeout is 1 ms",
        "procession.start.timeout = soon     | procession.start.timeout is 'soon'",
        "procession.host = 192.0.2.1         | procession.host is '192.0.2.1'",
        "procession.start.concurency = 3     | There is no setting procession.start.concurency",
        "procession = 1                      | cannot be read",
        "procession.name = ${nowhere}        | cannot be read",
    })
    void aBadValueIsRefusedAndItsKeyNamed(String setting, String sentence) {
        assertThatThrownBy(() -> Settings.of(ConfigFactory.parseString(setting)))
                .isInstanceOf(SettingsException.class).hasMessageContaining(sentence);
    }

    @Test
    void aTypoInASystemPropertyIsRefusedToo() {
        System.setProperty("procession.start.concurency", "3");
        try {
            ConfigFactory.invalidateCaches();
            assertThatThrownBy(() -> Settings.ofMain(java.util.Map.of()))
                    .isInstanceOf(SettingsException.class).hasMessageContaining("There is no setting procession.start.concurency");
        } finally {
            System.clearProperty("procession.start.concurency");
            ConfigFactory.invalidateCaches();
        }
    }

    @Test
    void childrenAreGivenWhatWasSetAndNotThePort() {
        var given = Settings.of(ConfigFactory.parseString("procession { port = 1, name = demo }")).givenAsText();

        assertThat(given).contains("demo").doesNotContain("port");
    }
}
