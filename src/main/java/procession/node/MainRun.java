package procession.node;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import procession.ClusterException;
import procession.core.Happening;
import procession.core.Hello;
import procession.record.Recorder;

/** The run from its main process: it has the keeper, and its end ends everything. */
final class MainRun extends Run {

    private static final int KEEPER_FAILED = 3;
    private static final int KEY_BYTES = 32;
    private static final java.time.Duration WELCOME = java.time.Duration.ofSeconds(30);

    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Recorder recorder;
    private final Thread hook = new Thread(this::jvmEnds, "procession-end");
    private final Runnable whenClosed;
    private Thread starterWatch;

    private MainRun(String name, Node node, Family family, Recorder recorder, Runnable whenClosed) {
        super(name, node, family);
        this.recorder = recorder;
        this.whenClosed = whenClosed;
    }

    /** Starts the run: this JVM becomes its main process. */
    static MainRun start(Map<String, ?> given, Runnable whenClosed) {
        var settings = Settings.ofMain(given);
        var allowed = allowed(settings, CallSite.caller());
        var self = new SelfProcess("MainProcess", false, true, Secret.random(KEY_BYTES));
        var name = settings.name().isEmpty() ? "run-" + self.pid().getAsLong() : settings.name();
        var system = Secret.systemName();
        var recorder = new Recorder(settings.recordSize());
        var progress = Progress.ofMain();
        var hello = new Hello(0, 0, self.name(), self.pid().getAsLong(), self.startToken());
        var node = Node.ofMain(system, settings, hello, recorder, MainRun::keeperFailedElsewhere);
        node.payloads(allowed, loader(), settings.payloadMax());
        awaitWelcome(node);
        var origin = new Family.Origin(system, name, node.keeperPath(), node.address(),
                Launch.classPath().stream().map(java.nio.file.Path::toString).toList());
        var console = Console.ofMain(Terminal.wantsColor(settings.color(), Terminal.isOut()),
                Terminal.wantsColor(settings.color(), Terminal.isErr()));
        var run = new MainRun(name, node, new Family(settings, self, console, origin, allowed, node, progress), recorder, whenClosed);
        run.watchEnds();
        return run;
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

    static ClassLoader loader() {
        var context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : MainRun.class.getClassLoader();
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

    private void watchEnds() {
        Runtime.getRuntime().addShutdownHook(hook);
        var starter = Thread.currentThread();
        starterWatch = Thread.ofPlatform().name(UserThreads.WATCH).start(() -> {
            try {
                starter.join();
                close();
            } catch (InterruptedException closedBefore) {
                // The run has been closed by hand.
            }
        });
    }

    /** What has been recorded. */
    java.util.List<Happening> happenings() {
        return recorder.happenings();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            awaitClosed();
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!interrupted) {
                family().awaitChildren();
            }
        } catch (InterruptedException again) {
            interrupted = true;
        }
        family().endChildren();
        node().runOver();
        node().close();
        family().progressOver();
        forget();
        over.countDown();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody else is closing: who returns from close() finds the run over. */
    private void awaitClosed() {
        try {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs, and finds nobody left.
        }
        if (Thread.currentThread() != starterWatch) {
            starterWatch.interrupt();
        }
        whenClosed.run();
    }

    /** System.exit, Ctrl-C, SIGTERM: everyone goes. */
    private void jvmEnds() {
        family().progressOver();
        family().endChildrenInHook();
        family().cutLifelines();
    }
}
