package procession.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import procession.Procession;
import procession.RunEndedException;
import procession.SettingsException;
import procession.record.Judgement;

/** Runs of one process that are recorded, as a program asks for it. */
class RecordingTest {

    private static final String FILE = "procession.record.file";

    @TempDir
    Path folder;

    @Test
    void whatAProgramDoesIsInItsRecord() throws Exception {
        var file = folder.resolve("run.jsonl");

        try (var run = Procession.start(Map.of(FILE, file.toString(), "procession.name", "demo"))) {
            var lock = run.lock("tickets");
            lock.acquire().release();
            var queue = run.queue();
            queue.put("item");
            queue.get();
        }

        var judgement = Judgement.of(file);
        assertThat(judgement.violations()).isEmpty();
        assertThat(judgement.isComplete()).isTrue();
        assertThat(judgement.run()).isEqualTo("demo");
        assertThat(judgement.figures().grants()).isEqualTo(1);
        assertThat(judgement.figures().items()).isEqualTo(1);
        assertThat(judgement.figures().calls()).isEqualTo(4);
    }

    @Test
    void callsThatAreOpenAtTheEndHaveEndedWithTheRun() throws Exception {
        var file = folder.resolve("run.jsonl");
        var run = Procession.start(Map.of(FILE, file.toString()));
        var lock = run.lock();
        lock.acquire();
        var waiting = new FutureTask<>(lock::acquire);
        Thread.ofPlatform().start(waiting);
        var future = run.event().awaitAsync();
        await().until(() -> lock.inspect().waiters().size() == 1);

        run.close();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RunEndedException.class);
        assertThat(future).isCompletedExceptionally();
        assertThat(Judgement.of(file).violations()).isEmpty();
        assertThat(Judgement.of(file).isComplete()).isTrue();
    }

    @Test
    void aFileThatIsThereIsLeftAsItIs() throws Exception {
        var file = Files.writeString(folder.resolve("precious"), "data");

        assertThatThrownBy(() -> Procession.start(Map.of(FILE, file.toString()))).isInstanceOf(SettingsException.class)
                .hasMessage("procession.record.file is " + file + ", which is there already; a record is never written over another file.");

        assertThat(file).hasContent("data");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        var file = folder.resolve("missing").resolve("run.jsonl");

        assertThatThrownBy(() -> Procession.start(Map.of(FILE, file.toString()))).isInstanceOf(SettingsException.class)
                .hasMessage("procession.record.file is " + file + ", but there is no folder " + file.getParent() + ".");
    }

    @Test
    void aRunThatDoesNotComeAboutLeavesNoRecord() throws Exception {
        var file = folder.resolve("run.jsonl");
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> Procession.start(Map.of(FILE, file.toString(), "procession.port", taken.getLocalPort())))
                    .isInstanceOf(SettingsException.class).hasMessageContaining("is in use");
        }

        assertThat(file).doesNotExist();
    }
}
