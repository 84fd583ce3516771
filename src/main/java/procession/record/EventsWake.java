package procession.record;

import procession.core.Happening;

/**
 * Whoever is told that an event was set was woken while it was set; and when a step of the keeper is over, nobody waits for an event that
 * is set. So every set wakes all who wait, and nobody waits until its time is over for one that is set.
 */
final class EventsWake extends GateLaw<EventsWake.Level> {

    /** An event. */
    static final class Level extends GateLaw.Gate {
        private boolean isSet;

        @Override
        boolean isOpen() {
            return isSet;
        }
    }

    EventsWake(Evidence evidence) {
        super("events wake", "A wait ends when the event is set, and a set ends every wait.", evidence, Primitive.Kind.EVENT, "AwaitEvent");
    }

    @Override
    Level made(Primitive event) {
        return new Level();
    }

    /** Those who are woken by a set are told before the one who sets. */
    @Override
    boolean changes(Level level, Happening happening) {
        boolean sets = happening.kind() == Happening.Kind.ASKED && happening.detail().equals("SetEvent");
        boolean changes = sets || happening.kind() == Happening.Kind.CLEARED;
        level.isSet = changes ? sets : level.isSet;
        return changes;
    }

    @Override
    String open() {
        return "set";
    }

    @Override
    String goneOn(Level level, String whose) {
        return "was not set when the wait of " + whose + " ended as if it were.";
    }
}
