package procession.node;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import procession.core.Hello;
import procession.core.Payload;
import sun.misc.Signal;

/** What a child JVM runs: it takes what its parent hands over, joins the run, runs its body, and ends. */
public final class ChildMain {

    private static final int FAILED = 1;
    private static final int NO_CLUSTER = 3;

    private static final AtomicReference<Runnable> cutLifelines = new AtomicReference<>(() -> { });

    private static Lifeline lifeline;
    private static volatile boolean ending;
    /** The thread that ends this JVM when the body has ended and nothing is left to do; null before. */
    private static volatile Thread leaving;

    private ChildMain() {}

    /**
     * Not to be run by hand.
     *
     * @param args the process's name, for listings of processes; all else comes over stdin
     */
    public static void main(String[] args) {
        // The terminal's Ctrl-C reaches everyone; the main process decides what becomes of its children.
        Signal.handle(new Signal("INT"), signal -> { });
        var stdin = new BufferedInputStream(Lifeline.fromParent());
        System.setIn(InputStream.nullInputStream());
        LineStream.install();
        HandOver given;
        try {
            given = HandOver.readFrom(stdin);
        } catch (IOException broken) {
            System.err.println("procession: a process cannot start: " + broken.getMessage());
            System.exit(FAILED);
            return;
        }
        lifeline = Lifeline.watch(stdin, () -> cutLifelines.get().run());
        given.properties().forEach(System::setProperty);
        if (!given.folders().isEmpty()) {
            Thread.currentThread().setContextClassLoader(new ScenarioLoader(given.folders().stream().map(Path::of).toList()));
        }
        try {
            run(given);
        } catch (RuntimeException | Error thrown) {
            if (!isJvmEnding()) {
                throw thrown;
            }
            // It was ended while it began. What fails because of that is no news.
        }
    }

    private static boolean isJvmEnding() {
        var probe = new Thread(() -> { });
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    private static void run(HandOver given) {
        var settings = Settings.ofChild(given.settings());
        var self = new SelfProcess(given.name(), given.daemon(), false, given.authKey());
        var hello = new Hello(given.parentOwner(), given.child(), self.name(), self.pid().getAsLong(), self.startToken());
        var origin = new Family.Origin(given.system(), given.runName(), given.keeper(), given.seed(), given.folders());
        var node = node(given, origin, settings, hello);
        var family = new Family(settings, self, Console.ofChild(), origin, Set.copyOf(given.allowed()), node, Progress.none());
        cutLifelines.set(family::cutLifelines);
        var run = new ChildRun(given, node, family);
        NodeProvider.isChild(run);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> jvmEnds(run), "procession-end"));
        awaitWelcome(node, settings, self);
        System.out.print(OutputPump.READY + "\n");
        System.out.flush();
        body(run, given);
    }

    private static Node node(HandOver given, Family.Origin origin, Settings settings, Hello hello) {
        try {
            var node = Node.ofGuest(origin, settings, hello, Recording.join(settings, given.name()), ChildMain::cutOff);
            node.payloads(Set.copyOf(given.allowed()), Run.loader(), settings.payloadMax());
            return node;
        } catch (RuntimeException failed) {
            System.err.println("procession: process " + given.name() + " cannot start its node: " + failed.getMessage());
            System.exit(NO_CLUSTER);
            throw failed;
        }
    }

    private static void awaitWelcome(Node node, Settings settings, SelfProcess self) {
        try {
            node.handles().encode(null); // Loads the codec while the keeper's welcome is on its way.
            if (node.session().awaitWelcome(settings.startTimeout()) == null) {
                System.err.println("procession: process " + self.name() + " did not reach the keeper within "
                        + settings.startTimeout().toSeconds() + " s (procession.start.timeout); it gives up.");
                System.exit(NO_CLUSTER);
            }
        } catch (InterruptedException interrupted) {
            System.exit(NO_CLUSTER);
        }
    }

    /** Downed, turned away, or the session has failed: whatever this process holds is no longer sure, so it must not go on. */
    private static void cutOff() {
        if (!ending) {
            System.err.println("procession: this process has been cut off from its run and stops.");
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private static void body(ChildRun run, HandOver given) {
        var body = new BodyReference(given.body());
        Object value = null;
        Payload report;
        int status = 0;
        try {
            var arguments = body.isNone() ? null : run.node().handles().decode(given.arguments());
            value = body.call(arguments, Run.loader());
            report = Outcomes.returned(value, run.node().handles());
        } catch (Throwable thrown) {
            awaitEndIfEnding();
            report = Outcomes.failed(thrown);
            status = FAILED;
            printed(run, thrown);
        }
        end(run, value, report, status);
    }

    /** What a body throws because this JVM is ending under it is no news. */
    private static void awaitEndIfEnding() {
        while (ending) {
            LockSupport.park();
        }
    }

    private static void printed(ChildRun run, Throwable thrown) {
        StackTraces.trim(thrown);
        var text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text, true));
        System.err.print("Process " + run.family().self().name() + " failed: " + text);
        System.err.flush();
    }

    private static void end(ChildRun run, Object value, Payload report, int status) {
        try {
            UserThreads.awaitEnd();
            run.node().session().closeWindows();
            run.family().awaitChildren();
        } catch (InterruptedException interrupted) {
            // Then without waiting.
        }
        run.family().endChildren();
        run.report(report);
        Reference.reachabilityFence(value); // Handles in it must not be let go of before the keeper has counted them.
        leaving = Thread.currentThread();
        System.exit(status);
    }

    private static void jvmEnds(ChildRun run) {
        ending = true;
        run.family().endChildrenInHook();
        run.node().session().endLoans();
        try {
            run.node().session().flush(run.family().settings().flush());
            if (leaving != null && UserThreads.areNoneBut(leaving)) {
                lifeline.lookOnly();
                run.node().hangUp();
            }
        } catch (InterruptedException interrupted) {
            // Then without waiting.
        }
    }
}
