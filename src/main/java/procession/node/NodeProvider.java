package procession.node;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import procession.ClusterException;
import procession.Process;
import procession.Procession;
import procession.Provider;

/** What {@link Procession}'s static methods do: one run per JVM at a time. */
public final class NodeProvider implements Provider {

    private static final int GREATEST_STATUS = 255;

    private static MainRun main;
    private static ChildRun child;
    private static boolean starting;

    @Override
    public Procession start(Map<String, ?> settings) {
        refuseWindows();
        synchronized (NodeProvider.class) {
            if (child != null) {
                throw new IllegalStateException("This JVM is process " + child.family().self().name()
                        + " of a run; it uses Procession.current() and starts none.");
            }
            if (main != null || starting) {
                throw new IllegalStateException("This JVM has a run already" + (main == null ? "" : ", '" + main.name() + "'")
                        + "; close it before starting another.");
            }
            starting = true;
        }
        try {
            var run = MainRun.start(settings, NodeProvider::forget);
            synchronized (NodeProvider.class) {
                main = run;
            }
            return run;
        } finally {
            synchronized (NodeProvider.class) {
                starting = false;
            }
        }
    }

    private static void refuseWindows() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            throw new ClusterException("Procession runs on Linux and macOS, not on Windows: it needs signals and inherited streams.");
        }
    }

    private static synchronized void forget() {
        main = null;
    }

    static synchronized void isChild(ChildRun run) {
        child = run;
    }

    static synchronized MainRun mainRun() {
        return main;
    }

    private static synchronized Run any() {
        Run run = child != null ? child : main;
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
