package procession.record;

import java.util.List;

/**
 * A law has been broken.
 *
 * @param law name of the law
 * @param sentence what should have held
 * @param how what happened instead, in one sentence
 * @param lines the lines that contradict each other
 */
public record Violation(String law, String sentence, String how, List<Cited> lines) {

    /** Copies the list. */
    public Violation {
        lines = List.copyOf(lines);
    }

    /**
     * A line that is cited.
     *
     * @param place its number in the file, from 1
     * @param words what it says
     */
    public record Cited(long place, String words) {}
}
