package procession.node;

import java.io.IOException;
import java.net.BindException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Consumer;
import procession.SettingsException;
import procession.core.Happening;
import procession.view.Header;
import procession.view.LiveView;

/** The page on which a run is seen. A run without one never loads what serves it. */
final class Watching {

    private static final long LAST_WORDS_MILLIS = 2_000;
    private static final long LAST_WORDS_IN_HOOK_MILLIS = 500;

    private final LiveView view;
    private final boolean stays;
    private boolean ended;

    private Watching(LiveView view, boolean stays) {
        this.view = view;
        this.stays = stays;
    }

    /**
     * Begins to serve a page.
     *
     * @param settings say where
     * @param run name of the run
     * @return the page; null if the settings want none
     * @throws SettingsException if the port cannot be had
     */
    static Watching begin(ViewSettings settings, String run) {
        if (settings.port().isEmpty()) {
            return null;
        }
        int port = settings.port().getAsInt();
        var version = Objects.requireNonNullElse(Watching.class.getPackage().getImplementationVersion(), "");
        var header = new Header(run, version, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(), ProcessHandle.current().pid());
        try {
            return new Watching(LiveView.begin(port, settings.size(), header, System.nanoTime()), settings.stays());
        } catch (IOException cannot) {
            throw new SettingsException("procession.view.port is " + port + ", which " + (cannot instanceof BindException
                    ? "another program has, or this user may not have" : "cannot be had (" + cannot.getMessage() + ")")
                    + "; choose another, or 0 for any that is free.");
        }
    }

    /** Is told of every happening. */
    Consumer<Happening> keeper() {
        return view;
    }

    /** Says where to look. */
    void tell() {
        System.err.println("procession: watch this run at " + view.address());
    }

    /** The run has not come about. */
    void discard() {
        view.close();
    }

    /** The run is over. If its page stays, the JVM stays with it. */
    void end(boolean orderly) {
        end(orderly, LAST_WORDS_MILLIS);
        if (stays) {
            Launch.keepOpen(() -> {
                System.err.println("procession: the run has ended; its page stays at " + view.address() + " until Ctrl-C");
                System.err.flush();
            });
        } else {
            view.close();
        }
    }

    /** The JVM ends, perhaps before the run was closed. */
    void jvmEnds() {
        end(false, LAST_WORDS_IN_HOOK_MILLIS);
        view.close();
    }

    private synchronized void end(boolean orderly, long millis) {
        if (ended) {
            return;
        }
        ended = true;
        boolean interrupted = Thread.interrupted();
        try {
            view.end(orderly, millis);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
