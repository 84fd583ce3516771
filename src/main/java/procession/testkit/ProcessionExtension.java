package procession.testkit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import procession.Process;
import procession.Procession;

/**
 * A run for the tests of a class, for JUnit Jupiter: it is there when a test begins, its processes can be killed and paused, and none of
 * them outlives the test.
 *
 * <pre>{@code
 * class TicketsTest {
 *
 *     @RegisterExtension
 *     static final ProcessionExtension extension = ProcessionExtension.create();
 *
 *     @Test
 *     @Timeout(60)
 *     void theDeathOfTheHolderPassesTheLockOn(Procession run, TestRun test, History history) throws Exception {
 *         var lock = run.lock("tickets");
 *         var holder = run.process(Tickets::hold, lock).name("holder").start();
 *         test.await("the child holds the lock", () -> lock.tryAcquire().isEmpty());
 *
 *         test.kill(holder);
 *         lock.acquire().release();
 *
 *         assertThat(history).heldByOneAtATime(lock).abandoned(lock, "holder");
 *     }
 * }
 * }</pre>
 *
 * <p><b>How long a run lasts.</b> In a static field: as long as the tests of the class, which share it. Processes and programs that a test,
 * or what comes before each, has started are killed at its end; those that were started before all tests live on; primitives with a name
 * are there for the next test, too. In an instance field: as long as one test.
 *
 * <p><b>What is injected</b> into tests, lifecycle methods and constructors: {@link Procession}, {@link TestRun}, and {@link History},
 * which tells of what has happened since the test began (in a constructor or before all tests: since the run did).
 *
 * <p><b>One run per JVM at a time.</b> A run that would begin while there is another one is refused, and so is a test that begins while
 * another one of the class uses the shared run. Classes that run in parallel are kept apart by
 * {@code @ResourceLock(ProcessionExtension.RUN)}, or by JVMs of their own.
 *
 * <p><b>When a test fails</b>, what its processes did is in {@code target/procession/CLASS/TEST/} ({@code build/…} with Gradle; or under
 * the folder that the system property {@code procession.testkit.dir} names): {@code summary.txt}, {@code output.txt} (what all of them
 * printed, as on the terminal) and a file {@code NAME-PID.log} for each, {@code record.jsonl} (for {@code bin/procession check}),
 * {@code trace.json} (for Perfetto), and {@code threads-NAME-PID.txt} for each process that lived when the test failed, taken before it was killed. A
 * suppressed exception of the failure and a line on the standard error say where. Of a test that succeeds nothing is left.
 *
 * <p>A test that may wait for ever needs JUnit's {@code @Timeout}: it interrupts the test, which then fails as any other. If the JVM of the
 * tests itself is killed, the processes of its run end with it.
 *
 * <p>Settings: those of {@code procession.*} system properties and the settings file apply, and {@link #setting} wins over them. A run
 * of a test remembers 100 000 happenings, prints without colour, is recorded, and writes what each process prints to a file.
 */
public final class ProcessionExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterTestExecutionCallback, AfterEachCallback, AfterAllCallback,
                ParameterResolver {

    /** Names what only one class at a time can use, for {@code @ResourceLock}. */
    public static final String RUN = "procession.run";

    private static final AtomicReference<String> IN_USE = new AtomicReference<>();

    private final Map<String, Object> settings = new HashMap<>();
    private Duration patience = Duration.ofSeconds(60);
    private boolean recorded = true;
    private boolean judged;

    private volatile Stage stage;
    /** Names the context whose end ends the run. */
    private String owner;
    private volatile Dossier dossier;
    /** Names the context of the test whose dossier that is. */
    private volatile String current;
    private List<Process> lasting = List.of();
    private List<Program> lastingPrograms = List.of();
    private volatile long begin;

    private ProcessionExtension() {}

    /**
     * An extension with the settings of a test.
     *
     * @return the extension
     */
    public static ProcessionExtension create() {
        return new ProcessionExtension();
    }

    /**
     * Sets something for the run, as a program does by {@link Procession#start(Map)}.
     *
     * @param key the setting's full key, such as {@code procession.lock.lend}
     * @param value its value
     * @return this
     */
    public ProcessionExtension setting(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    /**
     * Sets several things for the run.
     *
     * @param all settings by their full keys
     * @return this
     */
    public ProcessionExtension settings(Map<String, ?> all) {
        settings.putAll(all);
        return this;
    }

    /**
     * Names the run, for programs that join it.
     *
     * @param name the name
     * @return this
     */
    public ProcessionExtension name(String name) {
        return setting("procession.name", name);
    }

    /**
     * How long {@link TestRun#await(String, TestRun.Condition)}, {@link TestRun#awaitWaiting} and {@link TestRun#pause} wait at most; by
     * default a minute.
     *
     * @param most how long
     * @return this
     */
    public ProcessionExtension patience(Duration most) {
        patience = most;
        return this;
    }

    /**
     * Does not record the run: each call of a primitive then costs two writes less. What needs a record says so:
     * {@link History#holds}, {@link HistoryAssert#heldByOneAtATime}, {@link HistoryAssert#keepsTheLaws}.
     *
     * @return this
     */
    public ProcessionExtension withoutRecord() {
        recorded = false;
        return this;
    }

    /**
     * Judges every run when it is over by the laws of {@code bin/procession check}, and fails the class (or, in an instance field, the
     * test) if one is broken. That tests Procession itself.
     *
     * @return this
     */
    public ProcessionExtension judged() {
        judged = true;
        return this;
    }

    /**
     * The run.
     *
     * @return the run; this process is its main process
     * @throws IllegalStateException if there is none now
     */
    public Procession run() {
        return stage().test().run();
    }

    /**
     * The run in the hands of a test.
     *
     * @return what kills, pauses and awaits
     * @throws IllegalStateException if there is none now
     */
    public TestRun test() {
        return stage().test();
    }

    /**
     * What has happened since the current test began, or since the run did if there is no test now.
     *
     * @return the history
     * @throws IllegalStateException if there is no run now
     */
    public History history() {
        return stage().test().history(() -> begin);
    }

    private Stage stage() {
        var now = stage;
        if (now == null) {
            throw new IllegalStateException("There is no run now: that of an extension in a static field begins before the first test of"
                    + " its class, and that of one in an instance field before each test.");
        }
        return now;
    }

    // What JUnit calls.

    @Override
    public void beforeAll(ExtensionContext context) {
        if (stage == null) {
            begin(context);
        }
    }

    @Override
    public synchronized void beforeEach(ExtensionContext context) {
        if (dossier != null) {
            throw new IllegalStateException("Two tests at once, " + dossier.name() + " and " + context.getDisplayName() + ", cannot share"
                    + " a run: the end of one kills the processes of the other. Let the tests of the class run one after another:"
                    + " @Execution(ExecutionMode.SAME_THREAD).");
        }
        if (stage == null) {
            begin(context);
        } else {
            lasting = stage.test().run().activeChildren();
            lastingPrograms = stage.test().programs();
        }
        begin = stage.beginOfTest(!isOwner(context));
        dossier = Dossier.ofTest(context, stage);
        current = context.getUniqueId();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (isCurrent(context)) {
            context.getExecutionException().ifPresent(dossier::failed);
        }
    }

    @Override
    public synchronized void afterEach(ExtensionContext context) {
        if (!isCurrent(context)) {
            return; // It was refused.
        }
        var now = dossier;
        try {
            context.getExecutionException().ifPresent(now::failed);
            now.end(isOwner(context) ? this::end : () -> stage.test().endAllBut(lasting, lastingPrograms));
        } finally {
            if (isOwner(context)) {
                isOver();
            }
            dossier = null;
            lasting = List.of();
            lastingPrograms = List.of();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isOwner(context)) {
            var all = Dossier.ofClass(context, stage);
            try {
                context.getExecutionException().ifPresent(all::failed);
                all.end(this::end);
            } finally {
                isOver();
            }
        }
    }

    private boolean isCurrent(ExtensionContext context) {
        return dossier != null && context.getUniqueId().equals(current);
    }

    private boolean isOwner(ExtensionContext context) {
        return stage != null && context.getUniqueId().equals(owner);
    }

    private void begin(ExtensionContext context) {
        var user = context.getRequiredTestClass().getName();
        if (!IN_USE.compareAndSet(null, user)) {
            throw new IllegalStateException("The run of " + user + " cannot begin: that of " + IN_USE.get() + " is not over, and a JVM has"
                    + " one run at a time. Use one extension for each class; and keep classes that run in parallel apart by"
                    + " @ResourceLock(ProcessionExtension.RUN).");
        }
        try {
            stage = Stage.begin(settings, context.getRequiredTestClass(), patience, recorded);
            owner = context.getUniqueId();
            begin = stage.beginOfTest(false);
        } catch (RuntimeException | Error failed) {
            IN_USE.set(null);
            throw failed;
        }
    }

    private void end() {
        stage.end();
        if (judged) {
            stage.judge();
        }
    }

    private void isOver() {
        stage.isOver();
        stage = null;
        IN_USE.set(null);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Procession.class || type == TestRun.class || type == History.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Procession.class ? run() : type == TestRun.class ? test() : history();
    }
}
