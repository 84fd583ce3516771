package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code procession doctor}: what it finds, and that it tells a machine that is well from one that is not. */
@Timeout(240)
class DoctorIT {

    @TempDir
    Path directory;

    private Typed doctor(String... arguments) throws Exception {
        return Typed.command(directory, Duration.ofMinutes(1), "doctor", arguments);
    }

    @Test
    void aMachineThatIsWellFormsACluster() throws Exception {
        var typed = doctor("--processes", "2");

        assertThat(typed.code()).as(typed.toString()).isZero();
        assertThat(typed.out()).doesNotContain("FAIL").contains("ok    jdk ").contains("ok    network ").contains("; 2 processes take some ")
                .containsPattern("ok    start +a cluster of two processes: main took \\d+ ms, a child \\d+ ms");
        assertThat(typed.err()).isEmpty();
    }

    @Test
    void aSettingThatIsWrongIsAFindingAndTheRestIsLookedAtAllTheSame() throws Exception {
        var config = Files.writeString(directory.resolve("wrong.conf"), "procession.port = x");

        var typed = doctor("--config", config.toString());

        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.out()).contains("FAIL  settings       procession.port is 'x'").contains("ok    temporary ").contains("→ ")
                .doesNotContain("start  ");
        assertThat(typed.err()).isEmpty();
    }

    @Test
    void aConfiguredPortThatIsTakenIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = Files.writeString(directory.resolve("taken.conf"), "procession.port = " + taken.getLocalPort());

            var typed = doctor("--config", config.toString(), "--no-start");

            assertThat(typed.code()).isEqualTo(3);
            assertThat(typed.out()).contains("FAIL  network        port " + taken.getLocalPort() + " of 127.0.0.1: ");
        }
    }

    @Test
    void theSameAsJson() throws Exception {
        var typed = doctor("--no-start", "--json");

        var checks = new ArrayList<String>();
        try (var json = new JsonFactory().createParser(typed.out())) {
            for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME && json.currentName().equals("check")) {
                    checks.add(json.nextTextValue());
                }
            }
        }
        assertThat(checks).contains("jdk", "memory", "threads", "open files", "settings", "network", "run folder").doesNotContain("start");
    }

    @Test
    void aNumberOfProcessesThatIsNoneIsRefused() throws Exception {
        doctor("--processes", "0").refused(2, "--processes takes a number from 1 to ");
    }
}
