package procession.node;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The run from a program that has started or joined it: no process of the run has started this one, so the program decides when it
 * ends. It does at {@link #close}, or when the thread that called it returns, or with the JVM.
 */
abstract class ProgramRun extends Run {

    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::jvmEnds, "procession-end");
    private final Runnable whenClosed;
    private Thread starterWatch;

    ProgramRun(String name, Node node, Family family, Runnable whenClosed) {
        super(name, node, family);
        this.whenClosed = whenClosed;
    }

    /** Where children look for classes first. */
    static List<String> folders() {
        return Launch.classPath().stream().map(Path::toString).toList();
    }

    /** System.exit, Ctrl-C, SIGTERM: everyone goes. */
    void jvmEnds() {
        family().progressOver();
        family().endChildrenInHook();
        family().cutLifelines();
    }

    /** Nobody is waited for any more; daemons still run. */
    void ends() {}

    /** The children have ended, and this process is about to have no node any more. */
    abstract void leaves();

    /** This process has no node any more. */
    void left() {}

    /** Sees the ends of the JVM and of the calling thread. */
    final void watchEnds() {
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

    @Override
    public final void close() {
        if (!closed.compareAndSet(false, true)) {
            awaitClosed();
            return;
        }
        boolean interrupted = Thread.interrupted();
        node().session().closeWindows();
        try {
            if (!interrupted) {
                family().awaitChildren();
            }
        } catch (InterruptedException again) {
            interrupted = true;
        }
        ends();
        family().endChildren();
        leaves();
        node().close();
        left();
        family().progressOver();
        OwnOutput.runOver();
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
}
