package procession.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    static final long PID = ProcessHandle.current().pid();

    @TempDir
    Path temporary;

    private int me;
    private RunFolder folder;

    @BeforeEach
    void whoAmI() throws IOException {
        me = (int) Files.getAttribute(temporary, "unix:uid");
        folder = new RunFolder(temporary.resolve("runs"), me);
    }

    static RunFile run(String name, long pid, String token) {
        return new RunFile(name, Secret.systemName(), "akka://x/system/keeper#1", "akka://x@127.0.0.1:1", pid, token, new byte[] {1, -1},
                "1.0", "{\"procession\":{\"host\":\"127.0.0.1\"}}");
    }

    static RunFile running(String name) {
        return run(name, PID, OsProcess.startToken(PID));
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void filesOfProcessesThatWereKilledAreRemovedAndOneThatIsUsedMeanwhileIsPassedOver() throws Exception {
        folder.place("killed.debug", PID + " another\n");
        folder.place("lives.debug", PID + " " + OsProcess.startToken(PID) + "\n");
        // As one that is gone when it is its turn to be read.
        Files.createSymbolicLink(folder.path().resolve("used.debug"), folder.path().resolve("nowhere"));

        folder.removeStale(".debug");

        assertThat(files()).containsExactly("lives.debug", "used.debug");
    }

    @Test
    void aRunThatIsPublishedIsFoundAgainAsItWas() throws Exception {
        var run = running("dëmo = \\ #1\n");

        folder.publish(run);

        assertThat(folder.runs()).singleElement().usingRecursiveComparison().isEqualTo(run);
    }

    @Test
    void folderAndFileAreForTheirOwnerOnlyAndNothingElseIsLeft() throws Exception {
        var file = folder.publish(running("demo"));

        assertThat(modeOf(folder.path())).isEqualTo("rwx------");
        assertThat(modeOf(file)).isEqualTo("rw-------");
        assertThat(files()).containsExactly("demo-" + PID + ".run");
    }

    @Test
    void aNameBecomesPartOfAFilesNameWhateverIsInIt() {
        assertThat(running("../../etc/x y").fileName()).isEqualTo("_._.._etc_x_y-" + PID + ".run");
        assertThat(running("x".repeat(1000)).fileName()).hasSizeLessThan(130);
    }

    @Test
    void theSocketOfARunWhoseMainProcessIsGoneIsRemovedAndNoOther() throws Exception {
        folder.publish(run("killed", 0x7fffffffL, "1"));
        for (var name : List.of("2147483647.sock", "2147483646.sock", PID + ".sock", "x.sock")) {
            Files.createFile(folder.path().resolve(name));
        }

        folder.runs();

        assertThat(files()).containsExactlyInAnyOrder(PID + ".sock", "x.sock");
    }

    @Test
    void theFileOfARunWhoseMainProcessIsGoneIsRemoved() throws Exception {
        folder.publish(run("killed", 0x7fffffffL, "1"));
        folder.publish(run("pid of another", PID, "another start"));
        folder.publish(running("alive"));

        assertThat(folder.runs()).extracting(RunFile::name).containsExactly("alive");
        assertThat(files()).containsExactly("alive-" + PID + ".run");
    }

    @Test
    void whatIsNoRunFileIsLeftAlone() throws Exception {
        folder.publish(running("alive"));
        Files.writeString(folder.path().resolve("torn.run"), "format=1\nname=torn\n");
        Files.writeString(folder.path().resolve("notes.txt"), "hello");
        Files.createSymbolicLink(folder.path().resolve("link.run"), folder.path().resolve("alive-" + PID + ".run"));

        assertThat(folder.runs()).extracting(RunFile::name).containsExactly("alive");
        assertThat(files()).contains("torn.run", "notes.txt", "link.run");
    }

    @Test
    void aFolderThatIsNotThereHasNoRuns() throws Exception {
        assertThat(folder.runs()).isEmpty();
        assertThat(folder.path()).doesNotExist();
    }

    private void isRefused(RunFolder refused, String why) {
        assertThatThrownBy(refused::runs).isInstanceOf(IOException.class).hasMessageContaining(why);
        assertThatThrownBy(() -> refused.publish(running("demo"))).isInstanceOf(IOException.class).hasMessageContaining(why);
    }

    @Test
    void aFolderOfSomebodyElseIsRefused() throws Exception {
        folder.publish(running("lure"));

        isRefused(new RunFolder(folder.path(), me + 1), "belongs to somebody else");
    }

    @Test
    void aFolderThatOthersMayReadOrWriteIsRefused() throws Exception {
        for (var mode : List.of("rwx--x---", "rwx---r--", "rwx----w-")) {
            Files.createDirectories(folder.path());
            Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString(mode));

            isRefused(folder, "others may read or write it");
        }
    }

    @Test
    void aLinkInThePlaceOfTheFolderIsRefused() throws Exception {
        var target = new RunFolder(temporary.resolve("elsewhere"), me);
        target.publish(running("lure"));
        Files.createSymbolicLink(folder.path(), target.path());

        isRefused(folder, "it is no folder");
    }

    @Test
    void theSystemsFolderForSuchFilesComesBeforeTheOneForTemporaryFiles() {
        assertThat(RunFolder.all(temporary.toString(), Path.of("/tmp"), "ann", me)).extracting(RunFolder::path)
                .containsExactly(temporary.resolve("procession"), Path.of("/tmp/procession-ann"));
    }

    @Test
    void aSystemsFolderThatIsNotOursOrNotThereIsPassedOver() {
        for (var runtime : List.of("", "relative", temporary.resolve("missing").toString())) {
            assertThat(RunFolder.all(runtime, Path.of("/tmp"), "ann", me)).extracting(RunFolder::path)
                    .containsExactly(Path.of("/tmp/procession-ann"));
        }
        assertThat(RunFolder.all(temporary.toString(), Path.of("/tmp"), "a/b", me + 1)).extracting(RunFolder::path)
                .containsExactly(Path.of("/tmp/procession-a_b"));
    }

    @Test
    void theSecretsOfARunAreNotShown() {
        var run = running("demo");

        assertThat(run.toString()).isEqualTo("RunFile[demo-" + PID + "]");
    }
}
