package procession.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that is measured: the lines that come of it, and the work. */
interface Benchmark {

    /** Its lines, as the table shows them; the first has its name. */
    List<Line> lines();

    /** Settings that its run needs, other than those shipped. One run per JVM: so it gets a main process of its own. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** Why it cannot be measured on this machine; empty if it can. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /**
     * Measures, in the main process of a run, and reports every line.
     *
     * @param stage where
     * @throws Exception whatever went wrong; its lines are then missing from the table, which says why
     */
    void work(Stage stage) throws Exception;

    default String name() {
        return lines().getFirst().name();
    }
}
