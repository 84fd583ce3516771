package procession.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes a failing sequence as short as leaving out steps can make it (Zeller's delta debugging, one direction of it). */
final class Shrinking {

    private Shrinking() {}

    /** Runs a sequence; if it fails, fails with the shortest sequence found that fails too. */
    static <T> void check(List<T> sequence, Consumer<List<T>> body) {
        var failure = failure(sequence, body);
        if (failure == null) {
            return;
        }
        var shortest = sequence;
        for (int chunk = Math.max(1, sequence.size() / 2); chunk >= 1; chunk /= 2) {
            for (int from = 0; from < shortest.size(); ) {
                var shorter = new ArrayList<>(shortest.subList(0, from));
                shorter.addAll(shortest.subList(Math.min(from + chunk, shortest.size()), shortest.size()));
                var fails = failure(shorter, body);
                if (fails == null) {
                    from += chunk;
                } else {
                    failure = fails;
                    shortest = shorter;
                }
            }
        }
        throw new AssertionError("shrunk from " + sequence.size() + " to " + shortest.size() + " steps: " + failure.getMessage(), failure);
    }

    private static <T> Throwable failure(List<T> sequence, Consumer<List<T>> body) {
        try {
            body.accept(sequence);
            return null;
        } catch (AssertionError | RuntimeException failed) {
            return failed;
        }
    }
}
