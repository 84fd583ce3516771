package procession.view;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is counted of all primitives. A run may make very many of them: of those that are gone the last thousand are kept one by one, and
 * those before them together, by kind.
 */
final class Tallies {

    private static final int MOST_GONE = 1000;

    /** Many of one kind. */
    private static final class Many {
        long count;
        final Tally sum;

        Many(Change.Kind kind) {
            sum = new Tally("", "", kind);
        }

        Summary.Row row() {
            var row = sum.row();
            return new Summary.Row("", count + " more that are gone", row.kind(), row.grants(), row.contended(), row.waits(), row.meanWait(),
                    row.longestWait(), row.holds(), row.meanHold(), row.longestHold(), row.waiting(), row.timedOut(), row.refused(),
                    row.abandoned(), row.in(), row.out(), row.deepest());
        }
    }

    private final Map<String, Tally> all = new LinkedHashMap<>();
    private final ArrayDeque<Tally> gone = new ArrayDeque<>();
    private final Map<Change.Kind, Many> before = new EnumMap<>(Change.Kind.class);

    void made(Tally tally) {
        all.put(tally.id, tally);
    }

    void over(Tally tally) {
        gone.add(tally);
        if (gone.size() > MOST_GONE) {
            var oldest = gone.poll();
            all.remove(oldest.id, oldest);
            var many = before.computeIfAbsent(oldest.kind, Many::new);
            many.count++;
            many.sum.add(oldest);
        }
    }

    Summary summary(long at) {
        return new Summary(at, Stream.concat(before.values().stream().map(Many::row), all.values().stream().map(Tally::row)).toList());
    }
}
