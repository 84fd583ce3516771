package procession.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines that a process wrote, for whoever asks how it ended. Thread-safe. */
final class LastLines {

    private static final int MOST = 20;
    private static final int LONGEST = 400;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(byte[] line, int length) {
        if (lines.size() == MOST) {
            lines.poll();
        }
        var text = new String(line, 0, Math.min(length, LONGEST), StandardCharsets.UTF_8);
        lines.add(length > LONGEST ? text + "…" : text);
    }

    synchronized List<String> get() {
        return List.copyOf(lines);
    }
}
