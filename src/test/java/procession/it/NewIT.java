package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/procession new}, from an empty folder to a scenario that runs and a test that passes. */
@Timeout(300)
class NewIT {

    @TempDir
    Path directory;

    private Typed make(String... arguments) throws Exception {
        return Typed.command(directory, Duration.ofMinutes(1), "new", arguments);
    }

    @Test
    void whatItWritesRunsAndItsTestPasses() throws Exception {
        var made = make("bounded-buffer");

        assertThat(made.err()).isEmpty();
        assertThat(made.code()).isZero();
        var source = "bounded-buffer/src/main/java/boundedbuffer/BoundedBuffer.java";
        var test = "bounded-buffer/src/test/java/boundedbuffer/BoundedBufferTest.java";
        assertThat(made.out()).contains("run " + source, test, "mvn -f bounded-buffer/pom.xml test");
        assertThat(Typed.run(directory, source, "--workers", "2").passed("bounded-buffer").lastLine()).endsWith("2 workers took their turns");
        var tested = UsersTest.of(directory.resolve("classes"), directory.resolve(source), directory.resolve(test));
        assertThat(tested.code()).as(tested.out()).isZero();
        assertThat(tested.out()).contains("2 tests successful");
    }

    @Test
    void anotherFolderMayBeNamed() throws Exception {
        Files.createDirectory(directory.resolve("mine"));

        assertThat(make("relay", "--folder", "mine").out()).contains("run mine/relay/src/main/java/relay/Relay.java");

        assertThat(directory.resolve("mine/relay/pom.xml")).isRegularFile();
    }

    @Test
    void whatIsThereIsNotWrittenOver() throws Exception {
        Files.createDirectory(directory.resolve("relay"));

        make("relay").refused(2, "relay is there already; nothing is written over it");

        assertThat(directory.resolve("relay")).isEmptyDirectory();
    }

    @Test
    void aWrongNameIsRefusedAndMakesNothing() throws Exception {
        make("int").refused(2, "Java does not allow a package 'int'");
        make("../relay").refused(2, "'../relay' is no name for a scenario");
        make().refused(2, "a new what?");
        make("relay", "--folder", "nowhere").refused(2, "There is no folder nowhere");

        assertThat(directory).isEmptyDirectory();
    }
}
