package procession.node;

import java.util.List;
import java.util.Map;
import procession.Primitive;
import procession.Procession;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.session.Handles;

/** What tools may see of a run: tests, pages, reports. */
public final class Runs {

    private Runs() {}

    /**
     * Starts a run, as {@link Procession#start(Map)} does, for a class that does not call it itself.
     *
     * @param settings settings that win over all others
     * @param starter the class whose package's types may travel
     * @return the run; this process is its main process
     */
    public static Procession start(Map<String, ?> settings, Class<?> starter) {
        return NodeProvider.start(settings, starter);
    }

    /**
     * What has happened in a run, as far as it is remembered: the latest {@code procession.record.size} happenings.
     *
     * @param run the run, in its main process; it may have ended
     * @return the happenings, in their order
     * @throws IllegalArgumentException if this is not the run's main process: only that one records
     */
    public static List<Happening> happenings(Procession run) {
        return main(run).happenings();
    }

    /**
     * Waits until all that anybody in this process has been told so far is remembered, and in the record: an answer comes first.
     *
     * @param run the run, in its main process; it may have ended
     * @throws IllegalArgumentException if this is not the run's main process: only that one records
     * @throws InterruptedException if interrupted while waiting
     */
    public static void awaitRecorded(Procession run) throws InterruptedException {
        main(run).awaitRecorded();
    }

    /**
     * What happenings call a primitive.
     *
     * @param handle a handle on it; its run may have ended
     * @return the primitive's number
     */
    public static PrimitiveId idOf(Primitive handle) {
        return Handles.idOf(handle);
    }

    private static MainRun main(Procession run) {
        if (run instanceof MainRun main) {
            return main;
        }
        throw new IllegalArgumentException(run + " records in its main process only, and this is another.");
    }
}
