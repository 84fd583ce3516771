package procession.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import procession.ask.AskServer;
import procession.ask.RunFacts;
import procession.ask.Source;
import procession.core.Look;
import procession.record.LatestLines;
import procession.record.Recorder;

/** What the main process answers to those who ask about its run. */
final class Answering implements Source {

    private static final Logger LOG = LoggerFactory.getLogger("procession.node");

    private final RunFacts run;
    private final Node node;
    private final Recorder recorder;
    private final int redeliveries;

    private Answering(RunFacts run, Node node, Recorder recorder, int redeliveries) {
        this.run = run;
        this.node = node;
        this.recorder = recorder;
        this.redeliveries = redeliveries;
    }

    /**
     * Begins to answer. A run must not fail because nobody can ask it.
     *
     * @return what answers; null if nothing does
     */
    static AskServer begin(RunFolder folder, RunFile file, Node node, Recorder recorder, int redeliveries) {
        try {
            folder.ready();
            var run = new RunFacts(file.name(), file.pid(), file.version(), recorder.start());
            return AskServer.open(socket(folder.path(), file.pid()), new Answering(run, node, recorder, redeliveries));
        } catch (IOException | LinkageError unusable) {
            LOG.debug("This run cannot be asked: {}", unusable.toString());
            return null;
        }
    }

    /** As short as can be: the path of a socket is at most 104 bytes long, as on macOS. */
    static Path socket(Path folder, long pid) {
        return folder.resolve(pid + RunFolder.SOCKET);
    }

    @Override
    public RunFacts run() {
        return run;
    }

    @Override
    public CompletableFuture<Look> look() {
        return node.look();
    }

    @Override
    public Optional<LatestLines> trace() {
        return recorder.isOn()
                ? Optional.of(LatestLines.of(recorder, run.name(), run.version(), redeliveries))
                : Optional.empty();
    }
}
