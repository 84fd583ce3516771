package procession.node;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import procession.Outcome;
import procession.Process;

/**
 * The parent as its child sees it. It can be joined, in name: the end of its parent ends the child first, as a rule, so a join that
 * returns is rare.
 */
final class ParentProcess implements Process {

    private final String name;
    private final long pid;
    private final String startToken;

    ParentProcess(String name, long pid, String startToken) {
        this.name = name;
        this.pid = pid;
        this.startToken = startToken;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isDaemon() {
        return false; // Daemons have no children.
    }

    @Override
    public boolean isAlive() {
        return !OsProcess.isGone(pid, startToken);
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(pid);
    }

    @Override
    public Outcome join() throws InterruptedException {
        return join(Duration.ofNanos(Long.MAX_VALUE)).orElseThrow();
    }

    @Override
    public Optional<Outcome> join(Duration timeout) throws InterruptedException {
        long until = System.nanoTime() + Math.max(0, nanos(timeout));
        while (isAlive()) {
            if (System.nanoTime() - until >= 0) {
                return Optional.empty();
            }
            Thread.sleep(20);
        }
        return Optional.of(new Outcome.Unseen());
    }

    private static long nanos(Duration timeout) {
        try {
            return Math.min(timeout.toNanos(), Long.MAX_VALUE / 2);
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE / 2;
        }
    }

    @Override
    public CompletableFuture<Outcome> onExit() {
        throw notMine("waited for without blocking");
    }

    @Override
    public OptionalInt exitCode() {
        return OptionalInt.empty();
    }

    @Override
    public Optional<Outcome> outcome() {
        return Optional.empty();
    }

    @Override
    public byte[] authKey() {
        throw notMine("asked for its key");
    }

    @Override
    public Process authKey(byte[] key) {
        throw notMine("given a key");
    }

    @Override
    public Process name(String given) {
        throw notMine("renamed");
    }

    @Override
    public Process daemon(boolean whether) {
        throw notMine("made a daemon or not");
    }

    @Override
    public Process jvmOptions(String... options) {
        throw notMine("given JVM options");
    }

    @Override
    public Process start() {
        throw notMine("started");
    }

    @Override
    public CompletableFuture<Process> startAsync() {
        throw notMine("started");
    }

    @Override
    public void terminate() {
        throw notMine("terminated");
    }

    @Override
    public void kill() {
        throw notMine("killed");
    }

    private IllegalStateException notMine(String what) {
        return new IllegalStateException("Process " + name + " is the parent of this one; it cannot be " + what + " from here.");
    }

    @Override
    public String toString() {
        return "Process[" + name + ", pid " + pid + ", parent]";
    }
}
