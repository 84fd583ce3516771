package procession.node;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import procession.core.Happening;
import procession.core.Owner;
import procession.record.Recorder;
import procession.session.Session;
import procession.session.Witness;

/** All that the keeper of a run tells what happens, in the main process: what is remembered, recorded and shown of it. */
final class Audience {

    private static final Duration LAST_CALLS = Duration.ofSeconds(1);

    private final Recorder recorder;
    /** Null if the run is not recorded. */
    private final Recording recording;
    /** Null if the run has no page. */
    private final Watching watching;
    /** Null if nobody wants to know what processes are called. */
    private final Set<String> names;

    private Audience(Recorder recorder, Recording recording, Watching watching, Set<String> names) {
        this.recorder = recorder;
        this.recording = recording;
        this.watching = watching;
        this.names = names;
    }

    /**
     * Everyone whom the settings ask for.
     *
     * @param settings say whom
     * @param run name of the run
     * @param main name of the main process
     * @throws procession.SettingsException if a record cannot be made, or a page not be served
     */
    static Audience begin(Settings settings, String run, String main) {
        var recorder = new Recorder(settings.recordSize());
        var names = settings.debug() == null ? null : new ConcurrentSkipListSet<String>();
        var recorded = new Audience(recorder, Recording.begin(settings, run, main), null, names);
        return recorded.orDiscarded(
                () -> new Audience(recorder, recorded.recording, Watching.begin(settings.view(), run), names));
    }

    /** Does something without which there is no run. */
    <T> T orDiscarded(Supplier<T> start) {
        try {
            return start.get();
        } catch (RuntimeException failed) {
            if (recording != null) {
                recording.discard();
            }
            if (watching != null) {
                watching.discard();
            }
            throw failed;
        }
    }

    /** Who listens to the keeper; null for nobody, which costs nothing. */
    Consumer<Happening> keeper() {
        return Stream.of(recorder.isOn() ? recorder : null, recording == null ? null : recording.keeper(),
                        watching == null ? null : watching.keeper(), names == null ? null : named())
                .filter(Objects::nonNull).reduce(Consumer::andThen).orElse(null);
    }

    private Consumer<Happening> named() {
        return happening -> {
            if (happening.kind() == Happening.Kind.PROCESS_STARTED) {
                names.add(happening.process());
            }
        };
    }

    /** Who is told of this process's own calls; null for nobody. */
    Witness calls() {
        return recording;
    }

    /** Says where the run can be watched. */
    void tell() {
        if (watching != null) {
            watching.tell();
        }
    }

    Recorder recorder() {
        return recorder;
    }

    List<Happening> happenings() {
        return recorder.happenings();
    }

    /** Waits until what the keeper has told is in the record, if there is one. */
    void awaitWritten() throws InterruptedException {
        if (recording != null) {
            recording.awaitWritten();
        }
    }

    /** What processes were called, if the settings name one that is to be debugged. */
    Set<String> names() {
        return Set.copyOf(names);
    }

    /** What the keeper and the last callers have told is in the record before the run is over. */
    void end(Session session, boolean orderly) {
        if (watching != null) {
            watching.end(orderly);
        }
        if (recording != null) {
            try {
                session.awaitTold(LAST_CALLS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            recording.end(session.owner(), orderly);
        }
    }

    /** The JVM ends, perhaps before the run was closed. */
    void jvmEnds(Owner main) {
        if (watching != null) {
            watching.jvmEnds();
        }
        if (recording != null) {
            recording.end(main, false);
        }
    }
}
