package procession.node;

import java.util.Optional;
import java.util.stream.Stream;

/** The threads for which a program does not end: all that are no daemons, but the calling one and our own. */
final class UserThreads {

    static final String WATCH = "procession-main-watch";

    private UserThreads() {}

    static void awaitEnd() throws InterruptedException {
        for (var thread = any(); thread.isPresent(); thread = any()) {
            thread.get().join();
        }
    }

    /** Whether there are none but this one and another. */
    static boolean areNoneBut(Thread other) {
        return all().allMatch(thread -> thread == other);
    }

    private static Optional<Thread> any() {
        return all().findFirst();
    }

    private static Stream<Thread> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && thread.isAlive() && thread != Thread.currentThread())
                .filter(thread -> !thread.getName().equals(WATCH));
    }
}
