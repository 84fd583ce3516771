package procession.record;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import procession.core.Happening;

/**
 * What must hold in a run, and its judge: it is shown the lines of a record in the order of the file, which is the keeper's order for the
 * keeper's, and the program's order for those of one thread; and it says which lines contradict each other. What the record does not tell
 * is never held against a run.
 */
abstract class Law {

    private static final int MOST = 10;

    private final String name;
    private final String sentence;
    final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();
    private long uncounted;

    Law(String name, String sentence, Evidence evidence) {
        this.name = name;
        this.sentence = sentence;
        this.evidence = evidence;
    }

    /** What it is called. */
    final String name() {
        return name;
    }

    /**
     * Whether it follows the keeper's happenings one by one, so that it can be judged only up to the first gap in them. Any other law
     * must see for itself what can be judged when something is missing.
     */
    boolean followsTheKeeper() {
        return false;
    }

    /** Whether a gap leaves anything unjudged. */
    boolean suffersFromGaps() {
        return followsTheKeeper();
    }

    /** Something happened; everything that was to happen in earlier steps of the keeper has. */
    void happened(Happening happening, Entry entry) {}

    /** What was to happen in the keeper's step is all there. */
    void stepEnded() {}

    /** A process is about to ask for something. */
    void invoked(Line.Invoked invoked, Entry entry) {}

    /** A process is about to be told something. */
    void returned(Line.Returned returned, Entry entry) {}

    /** Everything has been read. */
    void allRead() {}

    // What is found.

    final void broken(String how, Entry... lines) {
        if (violations.size() == MOST) {
            uncounted++;
            return;
        }
        var words = new Words(evidence);
        violations.add(new Violation(name, sentence, how, Stream.of(lines).filter(line -> line != null).distinct()
                .map(line -> new Violation.Cited(line.place(), words.of(line))).toList()));
    }

    final List<Violation> violations() {
        return violations;
    }

    /** How many were found beyond those that are told. */
    final long uncounted() {
        return uncounted;
    }

    final String name(long owner) {
        return evidence.name(owner);
    }
}
