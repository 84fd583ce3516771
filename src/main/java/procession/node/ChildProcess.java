package procession.node;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import procession.EncodingException;
import procession.Outcome;
import procession.Process;
import procession.ProcessStartException;
import procession.ProcessionException;
import procession.RunEndedException;
import procession.core.Payload;
import procession.core.Reply;
import procession.core.Request;

/** A child of this process: not started, waiting for its turn, running, or ended. */
final class ChildProcess implements Process {

    private static final long LAST_OUTPUT_MILLIS = 2_000;
    private static final int LONGEST_NAME = 256;
    private static final int WATCH_STACK = 256 * 1024;

    private static final Pattern FIRST_ITEM = Pattern.compile("item\\[(\\d+)]");

    private enum Stage { INITIAL, WAITING, STARTED, ENDED }

    private final Family family;
    private final BodyReference body;
    private final Object[] arguments;
    private final Object bodyObject;
    private final String automaticName;
    private final String callSite;
    private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
    private final AtomicBoolean turnTaken = new AtomicBoolean();
    private final List<String> jvmOptions = new ArrayList<>();
    private String name;
    private boolean daemon;
    private boolean worker;
    private byte[] authKey;
    private Stage stage = Stage.INITIAL;
    private long number;
    private boolean unwanted;
    private java.lang.Process process;
    private OutputPump pump;
    /** Where a debugger finds it; empty if it is not under one. */
    private OptionalInt debugPort = OptionalInt.empty();
    private DebugGuard guard;

    ChildProcess(Family family, Object body, Object[] arguments, String automaticName) {
        this.family = family;
        this.body = BodyReference.of(body);
        this.bodyObject = body;
        this.arguments = arguments.clone();
        this.automaticName = automaticName;
        this.name = automaticName;
        this.daemon = family.self().isDaemon();
        this.authKey = family.self().authKey();
        this.callSite = CallSite.found();
    }

    /** Makes it a worker of a pool: ended with its parent as a daemon is, but it may have children. */
    synchronized ChildProcess worker() {
        daemon = true;
        worker = true;
        return this;
    }

    /** What it wrote to stderr at last. */
    List<String> lastLines() {
        OutputPump last;
        synchronized (this) {
            last = pump;
        }
        return last == null ? List.of() : last.lastErrors();
    }

    boolean isOf(Family creator) {
        return family == creator;
    }

    /** Its number among its creator's children. */
    synchronized long number() {
        refuseUnlessStarted("named as a producer");
        return number;
    }

    // What is fixed before the start.

    @Override
    public synchronized String name() {
        return name;
    }

    @Override
    public synchronized Process name(String given) {
        refuseIfStarted("name");
        name = given.isEmpty() ? automaticName : checkedName(given);
        return this;
    }

    /** Refuses what does not fit into lines of output and listings of processes. */
    static String checkedName(String given) {
        if (given.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A process's name has no control characters.");
        }
        if (given.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("A process's name has at most " + LONGEST_NAME + " characters, not " + given.length() + ".");
        }
        return given;
    }

    @Override
    public synchronized boolean isDaemon() {
        return daemon;
    }

    @Override
    public synchronized Process daemon(boolean whether) {
        refuseIfStarted("daemon flag");
        daemon = whether;
        return this;
    }

    @Override
    public synchronized Process jvmOptions(String... options) {
        refuseIfStarted("JVM options");
        jvmOptions.addAll(Arrays.asList(options));
        return this;
    }

    @Override
    public synchronized byte[] authKey() {
        if (stage != Stage.INITIAL) {
            throw new IllegalStateException("The key of another process that runs is not shown.");
        }
        return authKey.clone();
    }

    @Override
    public synchronized Process authKey(byte[] key) {
        refuseIfStarted("key");
        authKey = key.clone();
        return this;
    }

    private void refuseIfStarted(String what) {
        if (stage != Stage.INITIAL) {
            throw new IllegalStateException("Process " + name + " has been started: its " + what + " is fixed.");
        }
    }

    // The start.

    @Override
    public Process start() throws InterruptedException {
        var payload = begin();
        try {
            family.launcher().awaitTurn();
        } catch (InterruptedException interrupted) {
            neverStarted();
            throw interrupted;
        }
        launch(payload);
        return this;
    }

    @Override
    public CompletableFuture<Process> startAsync() {
        var payload = begin();
        return CompletableFuture.supplyAsync(() -> {
            try {
                family.launcher().awaitTurn();
            } catch (InterruptedException interrupted) {
                neverStarted();
                throw new ProcessStartException("The start of process " + name() + " was interrupted.", interrupted);
            }
            launch(payload);
            return (Process) this;
        }, family.threads());
    }

    /** Refuses misuse, and snapshots the arguments. */
    private synchronized Payload begin() {
        if (stage != Stage.INITIAL) {
            throw new IllegalStateException("Process " + name + " has been started already; one object is one run.");
        }
        if (family.self().isDaemon()) {
            throw new IllegalStateException("Process " + name + " cannot be started: this process is a daemon, and daemons have no"
                    + " children.");
        }
        family.refuseIfEnding(name);
        if (!worker) {
            body.type().ifPresent(family::allowPackageOf);
        }
        var payload = encoded();
        number = family.nextNumber();
        family.node().session().announce(new Request.Spawn(number, name, payload));
        stage = Stage.WAITING;
        family.add(number, this);
        return payload;
    }

    private Payload encoded() {
        try {
            return body.isNone() ? Payload.NONE : family.node().handles().encode(body.isObject() ? bodyObject : arguments);
        } catch (EncodingException cannotTravel) {
            throw new EncodingException("Process " + name + ", made" + callSite + ", cannot be started: "
                    + ofArguments(cannotTravel.getMessage()), cannotTravel);
        }
    }

    /** The codec counts items of an array from 0; the user counts arguments from 1. */
    private String ofArguments(String message) {
        var item = FIRST_ITEM.matcher(message);
        return body.isObject() || !item.lookingAt() ? message
                : "argument " + (Integer.parseInt(item.group(1)) + 1) + message.substring(item.end());
    }

    private void launch(Payload payload) {
        try {
            family.refuseIfEnding(name());
            launchNow(payload);
        } catch (RuntimeException | Error failed) {
            handle().ifPresentOrElse(ProcessHandle::destroyForcibly, this::neverStarted);
            turnOver();
            throw failed;
        }
    }

    /** A signal that came while the process waited for its turn reaches it as soon as it is there. */
    private void launchNow(Payload payload) {
        java.lang.Process started;
        synchronized (this) {
            debugPort = family.debugging().portFor(name);
            started = debugPort.isEmpty() ? family.launcher().start(name, jvmOptions)
                    : family.launcher().startDebugged(name, jvmOptions, debugPort.getAsInt());
            process = started;
            stage = Stage.STARTED;
            guard = debugPort.isEmpty() ? null : DebugGuard.of(started.pid());
            pump = new OutputPump(name, started.pid(), family.console(), family.settings().maxLine(), this::isUp);
        }
        watch(started);
        pump.start(started.getInputStream(), started.getErrorStream());
        if (isUnwanted() || family.isEnding()) {
            started.toHandle().destroyForcibly();
        }
        family.threads().execute(() -> handOver(started, payload));
        debugPort().ifPresent(port -> awaitDebugger(started.pid(), port));
    }

    private synchronized OptionalInt debugPort() {
        return debugPort;
    }

    /** It may stand still for long before it is up, and others have their turn meanwhile. */
    private void awaitDebugger(long pid, int port) {
        var address = DebugTarget.HOST + ":" + port;
        System.err.println("procession: " + name() + " (pid " + pid + ") waits for a debugger at " + address
                + ": attach an IDE (remote JVM debug), or `jdb -attach " + address + "`.");
        turnOver();
    }

    /** Its name, for who waits for it. */
    String described() {
        return name() + debugPort().stream().mapToObj(port -> " (under a debugger at " + DebugTarget.HOST + ":" + port + ")")
                .findFirst().orElse("");
    }

    /** On a thread of its own: {@link java.lang.Process#onExit} takes the common pool, which the program's own waits may have filled. */
    private void watch(java.lang.Process started) {
        var watch = new Thread(null, () -> exited(statusOf(started)), "procession-exit-" + name, WATCH_STACK);
        watch.setDaemon(true);
        watch.start();
    }

    private static int statusOf(java.lang.Process started) {
        while (true) {
            try {
                return started.waitFor();
            } catch (InterruptedException notHeeded) {
                // Its end is waited for, whatever happens.
            }
        }
    }

    private synchronized boolean isUnwanted() {
        return unwanted;
    }

    private void handOver(java.lang.Process started, Payload payload) {
        try {
            family.handOver(number, name(), isDaemon() && !worker, authKey, body, payload).writeTo(started.getOutputStream());
        } catch (IOException gone) {
            // It ended before it listened; its exit says the rest. The stream stays open: it is the child's lifeline.
        }
    }

    private void isUp() {
        turnOver();
        family.isUp();
    }

    private void turnOver() {
        if (turnTaken.compareAndSet(false, true)) {
            family.launcher().turnOver();
        }
    }

    private synchronized void neverStarted() {
        stage = Stage.ENDED;
        try {
            family.node().session().announce(new Request.Ended(number, "never started", false));
        } catch (RunEndedException over) {
            // With the run, everything is settled.
        }
        family.remove(this);
        ended.completeExceptionally(new ProcessStartException("Process " + name + " was never started."));
    }

    // The end.

    /** Others wait for what it held, so that is settled first; who joins it finds all its output printed. */
    private void exited(int status) {
        endGuard();
        try {
            var settled = settle(status);
            turnOver();
            pump.awaitEnd(LAST_OUTPUT_MILLIS);
            settled.handle((reply, error) -> {
                settled(status, reply);
                return null;
            }).exceptionally(this::unsettled);
        } catch (InterruptedException | RuntimeException | Error failed) {
            unsettled(failed);
        }
    }

    private synchronized void endGuard() {
        if (guard != null) {
            guard.over();
        }
    }

    private CompletableFuture<Reply> settle(int status) {
        try {
            return family.node().session().inquire(new Request.Ended(number, Outcomes.words(status), status == 0));
        } catch (RuntimeException runEnded) {
            return CompletableFuture.failedFuture(runEnded);
        }
    }

    private void settled(int status, Reply reply) {
        var report = reply instanceof Reply.Settled said ? said.report() : Payload.NONE;
        over(() -> ended.complete(family.explained(Outcomes.of(status, report, family.node().handles()))));
    }

    /** An error of ours; whoever waits for this process is told rather than left waiting. */
    private Void unsettled(Throwable why) {
        over(() -> ended.completeExceptionally(new ProcessionException("How process " + name() + " ended cannot be told: " + why, why)));
        return null;
    }

    private void over(Runnable told) {
        synchronized (this) {
            stage = Stage.ENDED;
        }
        if (family.isEndingInHook()) {
            return; // Nobody shall go on with what this JVM is ending under him.
        }
        family.remove(this);
        told.run();
    }

    @Override
    public Outcome join() throws InterruptedException {
        refuseUnlessStarted("joined");
        try {
            return ended.get();
        } catch (ExecutionException failed) {
            throw (RuntimeException) failed.getCause();
        }
    }

    @Override
    public Optional<Outcome> join(Duration timeout) throws InterruptedException {
        refuseUnlessStarted("joined");
        try {
            long nanos = saturated(timeout);
            return Optional.of(nanos <= 0 && !ended.isDone() ? timedOut() : ended.get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw (RuntimeException) failed.getCause();
        }
    }

    private static Outcome timedOut() throws TimeoutException {
        throw new TimeoutException();
    }

    private static long saturated(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException tooLong) {
            return timeout.isNegative() ? -1 : Long.MAX_VALUE;
        }
    }

    @Override
    public CompletableFuture<Outcome> onExit() {
        refuseUnlessStarted("waited for");
        return ended.thenApplyAsync(outcome -> outcome, family.threads());
    }

    /** Completes when {@link #join} would return at once; not to be completed by others. */
    CompletableFuture<?> end() {
        refuseUnlessStarted("waited for");
        return ended;
    }

    private synchronized void refuseUnlessStarted(String what) {
        if (stage == Stage.INITIAL) {
            throw new IllegalStateException("Process " + name + " has not been started; it cannot be " + what + ".");
        }
    }

    @Override
    public void terminate() {
        refuseUnlessStarted("terminated");
        handle().ifPresentOrElse(ProcessHandle::destroy, this::unwantedIfWaiting);
    }

    @Override
    public void kill() {
        refuseUnlessStarted("killed");
        handle().ifPresentOrElse(ProcessHandle::destroyForcibly, this::unwantedIfWaiting);
    }

    private synchronized void unwantedIfWaiting() {
        unwanted |= stage == Stage.WAITING;
    }

    /** Waits for its last words, where nobody joins it. */
    void awaitOutput(long millis) throws InterruptedException {
        OutputPump last;
        synchronized (this) {
            last = pump;
        }
        if (last != null) {
            last.awaitEnd(millis);
        }
    }

    /** Through the handle, not the Process: that one closes the streams, and with them the last words and the lifeline. */
    private synchronized Optional<ProcessHandle> handle() {
        return process == null || !process.isAlive() ? Optional.empty() : Optional.of(process.toHandle());
    }

    /** Cuts the lifeline: the child sees that its parent is gone. */
    void cutLifeline() {
        java.lang.Process started;
        synchronized (this) {
            started = process;
        }
        if (started != null) {
            try {
                started.getOutputStream().close();
            } catch (IOException closed) {
                // Cut is cut.
            }
        }
    }

    @Override
    public synchronized boolean isAlive() {
        return stage == Stage.WAITING || (stage == Stage.STARTED && process.isAlive());
    }

    @Override
    public synchronized OptionalLong pid() {
        return process == null ? OptionalLong.empty() : OptionalLong.of(process.pid());
    }

    @Override
    public OptionalInt exitCode() {
        return outcome().map(outcome -> OptionalInt.of(outcome.exitCode())).orElse(OptionalInt.empty());
    }

    @Override
    public Optional<Outcome> outcome() {
        return ended.isDone() && !ended.isCompletedExceptionally() ? Optional.of(ended.join()) : Optional.empty();
    }

    @Override
    public synchronized String toString() {
        var pid = process == null ? "" : ", pid " + process.pid();
        var how = outcome().map(outcome -> ", " + outcome).orElse("");
        return "Process[" + name + pid + ", " + switch (stage) {
            case INITIAL -> "initial";
            case WAITING -> "starting";
            case STARTED -> "started";
            case ENDED -> "ended";
        } + how + (daemon ? ", daemon" : "") + "]";
    }
}
