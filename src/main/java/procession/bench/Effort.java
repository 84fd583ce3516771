package procession.bench;

import java.time.Duration;

/**
 * How long and how often something is measured. It travels to the processes that measure.
 *
 * @param quick whether only to see that everything works, with tiny counts
 */
record Effort(boolean quick) {

    /** Code is compiled by then: children have only the first tier. */
    Duration warmUp() {
        return quick ? Duration.ofMillis(50) : Duration.ofSeconds(3);
    }

    /** The median of the rounds counts. */
    int rounds() {
        return quick ? 2 : 5;
    }

    Duration round() {
        return quick ? Duration.ofMillis(20) : Duration.ofMillis(600);
    }

    int of(int full, int few) {
        return quick ? few : full;
    }

    /** As {@link #parse} reads it. */
    String text() {
        return quick ? "quick" : "full";
    }

    static Effort parse(String text) {
        return new Effort(text.equals("quick"));
    }
}
