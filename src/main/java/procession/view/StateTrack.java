package procession.view;

/** What has a state and nobody holds: an event, a latch, a counter, a cell, a map. A barrier has none but who waits. */
final class StateTrack extends Track {

    private final String name;
    private boolean known;
    private long value;

    /** Of which nothing is known, or that has nothing to be counted. */
    StateTrack(Canvas canvas, Tally tally) {
        super(canvas, tally);
        name = switch (tally.kind) {
            case EVENT -> "set";
            case LATCH -> "count";
            case COUNTER -> "value";
            case CELL, MAP -> "version";
            default -> "";
        };
    }

    StateTrack(Canvas canvas, Tally tally, long initial) {
        this(canvas, tally);
        is(initial);
    }

    private void is(long now) {
        if (!name.isEmpty() && (!known || value != now)) {
            known = true;
            value = now;
            canvas.level(tally, name, now);
        }
    }

    @Override
    void happened(Moment moment) {
        var what = moment.what();
        switch (what.kind()) {
            case SET -> is(1);
            case CLEARED -> is(0);
            case COUNTED, CHANGED -> is(what.number());
            case COUNTED_DOWN -> {
                if (known) {
                    is(Math.max(0, value - what.units()));
                }
            }
            default -> { }
        }
    }

    @Override
    void forget() {
        known = false;
    }
}
