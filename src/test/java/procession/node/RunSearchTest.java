package procession.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import procession.ClusterException;
import procession.RunNotFoundException;

class RunSearchTest {

    private static final long PID = RunFolderTest.PID;

    @TempDir
    Path temporary;

    private int me;
    private RunFolder folder;
    private Process other;

    @BeforeEach
    void startSomethingElse() throws IOException {
        me = (int) Files.getAttribute(temporary, "unix:uid");
        folder = new RunFolder(temporary.resolve("runs"), me);
        other = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void endIt() {
        other.destroyForcibly();
    }

    private RunFile ofOther(String name) {
        return RunFolderTest.run(name, other.pid(), OsProcess.startToken(other.pid()));
    }

    private RunFile find(String name) {
        return RunSearch.find(name, List.of(folder)).run();
    }

    @Test
    void aRunIsFoundByItsName() throws Exception {
        folder.publish(RunFolderTest.running("one"));
        folder.publish(ofOther("two"));

        assertThat(find("two").pid()).isEqualTo(other.pid());
    }

    @Test
    void whereNoneIsTheFolderIsNamed() {
        assertThatThrownBy(() -> find("demo")).isInstanceOf(RunNotFoundException.class)
                .hasMessage("There is no run 'demo' of yours; none is going on (looked in " + folder.path() + ").");
    }

    @Test
    void aWrongNameNamesThoseThereAre() throws Exception {
        folder.publish(RunFolderTest.running("one"));
        folder.publish(ofOther("two"));

        assertThatThrownBy(() -> find("three")).isInstanceOf(RunNotFoundException.class)
                .hasMessage("There is no run 'three' of yours; there are one, two.");
    }

    @Test
    void twoOfANameAreListedAndEachIsFoundByItsPid() throws Exception {
        folder.publish(RunFolderTest.running("demo"));
        folder.publish(ofOther("demo"));

        assertThatThrownBy(() -> find("demo")).isInstanceOf(RunNotFoundException.class)
                .hasMessageStartingWith("There are 2 runs 'demo'; join one of ")
                .hasMessageContainingAll("demo-" + PID, "demo-" + other.pid());
        assertThat(find("demo-" + other.pid()).pid()).isEqualTo(other.pid());
        assertThat(find("demo-" + PID).pid()).isEqualTo(PID);
    }

    @Test
    void everyFolderIsLookedIn() throws Exception {
        folder.publish(RunFolderTest.running("demo"));
        var empty = new RunFolder(temporary.resolve("empty"), me);

        var found = RunSearch.find("demo", List.of(empty, folder));

        assertThat(found.file()).exists().hasParent(folder.path());
    }

    @Test
    void aFolderThatCannotBeTrustedIsNamedWhereItMayHaveTheRun() throws Exception {
        folder.publish(RunFolderTest.running("demo"));
        var foreign = new RunFolder(temporary.resolve("foreign"), me + 1);
        Files.createDirectory(foreign.path());

        assertThat(RunSearch.find("demo", List.of(foreign, folder)).run().name()).isEqualTo("demo");
        assertThatThrownBy(() -> RunSearch.find("other", List.of(foreign, folder))).isInstanceOf(ClusterException.class)
                .hasMessage("Runs cannot be looked for in " + foreign.path() + ": it belongs to somebody else; have it removed.");
    }

    @Test
    void aRunThatIsNamedByItsPidIsListedByThatOnceAndByTheOthersNamesAndPids() throws Exception {
        folder.publish(RunFolderTest.running("run-" + PID));
        folder.publish(RunFolderTest.running("demo"));

        assertThat(Running.all(List.of(folder))).extracting(Running::label).containsExactlyInAnyOrder("run-" + PID, "demo-" + PID);
    }

    @Test
    void aFileInAnotherFormatSaysWhichProcessionWroteIt() throws Exception {
        var text = RunFolderTest.running("demo").text().replace("format=1", "format=2").replaceAll("(?m)^(system|key|settings)=.*\n", "");

        var run = RunFile.of(text);

        assertThat(run.version()).isEqualTo("1.0, format 2");
        assertThat(run.label()).isEqualTo("demo-" + PID);
    }
}
