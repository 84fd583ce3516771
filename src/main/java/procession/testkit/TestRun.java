package procession.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
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
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final long ANSWERED_BY_THEN = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String PID = "pid ";

    /** Names of the commands that may have to wait for their answer. */
    private static final Set<String> WAITS = Set.of("AcquireLock", "AwaitCondition", "AcquirePermits", "AwaitEvent", "AwaitBarrier",
            "AwaitLatch", "AcquireRead", "AcquireWrite", "AwaitCounter", "AwaitValue", "AwaitMap", "Put", "Get", "JoinQueue", "Send",
            "Receive", "Poll", "PollQueue");

    private final Procession run;
    private final Queue<Program> programs = new ConcurrentLinkedQueue<>();
    private final Map<Long, ProcessHandle> seen = new ConcurrentHashMap<>();

    private TestRun(Procession run) {
        this.run = run;
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
        var all = new HashMap<String, Object>(Map.of("procession.record.size", REMEMBERED, "procession.color", "never"));
        all.putAll(settings);
        return new TestRun(Procession.start(all));
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
        await(PATIENCE, process.name() + " stands still", () -> Signals.isStopped(pid(process)));
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
     * What has happened so far.
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
     * Waits until a process waits: it has asked for something that it cannot have yet.
     *
     * @param process name of the process
     * @throws AssertionError if it does not within a minute
     * @throws InterruptedException if interrupted while waiting
     */
    public void awaitWaiting(String process) throws InterruptedException {
        await(PATIENCE, process + " waits", () -> isWaiting(process));
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
                        Stream.of("Waiting:"), unanswered().stream().map(TestRun::line),
                        Stream.of("The last of " + all.size() + " happenings:"),
                        all.stream().skip(Math.max(0, all.size() - LAST_SHOWN)).map(TestRun::line))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private static String line(Happening happening) {
        var what = happening.name().or(() -> happening.primitive().map(Object::toString)).orElse("");
        return "  " + Stream.of(Long.toString(happening.step()), happening.process(), happening.kind().toString(), what,
                        happening.number() == 0 ? "" : Long.toString(happening.number()),
                        happening.units() == 0 ? "" : "x" + happening.units(), happening.detail())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    // The end.

    /**
     * Kills the children that run and waits until what they held is settled; the run goes on. For the end of one test of several that
     * share a run.
     *
     * @throws InterruptedException if interrupted while waiting
     */
    public void endChildren() throws InterruptedException {
        rememberJvms();
        var children = run.activeChildren();
        children.forEach(Process::kill);
        for (var child : children) {
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
        rememberJvms();
        run.activeChildren().forEach(Process::kill);
        run.close();
        programs.forEach(Program::close);
        var left = stillThere();
        left.forEach(ProcessHandle::destroyForcibly);
        if (!left.isEmpty()) {
            throw new AssertionError("The run has ended, but its processes " + left.stream().map(ProcessHandle::pid).toList()
                    + " had not " + LAST_MOMENTS.toSeconds() + " s later; they have been killed now.\n" + report());
        }
    }

    /** Of children the run knows; of theirs, what they said when they came. Programs that have joined may outlive the run. */
    private void rememberJvms() {
        var children = run.activeChildren().stream().flatMap(child -> child.pid().stream().boxed())
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(child -> Stream.concat(Stream.of(child), child.descendants()));
        Stream.concat(children, pidsTold().flatMap(pid -> ProcessHandle.of(pid).stream()))
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .forEach(handle -> seen.put(handle.pid(), handle));
    }

    private Stream<Long> pidsTold() {
        return happenings().stream().filter(happening -> happening.kind() == Happening.Kind.PROCESS_STARTED)
                .map(Happening::detail).filter(detail -> detail.matches(PID + "\\d+"))
                .map(detail -> Long.valueOf(detail.substring(PID.length())));
    }

    private List<ProcessHandle> stillThere() {
        long until = System.nanoTime() + LAST_MOMENTS.toNanos();
        var left = new ArrayList<>(seen.values());
        for (left.removeIf(gone()); !left.isEmpty() && System.nanoTime() - until < 0; left.removeIf(gone())) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return left;
            }
        }
        return left;
    }

    private static java.util.function.Predicate<ProcessHandle> gone() {
        return handle -> !handle.isAlive();
    }

    @Override
    public String toString() {
        return "TestRun[" + run.name() + "]";
    }
}
