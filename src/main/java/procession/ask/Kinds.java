package procession.ask;

import java.util.List;
import java.util.Locale;
import procession.core.Spec;

/** Kinds of primitives, as people type them. */
public final class Kinds {

    /** All kinds, as answers name them. */
    public static final List<String> ALL = List.of("lock", "re-entrant lock", "read-write lock", "semaphore", "bounded semaphore", "event",
            "barrier", "latch", "queue", "simple queue", "joinable queue", "pipe", "counter", "cell", "map");

    private Kinds() {}

    /**
     * Whether there is such a kind.
     *
     * @param typed what a person typed
     * @return whether it means one or several
     */
    public static boolean isOne(String typed) {
        return ALL.stream().anyMatch(kind -> means(typed, kind));
    }

    static boolean means(String typed, Spec spec) {
        return means(typed, spec.kind());
    }

    /** Case, blanks, dashes and a plural do not count; and a noun means all kinds of it, as {@code lock} does. */
    private static boolean means(String typed, String kind) {
        var plain = plain(typed);
        return plain.equals(plain(kind)) || plain.equals(plain(kind.substring(kind.lastIndexOf(' ') + 1)));
    }

    private static String plain(String kind) {
        var letters = kind.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return letters.endsWith("s") ? letters.substring(0, letters.length() - 1) : letters;
    }
}
