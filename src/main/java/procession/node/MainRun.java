package procession.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import procession.ClusterException;
import procession.core.Happening;
import procession.core.Hello;
import procession.record.Recorder;
import procession.session.Witness;

/** The run from its main process: it has the keeper, and its end ends everything. */
final class MainRun extends ProgramRun {

    static final String NAME = "MainProcess";

    private static final Logger LOG = LoggerFactory.getLogger("procession.node");
    private static final int KEEPER_FAILED = 3;
    private static final int KEY_BYTES = 32;
    private static final Duration WELCOME = Duration.ofSeconds(30);
    private static final Duration LAST_CALLS = Duration.ofSeconds(1);

    private final Recorder recorder;
    /** Null if the run is not recorded. */
    private final Recording recording;
    private volatile Path runFile;

    private MainRun(String name, Node node, Family family, Recorder recorder, Recording recording, Runnable whenClosed) {
        super(name, node, family, whenClosed);
        this.recorder = recorder;
        this.recording = recording;
    }

    /** Starts the run: this JVM becomes its main process. */
    static MainRun start(Map<String, ?> given, Runnable whenClosed) {
        return start(given, CallSite.caller(), whenClosed);
    }

    /** The same for another class, whose package's types may travel. */
    static MainRun start(Map<String, ?> given, Class<?> starter, Runnable whenClosed) {
        var settings = Settings.ofMain(given);
        var allowed = allowed(settings, starter);
        var self = new SelfProcess(NAME, false, true, Secret.random(KEY_BYTES));
        var name = settings.name().isEmpty() ? "run-" + self.pid().getAsLong() : settings.name();
        var system = Secret.systemName();
        var recorder = new Recorder(settings.recordSize());
        var console = Console.ofProgram(settings, self.name());
        var progress = Progress.ofProgram();
        var recording = Recording.begin(settings, name, self.name());
        var node = recorded(recording, () -> node(system, settings, self, listener(recorder, recording), recording));
        node.payloads(allowed, loader(), settings.payloadMax());
        var origin = new Family.Origin(system, name, node.keeperPath(), node.address(), folders());
        var run = new MainRun(name, node, new Family(settings, self, console, origin, allowed, node, progress), recorder, recording,
                whenClosed);
        run.publish(new RunFile(name, system, origin.keeper(), origin.seed(), self.pid().getAsLong(), self.startToken(), self.authKey(),
                RunFile.ownVersion(), settings.sharedAsText()));
        run.watchEnds();
        return run;
    }

    private static Node node(String system, Settings settings, SelfProcess self, Consumer<Happening> listener, Witness witness) {
        var hello = new Hello(0, 0, self.name(), self.pid().getAsLong(), self.startToken());
        var node = Node.ofMain(system, settings, hello, listener, witness, MainRun::keeperFailedElsewhere);
        awaitWelcome(node);
        return node;
    }

    /** Who listens to the keeper; null for nobody, which costs nothing. */
    private static Consumer<Happening> listener(Recorder recorder, Recording recording) {
        Consumer<Happening> remembering = recorder.isOn() ? recorder : null;
        if (recording == null) {
            return remembering;
        }
        return remembering == null ? recording.keeper() : remembering.andThen(recording.keeper());
    }

    private static Node recorded(Recording recording, Supplier<Node> start) {
        try {
            return start.get();
        } catch (RuntimeException failed) {
            if (recording != null) {
                recording.discard();
            }
            throw failed;
        }
    }

    private static void awaitWelcome(Node node) {
        try {
            if (node.session().awaitWelcome(WELCOME) == null) {
                node.close();
                throw new ClusterException("The main node did not come up within " + WELCOME.toSeconds() + " s.");
            }
        } catch (InterruptedException interrupted) {
            node.close();
            Thread.currentThread().interrupt();
            throw new ClusterException("The start of the main node was interrupted.");
        }
    }

    /** In a thread of its own: the end of the JVM waits for hooks, and the keeper's thread must not. */
    private static void keeperFailedElsewhere(Throwable why) {
        new Thread(() -> keeperFailed(why), "procession-keeper-failed").start();
    }

    /** A keeper made anew would be a free lock for everyone who waits, so the run ends. */
    private static void keeperFailed(Throwable why) {
        System.err.println("procession: the keeper has failed, and the run cannot go on. This is an error in Procession; please report"
                + " it with these lines:");
        why.printStackTrace();
        System.exit(KEEPER_FAILED);
    }

    /** A run must not fail because nobody can join it. */
    private void publish(RunFile run) {
        try {
            runFile = RunFolder.all().getFirst().publish(run);
        } catch (IOException | LinkageError unusable) {
            LOG.debug("This run cannot be joined, as it cannot say where it is: {}", unusable.toString());
        }
    }

    private void withdraw() {
        if (runFile != null) {
            try {
                Files.deleteIfExists(runFile);
            } catch (IOException stays) {
                LOG.debug("{} stays until somebody meets it: {}", runFile, stays.toString());
            }
        }
    }

    /** What has been recorded. */
    List<Happening> happenings() {
        return recorder.happenings();
    }

    /** Waits until all that the keeper has answered so far is remembered, and in the record. */
    void awaitRecorded() throws InterruptedException {
        if (!node().session().isEnded()) {
            deadlocks(); // Any question: the keeper records what it has done before it hears the next one.
        }
        if (recording != null) {
            recording.awaitWritten();
        }
    }

    @Override
    void ends() {
        withdraw();
    }

    @Override
    void leaves() {
        node().runOver();
    }

    /** What the keeper and the last callers have told is in the record before the run is over. */
    @Override
    void left() {
        if (recording == null) {
            return;
        }
        try {
            node().session().awaitTold(LAST_CALLS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        recording.end(node().session().owner(), family().active().isEmpty());
    }

    @Override
    void jvmEnds() {
        withdraw();
        super.jvmEnds();
        if (recording != null) {
            recording.end(node().session().owner(), false);
        }
    }
}
