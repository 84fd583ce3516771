package procession.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import procession.Procession;
import procession.record.Judgement;

/** What the extension does for tests, and what it keeps of those that fail. */
@Timeout(240)
class ProcessionExtensionIT {

    private static final String DIR = "procession.testkit.dir";

    @TempDir
    private Path kept;

    @BeforeEach
    void begin() {
        System.setProperty(DIR, kept.toString());
        Fixtures.SEEN.clear();
        Fixtures.STARTED.clear();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        System.clearProperty(DIR);
        assertThat(Fixtures.STARTED).noneMatch(ProcessHandle::isAlive);
        org.assertj.core.api.Assertions.assertThatThrownBy(Procession::current).isInstanceOf(IllegalStateException.class);
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            var ours = "procession-test-" + ProcessHandle.current().pid() + "-";
            assertThat(temporary.filter(file -> file.getFileName().toString().startsWith(ours))).isEmpty();
        }
    }

    private static EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute();
    }

    private static void allSucceed(Class<?> tests, int number) {
        var results = run(tests);
        assertThat(failures(results)).isEmpty();
        results.testEvents().assertStatistics(statistics -> statistics.started(number).succeeded(number));
    }

    private static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream().map(event -> event.getRequiredPayload(
                org.junit.platform.engine.TestExecutionResult.class).getThrowable().orElseThrow()).toList();
    }

    private static Throwable failure(Class<?> tests) {
        var failures = failures(run(tests));
        assertThat(failures).hasSize(1);
        return failures.getFirst();
    }

    private List<String> files(String folder) throws IOException {
        var root = kept.resolve("procession.testkit.Fixtures." + folder);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).map(file -> root.relativize(file).toString().replaceAll("-\\d+\\.", "-PID."))
                    .sorted().toList();
        }
    }

    private String content(String folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(kept.resolve("procession.testkit.Fixtures." + folder))) {
            return Files.readString(files.filter(file -> file.getFileName().toString().matches(name)).findFirst().orElseThrow());
        }
    }

    // How long things last.

    @Test
    void aStaticOneIsSharedByTheTestsOfAClassAndEachEndsItsOwnProcesses() {
        allSucceed(Fixtures.Shared.class, 3);

        assertThat(Fixtures.SEEN).containsExactly("shared", "shared", "shared");
        assertThat(kept).isEmptyDirectory();
    }

    @Test
    void oneOfAnInstanceBeginsAndEndsWithEachTest() {
        allSucceed(Fixtures.PerTest.class, 2);

        assertThat(Fixtures.SEEN).containsExactly("test 1", "test 2");
        assertThat(kept).isEmptyDirectory();
    }

    @Test
    void noJvmOutlivesATestWhateverItLeavesRunning() {
        allSucceed(Fixtures.Families.class, 1);

        assertThat(Fixtures.SEEN).containsExactly("3 processes");
    }

    @Test
    void typesOfTheTestsPackageMayTravel() {
        allSucceed(Fixtures.Travels.class, 1);

        assertThat(Fixtures.SEEN).containsExactly("Parcel[weight=3]");
    }

    // Failures.

    @Test
    void ofATestThatFailsWhatItsProcessesDidIsKept() throws Exception {
        var failure = failure(Fixtures.Failing.class);

        assertThat(failure).hasMessage("as it should");
        assertThat(failure.getSuppressed()).singleElement().asString()
                .contains(kept.resolve("procession.testkit.Fixtures.Failing").resolve("fails").toString());
        assertThat(files("Failing")).containsExactly(
                "fails/MainProcess-PID.log", "fails/holder-PID.log", "fails/output.txt", "fails/record.jsonl", "fails/summary.txt",
                "fails/threads-MainProcess-PID.txt", "fails/threads-holder-PID.txt", "fails/threads-paused-PID.txt", "fails/trace.json");
    }

    @Test
    void whatIsKeptSaysWhatWasPrintedWhoWaitedAndWhereEachThreadWas() throws Exception {
        failure(Fixtures.Failing.class);

        assertThat(content("Failing/fails", "output.txt")).startsWith("about to fail\n").containsPattern("\\[holder \\d+\\] I hold it\n");
        assertThat(content("Failing/fails", "holder-\\d+.log")).isEqualTo("I hold it\n");
        assertThat(content("Failing/fails", "summary.txt")).contains("Failing.fails has failed.", "Waiting:",
                "paused ASKED never AwaitEvent", "as it should");
        assertThat(content("Failing/fails", "threads-holder-\\d+.txt")).contains("procession.testkit.Fixtures.holds");
        assertThat(content("Failing/fails", "threads-MainProcess-\\d+.txt")).contains("ProcessionExtension");
        assertThat(content("Failing/fails", "threads-paused-\\d+.txt")).contains("was paused (SIGSTOP)");
        assertThat(content("Failing/fails", "trace.json")).contains("\"traceEvents\":[").contains("tickets").endsWith("]}\n");
        assertThat(Judgement.of(kept.resolve("procession.testkit.Fixtures.Failing/fails/record.jsonl")).violations()).isEmpty();
    }

    @Test
    void aTestThatHangsFailsAtItsTimeoutAndItsProcessesAreSeenBeforeTheyAreKilled() throws Exception {
        assertThat(failure(Fixtures.Hanging.class)).isInstanceOf(java.util.concurrent.TimeoutException.class);

        assertThat(files("Hanging")).contains("waitsForEver/threads-holder-PID.txt", "waitsForEver/summary.txt");
    }

    @Test
    void aFailureAfterATestIsKeptToo() throws Exception {
        assertThat(failure(Fixtures.FailingAtItsEnd.class)).hasMessage("at its end");

        assertThat(content("FailingAtItsEnd/succeedsBefore", "threads-child-\\d+.txt")).contains("Fixtures.waits");
    }

    @Test
    void aFailureBeforeAllTestsIsKeptForTheClass() throws Exception {
        assertThat(failure(Fixtures.FailingBeforeAll.class)).hasMessage("before all");

        assertThat(Fixtures.SEEN).isEmpty();
        assertThat(content("FailingBeforeAll/_class", "threads-server-\\d+.txt")).contains("Fixtures.waits");
    }

    @Test
    void whatAnEarlierFailureLeftIsRemovedWhenTheTestSucceeds() throws Exception {
        var old = Files.createDirectories(kept.resolve("procession.testkit.Fixtures.Travels").resolve("typesOfTheTestTravel"));
        Files.writeString(old.resolve("summary.txt"), "old");

        allSucceed(Fixtures.Travels.class, 1);

        assertThat(kept).isEmptyDirectory();
    }

    // Misuse.

    @Test
    void aSecondRunAtTheSameTimeIsRefused() {
        assertThat(failure(Fixtures.TwoExtensions.class)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("that of procession.testkit.Fixtures$TwoExtensions is not over")
                .hasMessageContaining("@ResourceLock(ProcessionExtension.RUN)");
        assertThat(Fixtures.SEEN).isEmpty();
    }

    @Test
    void aSecondTestAtTheSameTimeIsRefusedAndTheFirstGoesOn() {
        var results = EngineTestKit.engine("junit-jupiter").selectors(selectClass(Fixtures.AtOnce.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2").execute();

        assertThat(failures(results)).singleElement().asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
                .hasMessageStartingWith("Two tests at once, ").hasMessageContaining("ExecutionMode.SAME_THREAD");
        assertThat(Fixtures.SEEN).containsExactly("went on");
    }

    @Test
    void aWrongSettingFailsTheClassAndTheNextCanBegin() {
        assertThat(failure(Fixtures.WrongSetting.class)).isInstanceOf(procession.SettingsException.class)
                .hasMessageContaining("procession.prot");

        allSucceed(Fixtures.Travels.class, 1);
    }
}
