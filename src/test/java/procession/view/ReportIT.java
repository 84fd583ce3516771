package procession.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** A report of a hundred processes in a real browser, from a file. */
@Timeout(120)
class ReportIT {

    private static final SampleChanges SAMPLE = SampleChanges.of(100, 200);

    @TempDir
    static Path directory;

    private static Browser browser;
    private static Path file;

    @BeforeAll
    static void aReportIsWritten() throws Exception {
        file = directory.resolve("crowd.html");
        try (var out = Files.newBufferedWriter(file)) {
            new Page().report(SAMPLE.lines().iterator(), out);
        }
        browser = Browser.start(directory);
    }

    @AfterAll
    static void theBrowserEnds() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void itIsOpened() {
        browser.prefer("light");
        browser.open(file);
        browser.await("procession.drawn > 0");
    }

    private void choose(String what) {
        var place = "procession.place('" + what + "')";
        browser.clickAt(((Number) browser.of(place + ".x")).intValue(), ((Number) browser.of(place + ".y")).intValue());
        browser.await("procession.chosen === '" + what + "'");
    }

    @Test
    void itHasEachLaneAndEachBar() {
        assertThat(browser.number("lanes")).isEqualTo(100);
        assertThat(browser.number("holds")).isEqualTo(SAMPLE.holds());
        assertThat(browser.number("waits")).isEqualTo(SAMPLE.waits());
        assertThat(browser.number("changes")).isEqualTo(SAMPLE.lines().size());
        assertThat(browser.text("status")).isEqualTo("ended");
    }

    @Test
    void aLevelThatChangesFasterThanCanBeSeenIsDrawnAsItIsAfterwards() {
        var drawn = browser.of("JSON.stringify(procession.stretches([0, 10, 10.2, 10.4], [1, 20, 7, 0], 100))");

        assertThat(drawn).isEqualTo("[[0,10,1],[10,10.4,20],[10.4,100,0]]");
    }

    @Test
    void nothingIsAskedForAndNothingComplained() {
        assertThat(browser.requests()).allMatch(address -> address.startsWith("file:") || address.startsWith("data:"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatWentWrongStandsOut() {
        assertThat(browser.text("alerts")).contains("Abandoned", "worker-99 died holding lock 'ledger'", "worker-99: killed by signal 9");
    }

    @Test
    void aBarThatIsClickedIsToldOf() {
        choose("HOLD");

        assertThat(browser.text("panel")).contains("Held", "Process", "worker-", "Pid", "Fence", "Waited before");
    }

    @Test
    void theKeysGoFromBarToBarAndLetGo() {
        choose("HOLD");
        var first = browser.text("panel");

        browser.type(Keys.ARROW_DOWN);
        assertThat(browser.text("panel")).isNotEqualTo(first);

        browser.type(Keys.ESCAPE);
        browser.await("procession.chosen === null && document.getElementById('panel').hidden");
    }

    @Test
    void zoomingInShowsLessTimeAndZeroShowsAll() {
        long all = browser.number("span");

        browser.type("+");
        browser.await("procession.span < " + all * 0.6);
        browser.type("0");

        browser.await("procession.span > " + all * 0.99);
    }

    @Test
    void aFilterShowsOnlyWhatIsCalledSo() {
        browser.type("/");
        browser.type("worker-42");

        browser.await("procession.shownLanes === 1");
    }

    @Test
    void itIsDarkWhereThatIsPreferredAndCanBeSwitched() {
        var light = browser.of("procession.ground");
        browser.prefer("dark");
        browser.await("procession.ground !== '" + light + "'");

        browser.click("theme");

        browser.await("procession.ground === '" + light + "'");
    }
}
