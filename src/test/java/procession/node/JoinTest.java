package procession.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import procession.ClusterException;
import procession.Procession;

/** What is seen of joining without another JVM. */
class JoinTest {

    @Test
    void aRunHasItsFileWhileItIsOpen() {
        var name = "test-" + RunFolderTest.PID;
        try (var run = Procession.start(Map.of("procession.name", name))) {
            var found = RunSearch.find(run.name());

            assertThat(found.file()).exists();
            assertThat(found.run().pid()).isEqualTo(RunFolderTest.PID);
            assertThat(found.run().version()).isEqualTo(RunFile.ownVersion());
            run.close();
            assertThat(found.file()).doesNotExist();
        }
    }

    @Test
    void aRunOfAnotherVersionIsNotJoined() throws Exception {
        var name = "other-version-" + RunFolderTest.PID;
        var file = RunFolder.all().getFirst().publish(RunFolderTest.running(name));
        try {
            assertThatThrownBy(() -> Procession.join(name)).isInstanceOf(ClusterException.class)
                    .hasMessage("The run '" + name + "' is one of Procession 1.0 and cannot be joined by " + RunFile.ownVersion()
                            + "; use the same version for both.");
        } finally {
            Files.delete(file);
        }
    }
}
