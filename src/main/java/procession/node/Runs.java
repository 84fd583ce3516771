package procession.node;

import java.util.List;
import procession.Procession;
import procession.core.Happening;

/** What tools may see of a run: tests, pages, reports. */
public final class Runs {

    private Runs() {}

    /**
     * What has happened in a run, as far as it is remembered: the latest {@code procession.record.size} happenings.
     *
     * @param run the run, in its main process; it may have ended
     * @return the happenings, in their order
     * @throws IllegalArgumentException if this is not the run's main process: only that one records
     */
    public static List<Happening> happenings(Procession run) {
        if (run instanceof MainRun main) {
            return main.happenings();
        }
        throw new IllegalArgumentException(run + " records in its main process only, and this is another.");
    }
}
