package procession.node;

import java.util.Optional;

/** The threads for which a program does not end: all that are no daemons, but the calling one and our own. */
final class UserThreads {

    static final String WATCH = "procession-main-watch";

    private UserThreads() {}

    static void awaitEnd() throws InterruptedException {
        for (var thread = any(); thread.isPresent(); thread = any()) {
            thread.get().join();
        }
    }

    private static Optional<Thread> any() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && thread.isAlive() && thread != Thread.currentThread())
                .filter(thread -> !thread.getName().equals(WATCH))
                .findFirst();
    }
}
