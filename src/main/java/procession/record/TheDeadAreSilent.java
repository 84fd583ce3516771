package procession.record;

import java.util.HashMap;
import java.util.Map;
import procession.core.Happening;

/**
 * Nobody speaks after its end: no line of a process is later than the line that says that it has ended, by the clock that all share; and
 * after that line the keeper hears nothing of it. Otherwise a death was believed that was none. One that has left the run lives on, and
 * only the keeper must not hear of it.
 */
final class TheDeadAreSilent extends Law {

    private final Map<Long, Entry> lastWords = new HashMap<>();

    TheDeadAreSilent(Evidence evidence) {
        super("the dead are silent", "No process does anything after its end.", evidence);
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.ASKED && evidence.endOf(happening.owner()) != null) {
            broken(name(happening.owner()) + " had ended, but the keeper heard it ask for something.", evidence.endOf(happening.owner()),
                    entry);
        }
    }

    @Override
    void invoked(Line.Invoked invoked, Entry entry) {
        spoke(invoked.owner(), entry);
    }

    @Override
    void returned(Line.Returned returned, Entry entry) {
        spoke(returned.owner(), entry);
    }

    private void spoke(long owner, Entry entry) {
        lastWords.merge(owner, entry, (before, now) -> now.line().nanos() > before.line().nanos() ? now : before);
    }

    @Override
    void allRead() {
        lastWords.forEach((owner, last) -> {
            var end = evidence.endOf(owner);
            if (end != null && !evidence.hasLeft(owner) && last.line().nanos() > end.line().nanos()) {
                broken(name(owner) + " did something after it was said to have ended.", end, last);
            }
        });
    }
}
