package procession.node;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import procession.Outcome;
import procession.Process;

/** This process as itself sees it. */
final class SelfProcess implements Process {

    private final String name;
    private final boolean daemon;
    private final boolean main;
    private final long pid = ProcessHandle.current().pid();
    private final String startToken = OsProcess.startToken(pid);
    private byte[] authKey;

    SelfProcess(String name, boolean daemon, boolean main, byte[] authKey) {
        this.name = name;
        this.daemon = daemon;
        this.main = main;
        this.authKey = authKey.clone();
    }

    /** As in Python: {@code Process-1} of main, {@code Process-1:2} of that. */
    String childName(long n) {
        return main ? "Process-" + n : name + ":" + n;
    }

    String startToken() {
        return startToken;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isDaemon() {
        return daemon;
    }

    @Override
    public synchronized byte[] authKey() {
        return authKey.clone();
    }

    @Override
    public synchronized Process authKey(byte[] key) {
        authKey = key.clone();
        return this;
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(pid);
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
    public Process name(String given) {
        throw running("renamed");
    }

    @Override
    public Process daemon(boolean whether) {
        throw running("made a daemon or not");
    }

    @Override
    public Process jvmOptions(String... options) {
        throw running("given JVM options");
    }

    @Override
    public Process start() {
        throw running("started");
    }

    @Override
    public CompletableFuture<Process> startAsync() {
        throw running("started");
    }

    private IllegalStateException running(String what) {
        return new IllegalStateException("Process " + name + " is this one, and runs; it cannot be " + what + ".");
    }

    @Override
    public Outcome join() {
        throw itself("joined");
    }

    @Override
    public Optional<Outcome> join(Duration timeout) {
        throw itself("joined");
    }

    @Override
    public CompletableFuture<Outcome> onExit() {
        throw itself("waited for");
    }

    @Override
    public void terminate() {
        throw itself("terminated");
    }

    @Override
    public void kill() {
        throw itself("killed");
    }

    private IllegalStateException itself(String what) {
        return new IllegalStateException("Process " + name + " is this one; it cannot be " + what + " by itself. To end it, return, or"
                + " call Procession.exit(n).");
    }

    @Override
    public String toString() {
        return "Process[" + name + ", pid " + pid + ", current" + (daemon ? ", daemon" : "") + "]";
    }
}
