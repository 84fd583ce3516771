package procession;

import java.util.ArrayList;
import java.util.List;

/**
 * A scenario's verdict on itself: its last line on stdout is {@code PASS name: facts} or {@code FAIL name: what broke}.
 *
 * <p>Finish it when the run is closed, so that no child prints behind it. Not thread-safe.
 *
 * <p>In Python: none; a script would end with {@code sys.exit}.
 */
public final class Check {

    private final String name;
    private final List<String> broken = new ArrayList<>();

    private Check(String name) {
        this.name = name;
    }

    /**
     * A check that has found nothing wrong yet.
     *
     * @param name name of the scenario
     * @return the check
     */
    public static Check of(String name) {
        return new Check(name);
    }

    /**
     * Notes what is wrong.
     *
     * @param holds what should be true
     * @param otherwise what is said if it is not
     * @return this
     */
    public Check that(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
        return this;
    }

    /**
     * Prints the verdict.
     *
     * @param facts what was found, for the line of a scenario that passed
     * @throws CheckFailedException if anything was wrong; the command exits with 4
     */
    public void finish(String facts) {
        System.out.println(broken.isEmpty() ? "PASS " + name + ": " + facts : "FAIL " + name + ": " + String.join("; ", broken));
        System.out.flush();
        if (!broken.isEmpty()) {
            throw new CheckFailedException(name + ": " + String.join("; ", broken));
        }
    }
}
