package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is recorded by the command, in which a client is killed with the lock; and what the command makes of its record. */
@Timeout(240)
class RecordIT {

    private static final String RECORD = "sales.jsonl";

    @TempDir
    static Path directory;

    private static Typed recorded;

    @BeforeAll
    static void aRunIsRecorded() throws Exception {
        recorded = Typed.run(directory, "ticket-sales", "--clients", "3", "--tickets", "3", "--pace", "0.01", "--kill", "client-2",
                "--record", RECORD);
    }

    private static Typed check(String file) throws Exception {
        return Typed.command(directory, Duration.ofMinutes(1), "check", file);
    }

    @Test
    void theRunGoesOnAsWithoutARecordThatOnlyItsOwnerReads() throws Exception {
        recorded.passed("ticket-sales");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(RECORD)))).isEqualTo("rw-------");
    }

    @Test
    void everyLawHolds() throws Exception {
        var checked = check(RECORD);

        assertThat(checked.err()).isEmpty();
        assertThat(checked.out()).contains("4 processes, 1 killed").endsWith("All 17 laws hold.\n")
                .doesNotContain("missing", "torn", "cut short", "no end");
        assertThat(checked.code()).isZero();
    }

    @Test
    void whatWasChangedAfterwardsIsFoundWithItsLine() throws Exception {
        var lines = Files.readAllLines(directory.resolve(RECORD));
        int told = lines.indexOf(lines.stream().filter(line -> line.contains("\"outcome\":\"Granted\"")).findFirst().orElseThrow());
        lines.set(told, lines.get(told).replaceFirst("\"number\":\\d+", "\"number\":4711"));
        Files.write(directory.resolve("forged.jsonl"), lines);

        var checked = check("forged.jsonl");

        assertThat(checked.code()).isEqualTo(4);
        assertThat(checked.err()).isEmpty();
        assertThat(checked.out()).contains("BROKEN: outcomes agree.", "line " + (told + 1) + ": ", "number 4711");
    }

    @Test
    void aRecordIsNotWrittenOver() throws Exception {
        var before = Files.readString(directory.resolve(RECORD));

        Typed.run(directory, "--record", RECORD, "ticket-sales").refused(2, "sales.jsonl, which --record names, is there already");

        assertThat(directory.resolve(RECORD)).hasContent(before);
    }
}
