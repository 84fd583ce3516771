package procession.view;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import procession.core.Happening;

/**
 * A queue, or a pipe with its two directions: what is in it, and who has what of it. Only items of a joinable queue are held; others may
 * come back for as long as they are on their way, so where the last of them came from is remembered.
 */
final class LineTrack extends Track {

    private static final int MOST_UNDER_WAY = 1024;

    /** One request may be answered with several items. */
    private record Taken(long owner, long request, long number) {
        static Taken of(Happening what) {
            return new Taken(what.owner(), what.request(), what.number());
        }
    }

    private record Out(Direction direction, Change.Point from) {}

    private record Hold(Change.Point from, Canvas.OpenBar bar) {}

    /** Items in their order, by number, with the place where each was put; null if that is not known. */
    private final class Direction {
        final String level;
        final Map<Long, Change.Point> items = new HashMap<>();
        boolean known;

        Direction(String level, boolean known) {
            this.level = level;
            this.known = known;
            level();
        }

        void level() {
            if (known) {
                canvas.level(tally, level, items.size());
                tally.deepest = Math.max(tally.deepest, items.size());
            }
        }
    }

    private final boolean joinable;
    private final boolean pipe;
    private final Map<String, Direction> directions = new HashMap<>();
    private final Map<Long, Hold> holds = new HashMap<>();
    private final Map<Long, Direction> lastOf = new HashMap<>();
    private final Map<Taken, Out> underWay = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Taken, Out> eldest) {
            return size() > MOST_UNDER_WAY;
        }
    };
    private boolean known;

    LineTrack(Canvas canvas, Tally tally, boolean joinable, boolean known) {
        super(canvas, tally);
        this.joinable = joinable;
        this.pipe = tally.kind == Change.Kind.PIPE;
        this.known = known;
        if (!pipe) {
            direction("");
        }
        unfinished();
    }

    private Direction direction(String name) {
        return directions.computeIfAbsent(name, one -> new Direction(one.isEmpty() ? "size" : one, known));
    }

    private void unfinished() {
        if (joinable && known) {
            canvas.level(tally, "unfinished", direction("").items.size() + (long) holds.size());
        }
    }

    @Override
    void happened(Moment moment) {
        var what = moment.what();
        switch (what.kind()) {
            case PUT, SENT -> put(what);
            case GOT, RECEIVED -> got(moment);
            case REQUEUED -> cameBack(what);
            case DONE -> finished(what, "done");
            case DEAD_LETTER -> finished(what, "dead letter");
            default -> { }
        }
    }

    private void put(Happening put) {
        var direction = direction(pipe ? put.detail() : "");
        tally.in++;
        direction.items.put(put.number(), new Change.Point(put.owner(), canvas.now()));
        direction.level();
        unfinished();
    }

    private void got(Moment moment) {
        var got = moment.what();
        var direction = direction(pipe ? got.detail() : "");
        var from = direction.items.remove(got.number());
        tally.out++;
        direction.level();
        if (from != null) {
            canvas.arrow(tally, Change.Arrow.What.ITEM, from, got.owner());
        }
        if (joinable) {
            holds.put(got.number(), new Hold(from, canvas.holds(tally, new Canvas.Held(got.owner(), "item " + got.number(), got.number(), 1,
                    "", got.strand(), moment.waited().time(), ""))));
            unfinished();
        } else {
            underWay.put(Taken.of(got), new Out(direction, from));
            lastOf.put(got.owner(), direction);
        }
    }

    private void cameBack(Happening back) {
        var hold = holds.remove(back.number());
        var out = underWay.remove(Taken.of(back));
        if (hold != null) {
            canvas.end(hold.bar(), "requeued");
        }
        var direction = out != null ? out.direction() : pipe ? lastOf.get(back.owner()) : direction("");
        if (direction != null) {
            direction.items.put(back.number(), hold != null ? hold.from() : out == null ? null : out.from());
            direction.level();
        }
        unfinished();
    }

    private void finished(Happening what, String how) {
        var hold = holds.remove(what.number());
        if (hold != null) {
            canvas.end(hold.bar(), how);
        }
        unfinished();
    }

    /** What it had comes back, or is a dead letter, which is told next. */
    @Override
    void departed(long owner) {
        holds.values().stream().filter(hold -> hold.bar().lane == owner).forEach(hold -> canvas.end(hold.bar(), "process ended"));
    }

    @Override
    void allEnd(String how) {
        holds.values().forEach(hold -> canvas.end(hold.bar(), how));
        holds.clear();
    }

    @Override
    void forget() {
        super.forget();
        directions.values().forEach(direction -> {
            direction.known = false;
            direction.items.clear();
        });
        underWay.clear();
        lastOf.clear();
        known = false;
    }
}
