package procession.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import procession.Outcome;
import procession.Pool;
import procession.PoolOptions;
import procession.Process;
import procession.RunEndedException;
import procession.core.Payload;
import procession.pool.Host;
import procession.pool.PoolView;

/** This process and its children: who they are, what they are given, and how they end. */
final class Family {

    private static final long LAST_WORDS_MILLIS = 100;
    private static final Set<String> OWN_PROPERTIES = Set.of("java.", "sun.", "jdk.", "os.", "user.", "file.", "path.", "line.",
            "native.", "stdin.", "stdout.", "stderr.", "awt.", "http.", "https.", "ftp.", "socksNonProxyHosts", "surefire.");

    private final Settings settings;
    private final SelfProcess self;
    private final Console console;
    private final Launcher launcher;
    private final Debugging debugging;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Long, ChildProcess> children = new LinkedHashMap<>();
    private final Set<String> allowed;
    private final Origin origin;
    private final Node node;
    private final Progress progress;
    private final ClassLoader loader = Run.loader();
    private long nextChild = 1;
    private long nextName = 1;
    private boolean ending;
    private final List<PoolView> pools = new ArrayList<>();
    private int nextPool = 1;
    private volatile String reason = "";
    private volatile boolean endingInHook;

    /**
     * Where a run comes from: what every process of it is told.
     *
     * @param system name of the actor systems
     * @param runName name of the run
     * @param keeper where the keeper is
     * @param seed address of the main node
     * @param folders folders of classes that come before those of the class path
     */
    record Origin(String system, String runName, String keeper, String seed, List<String> folders) {}

    Family(Settings settings, SelfProcess self, Console console, Origin origin, Set<String> allowed, Node node,
            Progress progress) {
        this.settings = settings;
        this.self = self;
        this.console = console;
        this.origin = origin;
        this.allowed = new TreeSet<>(allowed);
        this.node = node;
        this.progress = progress;
        this.launcher = new Launcher(settings);
        this.debugging = Debugging.of(settings, origin.system());
    }

    Settings settings() {
        return settings;
    }

    SelfProcess self() {
        return self;
    }

    Console console() {
        return console;
    }

    Launcher launcher() {
        return launcher;
    }

    Debugging debugging() {
        return debugging;
    }

    ExecutorService threads() {
        return threads;
    }

    Node node() {
        return node;
    }

    synchronized ChildProcess child(Object body, Object[] arguments) {
        return new ChildProcess(this, body, arguments, self.childName(nextName++));
    }

    /** A child that works for a pool; it does not count where children are named. */
    ChildProcess worker(Object body, Object[] arguments, String name) {
        return new ChildProcess(this, body, arguments, ChildProcess.checkedName(name)).worker();
    }

    /** Remembers a pool of this process; its end ends it. */
    Pool pool(PoolOptions options) {
        int number;
        synchronized (this) {
            number = options.name().isEmpty() ? nextPool++ : 0;
        }
        var pool = PoolView.open(new PoolHost(this), options, settings.pool(), number == 0 ? options.name() : "Pool-" + number);
        synchronized (this) {
            pools.add(pool);
            pools.removeIf(PoolView::isOver);
        }
        return pool;
    }

    /** Nobody waits for their workers, and none is to be replaced from now on. */
    private void endPools() {
        List<PoolView> all;
        synchronized (this) {
            all = List.copyOf(pools);
            pools.clear();
        }
        all.forEach(Pool::terminate);
    }

    synchronized long nextNumber() {
        return nextChild++;
    }

    synchronized void add(long number, ChildProcess child) {
        children.put(number, child);
        progress.started();
    }

    /** What the keeper knows a process by: number of a child; 0 for this process itself. */
    long numberOf(Process process) {
        if (process == self) {
            return 0;
        }
        if (process instanceof ChildProcess child && child.isOf(this)) {
            return child.number();
        }
        throw new IllegalStateException(process.name() + " is neither this process nor a child of it.");
    }

    /** Completes when a child of this process has ended. */
    CompletableFuture<?> endOf(Process process) {
        if (process instanceof ChildProcess child && child.isOf(this)) {
            return child.end();
        }
        throw new IllegalStateException(process == self ? process.name() + " is this process; it cannot wait for its own end."
                : process.name() + " is no child of this process; only its parent can wait for its end.");
    }

    synchronized void remove(ChildProcess child) {
        children.values().remove(child);
    }

    synchronized List<Process> active() {
        return new ArrayList<>(children.values());
    }

    private synchronized List<ChildProcess> all() {
        return new ArrayList<>(children.values());
    }

    void refuseIfEnding(String name) {
        while (endingInHook) {
            LockSupport.park(); // What fails because this JVM is ending is no news, and the thread goes with it.
        }
        if (isEnding()) {
            throw node.session().isEnded() ? new RunEndedException("Process " + name + " cannot be started: its run has ended.")
                    : new IllegalStateException("Process " + name + " cannot be started: this process is ending.");
        }
    }

    /** What a body's package has may travel to it. */
    void allowPackageOf(String type) {
        synchronized (this) {
            if (allowed.add(typesOf(type))) {
                node.payloads(allowed, loader, settings.payloadMax());
            }
        }
    }

    static String typesOf(String type) {
        int dot = type.lastIndexOf('.');
        return dot < 0 ? type.split("\\$")[0] : type.substring(0, dot) + ".*";
    }

    synchronized HandOver handOver(long child, String name, boolean daemon, byte[] authKey, BodyReference body, Payload arguments) {
        return new HandOver(origin.system(), origin.runName(), origin.keeper(), origin.seed(), name, daemon,
                node.session().owner().number(), self.name(), self.pid().getAsLong(), self.startToken(), child, authKey,
                settings.givenAsText(), List.copyOf(allowed), origin.folders(), properties(), body.words(), arguments);
    }

    /** The user's system properties, also those set since the JVM began. */
    private static Map<String, String> properties() {
        Properties all = System.getProperties();
        var own = new LinkedHashMap<String, String>();
        for (var key : all.stringPropertyNames()) {
            if (OWN_PROPERTIES.stream().noneMatch(key::startsWith)) {
                own.put(key, all.getProperty(key));
            }
        }
        return own;
    }

    synchronized boolean isEnding() {
        return ending;
    }

    boolean isEndingInHook() {
        return endingInHook;
    }

    /** A child has reached the keeper. */
    void isUp() {
        progress.up();
    }

    /** Shows how far something is, where somebody looks. */
    Host.Gauge gauge(String what, long of) {
        return progress.gauge(what, of);
    }

    void progressOver() {
        progress.over();
    }

    // The end.

    /** Waits for the children that are no daemons; after a while says for whom. */
    void awaitChildren() throws InterruptedException {
        long noticeAt = System.nanoTime() + settings.noticeAfter().toNanos();
        boolean noticed = false;
        for (var waiting = nonDaemons(); !waiting.isEmpty(); waiting = nonDaemons()) {
            var ends = CompletableFuture.anyOf(waiting.stream().map(ChildProcess::onExit).toArray(CompletableFuture[]::new));
            try {
                if (noticed) {
                    ends.exceptionally(gone -> null).get();
                } else {
                    ends.exceptionally(gone -> null).get(Math.max(1, noticeAt - System.nanoTime()), TimeUnit.NANOSECONDS);
                }
            } catch (TimeoutException longWait) {
                noticed = true;
                System.err.println("procession: " + self.name() + " waits for " + String.join(", ",
                        waiting.stream().limit(10).map(ChildProcess::described).toList())
                        + (waiting.size() > 10 ? " and " + (waiting.size() - 10) + " more" : "") + " to end.");
            } catch (java.util.concurrent.ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private List<ChildProcess> nonDaemons() {
        return all().stream().filter(child -> !child.isDaemon()).toList();
    }

    /** Terminates all children that are left, and kills those that take too long. */
    void endChildren() {
        endPools();
        synchronized (this) {
            ending = true;
        }
        var left = all();
        left.forEach(ChildProcess::terminate);
        awaitEnd(left, settings.killAfter().toMillis());
        left.forEach(ChildProcess::kill);
        awaitEnd(left, 2_000);
    }

    /** The same because of something that has happened; what is told of how they ended says so. */
    void endChildren(String why) {
        reason = why;
        endChildren();
    }

    /** The outcome of a child, with why it was killed. */
    Outcome explained(Outcome outcome) {
        return outcome instanceof Outcome.Killed killed && !reason.isEmpty() ? new Outcome.Killed(killed.signal(), reason) : outcome;
    }

    /** As endChildren, where nothing can be waited for by future: in a shutdown hook, threads and futures may already be gone. */
    void endChildrenInHook() {
        endingInHook = true;
        synchronized (this) {
            ending = true;
        }
        var left = all();
        left.forEach(ChildProcess::terminate);
        awaitGone(left, settings.killAfter().toMillis());
        left.forEach(ChildProcess::kill);
        awaitGone(left, 1_000);
        awaitLastWords(left);
    }

    private static void awaitLastWords(List<ChildProcess> children) {
        try {
            for (var child : children) {
                child.awaitOutput(LAST_WORDS_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(List<ChildProcess> children, long millis) {
        CompletableFuture<?>[] ends = children.stream().map(child -> child.onExit().exceptionally(gone -> null))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            // The caller goes on to stronger means.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void awaitGone(List<ChildProcess> children, long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (children.stream().anyMatch(Process::isAlive) && System.nanoTime() < until) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Closes the lifelines of all children at once, so that they do not wait for this process's slow end. */
    void cutLifelines() {
        all().forEach(ChildProcess::cutLifeline);
    }
}
