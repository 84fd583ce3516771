package procession.view;

import java.util.ArrayList;
import java.util.List;
import procession.view.Change.Bar.What;

/** Collects changes, numbers bars, and sees to it that each ends once. Mutable, one user. */
final class Canvas {

    /** A bar that was begun. */
    static final class OpenBar {
        final long id;
        final long lane;
        final What what;
        final long since;
        private final Tally tally;
        private int units;
        private boolean ended;

        private OpenBar(Change.Bar bar, Tally tally) {
            this.id = bar.id();
            this.lane = bar.lane();
            this.what = bar.what();
            this.since = bar.at();
            this.units = bar.units();
            this.tally = tally;
        }

        boolean isOpen() {
            return !ended;
        }
    }

    private List<Change> changes = new ArrayList<>();
    private long lastBar;
    private long now;

    void at(long time) {
        now = time;
    }

    long now() {
        return now;
    }

    void add(Change change) {
        changes.add(change);
    }

    List<Change> take() {
        if (changes.isEmpty()) {
            return List.of();
        }
        var taken = changes;
        changes = new ArrayList<>();
        return taken;
    }

    OpenBar waits(Tally tally, long lane, String wants, long strand, long since) {
        tally.waiting++;
        return begin(tally, new Change.Bar(++lastBar, lane, tally.id, What.WAIT, wants, 0, 0, "", strand, 0, "", since));
    }

    /** What a hold is. */
    record Held(long lane, String wants, long fence, int units, String mode, long strand, long waited, String after) {}

    OpenBar holds(Tally tally, Held held) {
        return begin(tally, new Change.Bar(++lastBar, held.lane(), tally.id, What.HOLD, held.wants(), held.fence(), held.units(), held.mode(),
                held.strand(), held.waited(), held.after(), now));
    }

    OpenBar borrows(Tally tally, long lane, long fence) {
        return begin(tally, new Change.Bar(++lastBar, lane, tally.id, What.LOAN, "", fence, 0, "", 0, 0, "", now));
    }

    private OpenBar begin(Tally tally, Change.Bar bar) {
        add(bar);
        return new OpenBar(bar, tally);
    }

    void units(OpenBar bar, int units) {
        if (bar.isOpen() && bar.units != units) {
            bar.units = units;
            add(new Change.Units(bar.id, units, now));
        }
    }

    void end(OpenBar bar, String how) {
        end(bar, how, 0);
    }

    /** Ends a bar; null, and one that has ended, is left alone. */
    void end(OpenBar bar, String how, long grants) {
        if (bar == null || bar.ended) {
            return;
        }
        bar.ended = true;
        long at = Math.max(now, bar.since);
        add(new Change.End(bar.id, how, grants, at));
        switch (bar.what) {
            case WAIT -> bar.tally.waiting--;
            case HOLD -> bar.tally.held(at - bar.since);
            case LOAN -> { }
        }
    }

    void level(Tally tally, String name, long value) {
        add(new Change.Level(tally.id, name, value, now));
    }

    void arrow(Tally tally, Change.Arrow.What what, Change.Point from, long to) {
        add(new Change.Arrow(tally.id, what, from, new Change.Point(to, Math.max(now, from.at()))));
    }

    void mark(Change.Mark.What what, long lane, String thing, String text) {
        add(new Change.Mark(what, lane, thing, text, now));
    }
}
