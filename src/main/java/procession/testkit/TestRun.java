package procession.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import procession.Outcome;
import procession.Process;
import procession.Procession;
import procession.core.Happening;
import procession.node.Runs;

/**
 * A run for a test: it remembers what happens, and its end leaves no process behind.
 *
 * <pre>{@code
 * try (var test = TestRun.start()) {
 *     var lock = test.run().lock();
 *     var holder = test.run().process(Tickets::hold, lock).start();
 *     test.await(Duration.ofSeconds(20), "the child holds the lock", () -> lock.tryAcquire().isEmpty());
 *     test.kill(holder);
 *     assert lock.acquire(Duration.ofSeconds(5)).abandoned().isPresent();
 * }
 * }</pre>
 *
 * <p>One per JVM at a time, as there is one run. Thread-safe.
 */
public final class TestRun implements AutoCloseable {

    private static final int REMEMBERED = 100_000;
    private static final int LAST_SHOWN = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The setting that says where a run is recorded. */
    static final String RECORD_FILE = "procession.record.file";
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final long ANSWERED_BY_THEN = TimeUnit.MILLISECONDS.toNanos(20);

    /** Names of the commands that may have to wait for their answer. */
    private static final Set<String> WAITS = Set.of("AcquireLock", "AwaitCondition", "AcquirePermits", "AwaitEvent", "AwaitBarrier",
            "AwaitLatch", "AcquireRead", "AcquireWrite", "AwaitCounter", "AwaitValue", "AwaitMap", "Put", "Get", "JoinQueue", "Send",
            "Receive", "Poll", "PollQueue");

    private final Procession run;
    private final Queue<Program> programs = new ConcurrentLinkedQueue<>();
    private final Jvms jvms;
    private final Optional<Path> record;
    private final Duration patience;

    private TestRun(Procession run, Optional<Path> record, Duration patience) {
        this.run = run;
        this.jvms = new Jvms(run);
        this.record = record;
        this.patience = patience;
    }

    /**
     * Starts a run with the settings of a test.
     *
     * @return the run; this process is its main process
     * @throws IllegalStateException if this JVM has a run already
     */
    public static TestRun start() {
        return start(Map.of());
    }

    /**
     * Starts a run with the settings of a test and more.
     *
     * @param settings settings by their full key; they win over those of a test
     * @return the run; this process is its main process
     * @throws IllegalStateException if this JVM has a run already
     */
    public static TestRun start(Map<String, ?> settings) {
        return of(Procession.start(withDefaults(settings)), settings, PATIENCE);
    }

    /** Starts a run for a class of tests, which does not call this itself. */
    static TestRun start(Map<String, ?> settings, Class<?> tests, Duration patience) {
        return of(Runs.start(withDefaults(settings), tests), settings, patience);
    }

    private static Map<String, Object> withDefaults(Map<String, ?> settings) {
        var all = new HashMap<String, Object>(Map.of("procession.record.size", REMEMBERED, "procession.color", "never"));
        all.putAll(settings);
        return all;
    }

    private static TestRun of(Procession run, Map<String, ?> settings, Duration patience) {
        return new TestRun(run, Optional.ofNullable(settings.get(RECORD_FILE)).map(file -> Path.of(file.toString())), patience);
    }

    /**
     * The run: processes, locks and queues come from it as everywhere.
     *
     * @return the run
     */
    public Procession run() {
        return run;
    }

    // Processes.

    /**
     * Kills a process (SIGKILL), also one that is paused, and waits until what it held is settled.
     *
     * @param process a child of this process, started
     * @return how it ended
     * @throws InterruptedException if interrupted while waiting
     */
    public Outcome kill(Process process) throws InterruptedException {
        process.kill();
        return process.join();
    }

    /**
     * Starts a program of its own, which may join this run by {@code Procession.join(run().name())}. It is killed, if it runs still,
     * when this is closed.
     *
     * @param main the class with its main method
     * @param arguments for it
     * @return the program
     */
    public Program program(Class<?> main, String... arguments) {
        var program = Program.start(main, arguments);
        programs.add(program);
        return program;
    }

    /**
     * Asks a process to end (SIGTERM) and waits until what it held is settled.
     *
     * @param process a child of this process, started and not paused
     * @return how it ended
     * @throws InterruptedException if interrupted while waiting
     */
    public Outcome terminate(Process process) throws InterruptedException {
        process.terminate();
        return process.join();
    }

    /**
     * Stops a process where it is (SIGSTOP): it holds what it holds, and answers nobody until {@link #resume}.
     *
     * @param process any process of this machine that runs
     * @throws InterruptedException if interrupted while waiting for it to stand still
     */
    public void pause(Process process) throws InterruptedException {
        signal(process, "STOP");
        await(patience, process.name() + " stands still", () -> Signals.isStopped(pid(process)));
    }

    /**
     * Lets a paused process go on (SIGCONT).
     *
     * @param process the process
     * @throws InterruptedException if interrupted while signalling
     */
    public void resume(Process process) throws InterruptedException {
        signal(process, "CONT");
    }

    /**
     * Sends a signal.
     *
     * @param process any process of this machine that has been started
     * @param signal its name, such as {@code HUP}
     * @throws InterruptedException if interrupted while signalling
     */
    public void signal(Process process, String signal) throws InterruptedException {
        Signals.send(pid(process), signal);
    }

    private static long pid(Process process) {
        return process.pid().orElseThrow(() -> new IllegalStateException("Process " + process.name() + " has not been started."));
    }

    // What happens.

    /**
     * What has happened since the run began, and assertions for it: {@link ProcessionAssertions#assertThat(History)}.
     *
     * @return the history
     */
    public History history() {
        return history(() -> Runs.happenings(run).stream().findFirst().map(Happening::nanos).orElse(0L));
    }

    /** The same since a moment, by the monotonic clock. */
    History history(LongSupplier since) {
        return new History(run, record, since);
    }

    /**
     * What has happened so far, as far as it is known here: what others have been told only now may be missing.
     *
     * @return the happenings, in their order
     */
    public List<Happening> happenings() {
        return Runs.happenings(run);
    }

    /**
     * How often something has happened to a process.
     *
     * @param kind what
     * @param process name of the process
     * @return how often
     */
    public long count(Happening.Kind kind, String process) {
        return happenings().stream().filter(happening -> happening.kind() == kind && happening.process().equals(process)).count();
    }

    /**
     * Whether a process has asked the keeper for something and has not been answered, not even a moment later.
     *
     * @param process name of the process
     * @return whether it waits
     */
    public boolean isWaiting(String process) {
        long before = System.nanoTime() - ANSWERED_BY_THEN;
        return unanswered().stream().anyMatch(asked -> asked.process().equals(process) && asked.nanos() - before < 0);
    }

    /**
     * A request is named by its owner and number. What cannot wait is not looked at; of what can, some things happen before it is answered:
     * who waits for a condition gives its lock up and is signalled, and a wait may close a cycle.
     */
    private Collection<Happening> unanswered() {
        record Question(long owner, long request) {}
        var open = new LinkedHashMap<Question, Happening>();
        for (var happening : happenings()) {
            var question = new Question(happening.owner(), happening.request());
            switch (happening.kind()) {
                case PROCESS_STARTED -> { }
                case PROCESS_ENDED -> open.keySet().removeIf(asked -> asked.owner() == happening.owner());
                case ASKED -> {
                    if (WAITS.contains(happening.detail())) {
                        open.put(question, happening);
                    }
                }
                case RELEASED, SIGNALLED, DEADLOCK -> { }
                default -> open.remove(question);
            }
        }
        return open.values();
    }

    /** A condition that may ask the run. */
    @FunctionalInterface
    public interface Condition {
        /**
         * Looks.
         *
         * @return whether it is true
         * @throws Exception anything; it ends the wait
         */
        boolean holds() throws Exception;
    }

    /**
     * Waits until a condition is true.
     *
     * @param patience how long at most
     * @param description what is waited for, for the message of a failure
     * @param condition looked at every few milliseconds, on this thread
     * @throws AssertionError if it does not become true in time, or throws; the message says in what state the processes are and
     *     what happened last
     * @throws InterruptedException if interrupted while waiting
     */
    public void await(Duration patience, String description, Condition condition) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (!holds(description, condition)) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("Awaited for " + patience.toMillis() + " ms, in vain: " + description + ".\n" + report());
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /**
     * Waits until a condition is true, for a minute, or the time that the extension was given.
     *
     * @param description what is waited for, for the message of a failure
     * @param condition looked at every few milliseconds, on this thread
     * @throws AssertionError if it does not become true in time, or throws
     * @throws InterruptedException if interrupted while waiting
     */
    public void await(String description, Condition condition) throws InterruptedException {
        await(patience, description, condition);
    }

    /**
     * Waits until a process waits: it has asked for something that it cannot have yet.
     *
     * @param process name of the process
     * @throws AssertionError if it does not within a minute, or the time that the extension was given
     * @throws InterruptedException if interrupted while waiting
     */
    public void awaitWaiting(String process) throws InterruptedException {
        await(patience, process + " waits", () -> isWaiting(process));
    }

    private boolean holds(String description, Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failed) {
            throw new AssertionError("Looking whether " + description + " failed: " + failed + "\n" + report(), failed);
        }
    }

    /**
     * How things stand, for the message of a failed test.
     *
     * @return the children, who waits for what, and what happened last
     */
    public String report() {
        var all = happenings();
        return Stream.of(
                        Stream.of("Children:"), run.activeChildren().stream().map(child -> "  " + child),
                        Stream.of("Waiting:"), unanswered().stream().map(Seen::line),
                        Stream.of("The last of " + all.size() + " happenings:"),
                        all.stream().skip(Math.max(0, all.size() - LAST_SHOWN)).map(Seen::line))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    // The end.

    /**
     * Kills the children that run and waits until what they held is settled; the run goes on. For the end of one test of several that
     * share a run.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    public void endChildren() throws InterruptedException {
        endAllBut(List.of(), programs);
    }

    /** The same for all but some of them, and for programs. */
    void endAllBut(Collection<Process> children, Collection<Program> others) throws InterruptedException {
        jvms.remember();
        var ending = run.activeChildren().stream().filter(child -> !children.contains(child)).toList();
        ending.forEach(Process::kill);
        programs.stream().filter(program -> !others.contains(program)).forEach(Program::close);
        programs.retainAll(Set.copyOf(others));
        for (var child : ending) {
            child.join(PATIENCE).orElseThrow(() -> new AssertionError(child + " was killed and did not end.\n" + report()));
        }
    }

    /**
     * Ends the run and every process of it, also paused ones. Closing again is harmless.
     *
     * @throws AssertionError if a process of the run is still there 5 s later; it is killed
     */
    @Override
    public void close() {
        jvms.remember();
        run.activeChildren().forEach(Process::kill);
        run.close();
        programs.forEach(Program::close);
        var left = jvms.killRest();
        if (!left.isEmpty()) {
            throw new AssertionError("The run has ended, but its processes " + left.stream().map(ProcessHandle::pid).toList()
                    + " had not " + Jvms.patienceSeconds() + " s later; they have been killed now.\n" + report());
        }
    }

    /** The programs that were started and have not been closed. */
    List<Program> programs() {
        return List.copyOf(programs);
    }

    /** Names of the processes that live, by pid. */
    Map<Long, String> living() {
        return jvms.living();
    }

    @Override
    public String toString() {
        return "TestRun[" + run.name() + "]";
    }
}
