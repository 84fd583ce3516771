package procession.node;

import java.time.Duration;
import procession.Process;
import procession.core.Payload;
import procession.core.Request;

/** The run from a child. */
final class ChildRun extends Run {

    private static final Duration FLUSH = Duration.ofSeconds(1);

    private final ParentProcess parent;

    ChildRun(HandOver given, Node node, Family family) {
        super(given.runName(), node, family);
        parent = new ParentProcess(given.parentName(), given.parentPid(), given.parentToken());
    }

    Process parent() {
        return parent;
    }

    /**
     * Tells the parent how this process is about to end, after all it has sent, and waits until the keeper has it: as long as the run
     * lives, an answer is worth waiting for, and when the parent does not, the lifeline ends this process.
     */
    void report(Payload report) {
        try {
            node().session().announce(new Request.Report(report));
            while (!node().session().flush(FLUSH) && !node().session().isEnded()) {
                // The keeper is slow, or stopped.
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException runEnded) {
            // Nobody is there to be told.
        }
    }
}
