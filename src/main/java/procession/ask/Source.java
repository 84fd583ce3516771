package procession.ask;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.core.Look;
import procession.record.LatestLines;

/** Where answers come from. */
public interface Source {

    /**
     * Which run answers.
     *
     * @return the run
     */
    RunFacts run();

    /**
     * Has the keeper looked at.
     *
     * @return completed by the keeper with all there is
     */
    CompletableFuture<Look> look();

    /**
     * What the main process remembers.
     *
     * @return the latest happenings, as lines of a record; empty if it remembers none
     */
    Optional<LatestLines> trace();
}
