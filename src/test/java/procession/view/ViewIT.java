package procession.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import procession.core.Happening;
import procession.it.BuiltCommand;
import procession.record.RecordedRun;

/** A run of {@code ticket-sales} in a real browser while it goes on; then what it left: its record and its report. */
@Timeout(240)
class ViewIT {

    private static final String WATCH = "procession: watch this run at ";

    @TempDir
    static Path directory;

    private static Browser browser;
    private static Map<Happening.Kind, Long> recorded;
    private static Map<String, Object> live;
    private static String status;
    private static Object reopened;

    /** The page is open before the first client is there, and until the run has ended. */
    @BeforeAll
    static void aRunIsWatched() throws Exception {
        browser = Browser.start(directory);
        var command = BuiltCommand.of(new ProcessBuilder(BuiltCommand.path().toString(), "run", "--view", "--keep", "--record", "sales.jsonl",
                "--report", "sales.html", "ticket-sales", "--clients", "4", "--tickets", "3", "--pace", "0.2", "--kill", "client-2"))
                .directory(directory.toFile()).redirectOutput(directory.resolve("out").toFile()).start();
        try (var said = new BufferedReader(new InputStreamReader(command.getErrorStream()))) {
            var address = said.lines().filter(line -> line.startsWith(WATCH)).findFirst().orElseThrow().substring(WATCH.length());
            browser.open(address);
            browser.await("procession.connection === 'live'");
            browser.await("procession.holds > 0 && procession.drawn > 0");
            assertThat(said.lines().anyMatch(line -> line.contains("its page stays at"))).isTrue();
            browser.await("procession.closed");
            live = figures();
            browser.await("document.getElementById('status').innerText === 'ended'");
            status = browser.text("status");
            browser.open(address);
            browser.await("procession.connection === 'over' && procession.drawn > 0");
            reopened = browser.of("procession.showsAll");
        } finally {
            command.destroy();
            assertThat(command.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        recorded = kinds(directory.resolve("sales.jsonl"));
    }

    @AfterAll
    static void theBrowserEnds() {
        if (browser != null) {
            browser.close();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> figures() {
        return (Map<String, Object>) browser.of("{lanes: procession.lanes, things: procession.things, arrows: procession.arrows,"
                + " marks: procession.marks.join(), grants: procession.summary.reduce((sum, row) => sum + row.grants, 0),"
                + " waits: procession.waits, alerts: procession.alerts}");
    }

    private static Map<Happening.Kind, Long> kinds(Path record) throws Exception {
        try (var run = RecordedRun.open(record)) {
            var kinds = new java.util.ArrayList<Happening.Kind>();
            for (var step = run.next(); step.isPresent(); step = run.next()) {
                if (step.get() instanceof RecordedRun.Step.Happened(var happening)) {
                    kinds.add(happening.kind());
                }
            }
            return kinds.stream().collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));
        }
    }

    @Test
    void thePageHasCountedWhatWasRecorded() {
        assertThat(live).containsEntry("lanes", recorded.get(Happening.Kind.PROCESS_STARTED))
                .containsEntry("things", recorded.get(Happening.Kind.MADE));
        assertThat((Long) live.get("grants")).isGreaterThanOrEqualTo(recorded.get(Happening.Kind.GRANTED));
        assertThat(live.get("marks")).isEqualTo("ABANDONED");
        assertThat(live).containsEntry("alerts", 2L);
        assertThat(status).isEqualTo("ended");
    }

    @Test
    void aPageThatIsOpenedAfterTheEndShowsTheWholeRun() {
        assertThat(reopened).isEqualTo(true);
    }

    @Test
    void theReportShowsTheSameAndIsItsUsersAlone() throws Exception {
        var report = directory.resolve("sales.html");

        browser.open(report);
        browser.await("procession.drawn > 0");

        assertThat(figures()).isEqualTo(live);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report))).isEqualTo("rw-------");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theBrowserHasAskedNobodyElse() {
        assertThat(browser.requests()).isNotEmpty()
                .allMatch(address -> address.startsWith("http://127.0.0.1:") || address.startsWith("file:") || address.startsWith("data:"));
    }
}
