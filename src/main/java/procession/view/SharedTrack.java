package procession.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** Grants by their fences, side by side: of a read-write lock; and of something whose making was missed, as far as it is understood. */
final class SharedTrack extends Track {

    private final Map<Long, Canvas.OpenBar> holds = new LinkedHashMap<>();

    SharedTrack(Canvas canvas, Tally tally) {
        super(canvas, tally);
    }

    @Override
    void happened(Moment moment) {
        var what = moment.what();
        switch (what.kind()) {
            case GRANTED -> {
                handedOver(moment);
                canvas.end(holds.put(what.number(), canvas.holds(tally, held(moment, what.units(), what.detail()))), "released");
            }
            case RELEASED -> canvas.end(holds.remove(what.number()), "released");
            case RETURNED -> canvas.end(holds.remove(what.number()), "unused");
            case BROKEN -> canvas.end(holds.remove(what.number()), "broken");
            default -> { }
        }
    }

    @Override
    void departed(long owner) {
        holds.values().stream().filter(bar -> bar.lane == owner).forEach(bar -> canvas.end(bar, "process ended"));
        holds.values().removeIf(bar -> bar.lane == owner);
    }

    @Override
    void allEnd(String how) {
        holds.values().forEach(bar -> canvas.end(bar, how));
        holds.clear();
    }
}
