package procession.node;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import procession.ClusterException;
import procession.Process;
import procession.Procession;
import procession.Provider;
import procession.Waitable;

/** What {@link Procession}'s static methods do: one run per JVM at a time. */
public final class NodeProvider implements Provider {

    private static final int GREATEST_STATUS = 255;

    private static ProgramRun own;
    private static ChildRun child;
    private static boolean beginning;

    @Override
    public Procession start(Map<String, ?> settings) {
        var run = Launch.joins();
        return run.isPresent() ? join(run.get(), settings) : begin("starting", () -> MainRun.start(settings, NodeProvider::forget));
    }

    /** Starts a run for another class. */
    static Procession start(Map<String, ?> settings, Class<?> starter) {
        return begin("starting", () -> MainRun.start(settings, starter, NodeProvider::forget));
    }

    @Override
    public Procession join(String run, Map<String, ?> settings) {
        return begin("joining", () -> JoinedRun.join(run, settings, NodeProvider::forget));
    }

    private static Procession begin(String how, Supplier<ProgramRun> beginning) {
        refuseWindows();
        takeTurn(how);
        try {
            var run = beginning.get();
            synchronized (NodeProvider.class) {
                own = run;
            }
            return run;
        } catch (RuntimeException | Error failed) {
            OwnOutput.runOver();
            throw failed;
        } finally {
            synchronized (NodeProvider.class) {
                NodeProvider.beginning = false;
            }
        }
    }

    private static synchronized void takeTurn(String how) {
        if (child != null) {
            throw new IllegalStateException("This JVM is process " + child.family().self().name()
                    + " of a run; it uses Procession.current() and begins none.");
        }
        if (own != null || beginning) {
            throw new IllegalStateException("This JVM has a run already" + (own == null ? "" : ", '" + own.name() + "'")
                    + "; close it before " + how + " another.");
        }
        beginning = true;
    }

    private static void refuseWindows() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            throw new ClusterException("Procession runs on Linux and macOS, not on Windows: it needs signals and inherited streams.");
        }
    }

    private static synchronized void forget() {
        own = null;
    }

    /** The run of a child, from within. */
    static synchronized ChildRun child() {
        return child;
    }

    static synchronized void isChild(ChildRun run) {
        child = run;
    }

    /** The run that this program has started or joined; null if none is open. */
    static synchronized ProgramRun own() {
        return own;
    }

    private static synchronized Run any() {
        Run run = child != null ? child : own;
        if (run == null) {
            throw new IllegalStateException("This JVM takes part in no run; Procession.start() begins one.");
        }
        return run;
    }

    @Override
    public Procession current() {
        return any();
    }

    @Override
    public Process currentProcess() {
        return any().family().self();
    }

    @Override
    public Optional<Process> parentProcess() {
        return any() instanceof ChildRun run ? Optional.of(run.parent()) : Optional.empty();
    }

    @Override
    public <W extends Waitable> List<W> waitAny(Optional<Duration> timeout, List<W> of) throws InterruptedException {
        return any().waiting().await(timeout, of);
    }

    @Override
    public <W extends Waitable> CompletableFuture<List<W>> waitAnyAsync(Optional<Duration> timeout, List<W> of) {
        return any().waiting().awaitAsync(timeout, of);
    }

    @Override
    public void exit(int status) {
        if (status < 0 || status > GREATEST_STATUS) {
            throw new IllegalArgumentException("An exit status is from 0 to 255, not " + status
                    + "; the system keeps only its low 8 bits, so 256 would look like success.");
        }
        ChildRun run;
        synchronized (NodeProvider.class) {
            run = child;
        }
        if (run != null) {
            run.report(Outcomes.exited(status));
        }
        System.exit(status);
    }
}
