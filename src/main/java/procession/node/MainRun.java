package procession.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import procession.ClusterException;
import procession.ask.AskServer;
import procession.core.Happening;
import procession.core.Hello;

/** The run from its main process: it has the keeper, and its end ends everything. */
final class MainRun extends ProgramRun {

    static final String NAME = "MainProcess";

    private static final Logger LOG = LoggerFactory.getLogger("procession.node");
    private static final int KEEPER_FAILED = 3;
    private static final int KEY_BYTES = 32;
    private static final int MOST_NAMES = 20;
    private static final Duration WELCOME = Duration.ofSeconds(30);

    private final Audience audience;
    private final Debugging debugging;
    /** Null if nobody can ask. */
    private volatile AskServer asked;
    private volatile Path runFile;

    private MainRun(String name, Node node, Family family, Audience audience, Runnable whenClosed) {
        super(name, node, family, whenClosed);
        this.debugging = family.debugging();
        this.audience = audience;
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
        var console = Console.ofProgram(settings, self.name());
        var progress = Progress.ofProgram();
        var audience = Audience.begin(settings, name, self.name());
        var node = audience.orDiscarded(() -> {
            Debugging.begin(settings, system, self);
            return node(system, settings, self, audience);
        });
        node.payloads(allowed, loader(), settings.payloadMax());
        var origin = new Family.Origin(system, name, node.keeperPath(), node.address(), folders());
        var run = new MainRun(name, node, new Family(settings, self, console, origin, allowed, node, progress), audience, whenClosed);
        run.publish(new RunFile(name, system, origin.keeper(), origin.seed(), self.pid().getAsLong(), self.startToken(), self.authKey(),
                RunFile.ownVersion(), settings.sharedAsText()), settings.redeliveries());
        run.watchEnds();
        audience.tell();
        return run;
    }

    private static Node node(String system, Settings settings, SelfProcess self, Audience audience) {
        var hello = new Hello(0, 0, self.name(), self.pid().getAsLong(), self.startToken());
        var node = Node.ofMain(system, settings, hello, audience.keeper(), audience.calls(), MainRun::keeperFailedElsewhere);
        awaitWelcome(node);
        return node;
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

    /** A run must not fail because nobody can join it. Whoever finds it can ask it. */
    private void publish(RunFile run, int redeliveries) {
        try {
            var folder = RunFolder.all().getFirst();
            asked = Answering.begin(folder, run, node(), audience.recorder(), redeliveries);
            runFile = folder.publish(run);
        } catch (IOException | LinkageError unusable) {
            LOG.debug("This run cannot be joined, as it cannot say where it is: {}", unusable.toString());
        }
    }

    private void withdraw() {
        if (asked != null) {
            asked.close();
        }
        if (runFile != null) {
            try {
                Files.deleteIfExists(runFile);
            } catch (IOException stays) {
                LOG.debug("{} stays until somebody meets it: {}", runFile, stays.toString());
            }
        }
    }

    /** Whoever mistyped a name learns of it, and of the names there were. */
    private void endDebugging() {
        if (debugging.endUnused()) {
            var names = audience.names().stream().filter(given -> !given.equals(NAME)).sorted().toList();
            System.err.println("procession: no process was named '" + debugging.name() + "', so none was started under a debugger; "
                    + (names.isEmpty() ? "there was none but " + NAME + "." : "there were " + names.stream().limit(MOST_NAMES)
                            .collect(Collectors.joining(", ")) + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES)
                                    + " more." : ".")));
        }
    }

    /** What has been recorded. */
    List<Happening> happenings() {
        return audience.happenings();
    }

    /** Waits until all that the keeper has answered so far is remembered, and in the record. */
    void awaitRecorded() throws InterruptedException {
        if (!node().session().isEnded()) {
            deadlocks(); // Any question: the keeper records what it has done before it hears the next one.
        }
        audience.awaitWritten();
    }

    @Override
    void ends() {
        withdraw();
    }

    @Override
    void leaves() {
        node().runOver();
    }

    @Override
    void left() {
        endDebugging();
        audience.end(node().session(), family().active().isEmpty());
    }

    @Override
    void jvmEnds() {
        withdraw();
        super.jvmEnds();
        endDebugging();
        audience.jvmEnds(node().session().owner());
    }
}
