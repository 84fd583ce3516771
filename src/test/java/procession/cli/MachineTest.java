package procession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import procession.cli.Finding.Level;

class MachineTest {

    @TempDir
    Path root;

    private void file(String name, String content) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Finding finding(int processes, String what) {
        return new Machine(processes, root).findings().stream().filter(finding -> finding.what().equals(what)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"899, FAIL", "900, WARN", "1349, WARN", "1350, OK"})
    void tenProcessesAndMainNeedNineHundredMegabytesAndHalfAsMuchAgainToBeAtEase(int available, Level level) throws IOException {
        file("proc/meminfo", "MemTotal:  99999999 kB\nMemAvailable:  " + available * 1024 + " kB\n");

        assertThat(finding(10, "memory").level()).isEqualTo(level);
    }

    @Test
    void theLimitOfAContainerCountsWhereItIsLess() throws IOException {
        file("proc/meminfo", "MemAvailable:  99999999 kB\n");
        file("sys/fs/cgroup/memory.max", 1000L * 1024 * 1024 + "\n");
        file("sys/fs/cgroup/memory.current", 400L * 1024 * 1024 + "\n");

        assertThat(finding(10, "memory")).satisfies(memory -> assertThat(memory.found()).startsWith("600 MB available"),
                memory -> assertThat(memory.level()).isEqualTo(Level.FAIL),
                memory -> assertThat(memory.cure()).contains("room for some 5"));
    }

    @Test
    void aContainerWithoutALimitLimitsNothing() throws IOException {
        file("proc/self/limits", "Max processes             unlimited            unlimited            processes \n");
        file("sys/fs/cgroup/pids.max", "max\n");
        file("sys/fs/cgroup/pids.current", "7\n");

        assertThat(finding(10, "threads").found()).startsWith("no limit");
    }

    @ParameterizedTest
    @CsvSource({"329, FAIL", "330, OK"})
    void everyThreadCountsAsAProcessOfItsUser(int limit, Level level) throws IOException {
        file("proc/self/limits", "Max processes             " + limit + "            99999            processes \n");

        assertThat(finding(10, "threads").level()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"259, FAIL", "260, OK"})
    void theMainProcessHasPipesAndConnectionsOfEachChildOpen(int limit, Level level) throws IOException {
        file("proc/self/limits", "Max open files            " + limit + "            99999            files \n");

        assertThat(finding(10, "open files").level()).isEqualTo(level);
    }

    @Test
    void whatASystemDoesNotTellIsNoFault() {
        assertThat(new Machine(10, root).findings()).filteredOn(finding -> finding.level() == Level.FAIL).isEmpty();
    }
}
