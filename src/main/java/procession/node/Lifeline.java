package procession.node;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the end of fd 0, which comes when the parent is gone, however it went: the kernel closes its side. Then this process ends,
 * in 2 s at the latest.
 */
final class Lifeline {

    private static final int STATUS = 129;
    private static final long GRACE_SECONDS = 2;

    private Lifeline() {}

    static void watch(InputStream fromParent, Runnable first) {
        daemon("procession-lifeline", () -> {
            awaitEnd(fromParent);
            daemon("procession-halt", Lifeline::haltAfterGrace);
            first.run();
            System.exit(STATUS);
        });
    }

    private static void awaitEnd(InputStream fromParent) {
        try {
            while (fromParent.read() >= 0) {
                // Nothing is said on it.
            }
        } catch (IOException broken) {
            // Broken is as good as ended.
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

    private static void daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
