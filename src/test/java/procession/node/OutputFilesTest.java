package procession.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import procession.SettingsException;

class OutputFilesTest {

    @TempDir
    Path temporary;

    private static void line(OutputFiles files, String name, long pid, String line) {
        var bytes = ("…" + line + "…").getBytes(StandardCharsets.UTF_8);
        files.line(name, pid, bytes, 3, bytes.length - 3);
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private OutputFiles inNewFolder() {
        return OutputFiles.in(temporary.resolve("a/b"), "MainProcess", 1);
    }

    @Test
    void eachProcessHasAFileWithItsLines() throws Exception {
        var files = inNewFolder();

        line(files, "client-1", 7, "one");
        line(files, "client-2", 8, "other");
        line(files, "client-1", 7, "");
        line(files, "client-1", 9, "another process of that name");

        assertThat(temporary.resolve("a/b/client-1-7.log")).hasContent("one\n\n");
        assertThat(temporary.resolve("a/b/client-2-8.log")).hasContent("other\n");
        assertThat(temporary.resolve("a/b/client-1-9.log")).hasContent("another process of that name\n");
        assertThat(temporary.resolve("a/b/MainProcess-1.log")).isEmptyFile();
    }

    @Test
    void folderAndFilesAreForTheirOwnerOnly() throws Exception {
        inNewFolder();

        assertThat(modeOf(temporary.resolve("a"))).isEqualTo("rwx------");
        assertThat(modeOf(temporary.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(modeOf(temporary.resolve("a/b/MainProcess-1.log"))).isEqualTo("rw-------");
    }

    @Test
    void aFolderThatIsThereKeepsItsPermissionsAndItsFiles() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(temporary.resolve("MainProcess-1.log"), "before\n");

        line(OutputFiles.in(temporary, "MainProcess", 1), "MainProcess", 1, "now");

        assertThat(modeOf(temporary)).isEqualTo("rwxr-xr-x");
        assertThat(temporary.resolve("MainProcess-1.log")).hasContent("before\nnow\n");
    }

    @Test
    void aNameIsNoWayOutOfTheFolder() {
        line(inNewFolder(), "../x:y", 7, "here");

        assertThat(temporary.resolve("a/b/_._x_y-7.log")).hasContent("here\n");
    }

    @Test
    void manyProcessesDoNotKeepManyFilesOpen() throws Exception {
        var files = inNewFolder();
        for (int round = 0; round < 3; round++) {
            for (int pid = 100; pid < 100 + 3 * OutputFiles.MOST_OPEN; pid++) {
                line(files, "p", pid, "round " + round);
            }
        }

        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.filter(this::isOurs)).hasSizeLessThanOrEqualTo(OutputFiles.MOST_OPEN);
        }
        for (int pid = 100; pid < 100 + 3 * OutputFiles.MOST_OPEN; pid++) {
            assertThat(temporary.resolve("a/b/p-" + pid + ".log")).hasContent("round 0\nround 1\nround 2\n");
        }
    }

    private boolean isOurs(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(temporary.toRealPath());
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void aThreadThatIsInterruptedWritesAsAnyOther() {
        var files = inNewFolder();
        line(files, "p", 7, "before");

        Thread.currentThread().interrupt();
        line(files, "p", 7, "after");

        assertThat(Thread.interrupted()).isTrue();
        line(files, "p", 7, "later");
        assertThat(temporary.resolve("a/b/p-7.log")).hasContent("before\nafter\nlater\n");
    }

    @Test
    void theRunsSecretIsNotWritten() {
        line(inNewFolder(), "p", 7, "Actor[akka://" + Secret.systemName() + "/user/x]");

        assertThat(temporary.resolve("a/b/p-7.log")).hasContent("Actor[akka://procession-node-…/user/x]\n");
    }

    @Test
    void whatIsNoFolderIsRefused() throws Exception {
        var file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> OutputFiles.in(file, "p", 1)).isInstanceOf(SettingsException.class)
                .hasMessage("Output cannot be written to " + file + " (procession.output.dir): it is no folder.");
        assertThatThrownBy(() -> OutputFiles.in(file.resolve("x"), "p", 1)).isInstanceOf(SettingsException.class)
                .hasMessageContaining("Not a directory");
        assertThatThrownBy(() -> OutputFiles.in(Path.of("/proc"), "p", 1)).isInstanceOf(SettingsException.class);
    }
}
