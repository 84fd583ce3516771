package procession.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Why a value, or a part of it, does not travel. Thrown where that is found; everything it is part of adds the step that led to it,
 * so the sentence tells the way.
 */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int STEPS_SHOWN = 12;

    private final String type;
    private final String why;
    private final transient Deque<String> steps = new ArrayDeque<>();

    Refusal(String type, String why, Throwable cause) {
        super(why, cause, false, false);
        this.type = type;
        this.why = why;
    }

    Refusal(Class<?> type, String why) {
        this(type.getTypeName(), why, null);
    }

    Refusal(String why) {
        this(null, why, null);
    }

    /** Adds a step of the way, from the inside out: {@code .owner}, {@code [3]}. */
    Refusal inside(String step) {
        steps.addFirst(step);
        return this;
    }

    /** One sentence: where, what, {@code verdict}, why. */
    String sentence(String verdict) {
        StringBuilder text = new StringBuilder("item");
        Iterator<String> way = steps.iterator();
        for (int shown = 0; way.hasNext() && shown < STEPS_SHOWN; shown++) {
            text.append(way.next());
        }
        text.append(way.hasNext() ? "…" : "").append(type == null ? "" : " (" + type + ")");
        return text.append(' ').append(verdict).append(": ").append(why).append('.').toString();
    }
}
