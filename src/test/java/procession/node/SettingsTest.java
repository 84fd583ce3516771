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
        "procession.process.name = \"a\\u0007\" | procession.process.name: A process's name has no control characters",
        "procession.debug = \"client-1:0\"    | procession.debug is 'client-1:0'; its port is from 1024 to 65535",
        "procession.debug = \"client-1:65536\" | procession.debug is 'client-1:65536'; its port is from 1024 to 65535",
        "procession.debug = \"client-1:\"     | procession.debug is 'client-1:'; its port is from 1024 to 65535",
        "procession.debug = \":5005\"         | procession.debug is ':5005', which names no process",
        "procession.debug = MainProcess      | JDK_JAVA_OPTIONS=-agentlib:jdwp=",
        "procession.join.timeout = 10 ms     | procession.join.timeout is 10 ms",
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lock.lend           | maybe | on or off
            start.concurrency   | many  | a whole number
            payload.max         | big   | a number of bytes, such as 64 KiB
            end.flush           | soon  | a time, such as 500 ms or 2 s
            """)
    void aValueOfAnotherKindIsRefusedWithTheKindThatIsWanted(String key, String value, String wanted) {
        assertThatThrownBy(() -> Settings.ofMain(java.util.Map.of("procession." + key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessage("procession." + key + " is '" + value + "'; it is " + wanted + ".");
    }

    @Test
    void childrenAreGivenWhatWasSetAndNotWhatIsForOneProcessAlone() {
        var given = Settings.of(ConfigFactory.parseString(
                "procession { port = 1, name = demo, process.name = visitor, output.dir = there }")).givenAsText();

        assertThat(given).contains("demo").doesNotContain("port", "visitor", "there");
    }

    @Test
    void whoJoinsIsBoundToWhatTheRunSharesAndElseToItsOwnSettings() {
        var run = Settings.of(ConfigFactory.parseString("procession { pipe.buffer = 5000, payload.max = 7000, color = always },"
                + " akka.remote.artery.advanced.compression.actor-refs.max = 7"));

        var joined = Settings.ofJoined(java.util.Map.of("procession.payload.max", 9000, "procession.color", "never",
                "procession.payload.budget", 8000), run.sharedAsText());

        assertThat(joined.pipeBuffer()).isEqualTo(5000);
        assertThat(joined.payloadMax()).isEqualTo(7000);
        assertThat(joined.payloadBudget()).isEqualTo(run.payloadBudget());
        assertThat(joined.color()).isEqualTo("never");
        assertThat(joined.given().getInt("akka.remote.artery.advanced.compression.actor-refs.max")).isEqualTo(7);
    }

    @Test
    void childrenAreGivenTheRecordAsAPathThatMeansTheSameEverywhere() {
        var given = Settings.ofMain(java.util.Map.of("procession.record.file", "runs/my record.jsonl")).givenAsText();

        assertThat(Settings.ofChild(given).recordFile())
                .isEqualTo(java.nio.file.Path.of("runs", "my record.jsonl").toAbsolutePath().toString());
    }

    @Test
    void aPathThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Settings.ofMain(java.util.Map.of("procession.record.file", "a\0b")))
                .isInstanceOf(SettingsException.class).hasMessageContaining("which is no path");
    }
}
