package procession.view;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import procession.core.Happening;

/** The lanes: who takes part, and what those were called who did lately. */
final class Lanes {

    private static final int MOST_GONE = 4096;
    private static final String PID = "pid ";
    private static final String JOINED = ", joined";

    private final Canvas canvas;
    private final Map<Long, String> here = new HashMap<>();
    private final Map<Long, String> gone = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > MOST_GONE;
        }
    };

    Lanes(Canvas canvas) {
        this.canvas = canvas;
    }

    void started(Happening started) {
        boolean joined = started.detail().endsWith(JOINED);
        here.put(started.owner(), started.process());
        canvas.add(new Change.Lane(started.owner(), started.process(), pid(started), started.number(), joined, canvas.now()));
    }

    /** The pid of a process that has started; 0 if it is not told. */
    static long pid(Happening started) {
        var detail = started.detail();
        if (!detail.startsWith(PID)) {
            return 0;
        }
        int end = detail.endsWith(JOINED) ? detail.length() - JOINED.length() : detail.length();
        try {
            return Long.parseLong(detail.substring(PID.length(), end));
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** One that is heard of and whose start is not known, as it is missing. */
    void met(long owner, String process) {
        if (owner != 0 && !process.isEmpty() && !here.containsKey(owner) && !gone.containsKey(owner)) {
            here.put(owner, process);
            canvas.add(new Change.Lane(owner, process, 0, 0, false, canvas.now()));
        }
    }

    boolean isHere(long owner) {
        return here.containsKey(owner);
    }

    /** What a process is or was called, if that is remembered. */
    String name(long owner, String otherwise) {
        return here.getOrDefault(owner, gone.getOrDefault(owner, otherwise));
    }

    void ended(Happening ended) {
        gone.put(ended.owner(), ended.process());
        if (here.remove(ended.owner()) != null) {
            canvas.add(new Change.Gone(ended.owner(), ended.detail(), isBad(ended.detail()), canvas.now()));
        }
    }

    /** Whoever is ended with the run, with a reason behind the signal, has done nothing wrong. */
    private static boolean isBad(String how) {
        return switch (how) {
            case "returned", "exited with status 0", "left the run" -> false;
            default -> !(how.startsWith("killed by signal") && how.contains(", "));
        };
    }
}
