package procession.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a run that this process has joined counts as over; this process plays its main process, too. */
class MembershipTest {

    @TempDir
    Path folder;

    private ServerSocket main;
    private Path file;

    @BeforeEach
    void listen() throws Exception {
        main = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        file = Files.writeString(folder.resolve("demo.run"), "");
    }

    @AfterEach
    void close() throws Exception {
        main.close();
    }

    private Membership membership(String token) {
        var run = RunFolderTest.run("demo", RunFolderTest.PID, token);
        return new Membership(new RunSearch.Found(new RunFile(run.name(), run.system(), run.keeper(),
                "akka://x@127.0.0.1:" + main.getLocalPort(), run.pid(), run.token(), run.authKey(), run.version(), run.settings()), file));
    }

    private Membership membership() {
        return membership(OsProcess.startToken(RunFolderTest.PID));
    }

    @Test
    void whileMainLivesAndItsFileIsThereItGoesOn() throws Exception {
        main.close();

        assertThat(membership().isOver()).isFalse();
    }

    @Test
    void aFileThatIsGoneIsNoEvidenceAsLongAsSomebodyListens() throws Exception {
        Files.delete(file);

        assertThat(membership().isOver()).isFalse();
    }

    @Test
    void withoutFileAndListenerItIsOverThoughMainsJvmLives() throws Exception {
        Files.delete(file);
        main.close();

        assertThat(membership().isOver()).isTrue();
    }

    @Test
    void whenMainIsGoneOrItsPidIsAnothersItIsOver() {
        assertThat(membership("another start").isOver()).isTrue();
    }

    @Test
    void whatMainSaysCountsAtOnce() throws Exception {
        var membership = membership();

        membership.runOver();

        membership.awaitOver();
        assertThat(membership.isOver()).isTrue();
    }

    @Test
    void whoIsTurnedAwayAfterTheEndOfTheRunOrWhileItLeavesLivesOn() {
        var afterTheEnd = membership();
        afterTheEnd.begins();
        afterTheEnd.runOver();
        afterTheEnd.turnedAway();

        var leaving = membership();
        leaving.begins();
        leaving.ends();
        leaving.turnedAway();

        assertThat(leaving.isLetGo()).isTrue();
    }
}
