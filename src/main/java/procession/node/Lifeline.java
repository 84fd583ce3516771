package procession.node;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the end of fd 0, which comes when the parent is gone, however it went: the kernel closes its side. Then this process ends,
 * in 2 s at the latest.
 */
final class Lifeline {

    private static final int STATUS = 129;
    private static final long GRACE_SECONDS = 2;
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Thread watch;

    private Lifeline(Thread watch) {
        this.watch = watch;
    }

    /** What the parent says, until it is watched. The interrupt of who reads ends the read: see {@link #lookOnly}. */
    static InputStream fromParent() {
        return Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel());
    }

    /** What is to be done first is done when the parent has gone. */
    static Lifeline watch(InputStream fromParent, Runnable first) {
        return new Lifeline(daemon("procession-lifeline", () -> {
            awaitEnd(fromParent);
            daemon("procession-halt", Lifeline::haltAfterGrace);
            first.run();
            System.exit(STATUS);
        }));
    }

    /**
     * This JVM is about to end: from now on the parent is looked at now and then. A thread that is in a read when its JVM ends holds that up
     * by 300 ms, as the JVM waits for it.
     */
    void lookOnly() {
        watch.interrupt();
    }

    private static void awaitEnd(InputStream fromParent) {
        try {
            while (fromParent.read() >= 0) {
                // Nothing is said on it.
            }
        } catch (IOException broken) {
            if (Thread.interrupted()) {
                awaitEnd(ProcessHandle.current().parent());
            }
            // Broken is as good as ended.
        }
    }

    private static void awaitEnd(Optional<ProcessHandle> parent) {
        try {
            while (parent.map(ProcessHandle::isAlive).orElse(false)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException nobodyDoes) {
            // Then as if it had ended.
        }
    }

    private static void haltAfterGrace() {
        try {
            TimeUnit.SECONDS.sleep(GRACE_SECONDS);
        } catch (InterruptedException interrupted) {
            // Then now.
        }
        Runtime.getRuntime().halt(STATUS);
    }

    private static Thread daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
