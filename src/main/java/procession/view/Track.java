package procession.view;

import procession.core.Happening;

/** What is open of one primitive, and how that changes. */
abstract class Track {

    final Canvas canvas;
    final Tally tally;

    Track(Canvas canvas, Tally tally) {
        this.canvas = canvas;
        this.tally = tally;
    }

    /**
     * Something that happened to the primitive, and what is known besides.
     *
     * @param what what
     * @param cause the lane of whose doing it is; 0 if nobody's
     * @param waited whether and how long it was waited for
     * @param after who died holding it before; empty if nobody did
     */
    record Moment(Happening what, long cause, Waits.Waited waited, String after) {}

    abstract void happened(Moment moment);

    /** A process has ended. */
    void departed(long owner) {}

    /** What is open ends. */
    void allEnd(String how) {}

    /** The primitive is gone. */
    final void over() {
        allEnd("over");
    }

    /** Something is missing: what is open ends, and what is counted is not known. */
    void forget() {
        allEnd("unknown");
    }

    /** Draws the way of what was given back to one that waited for it. */
    final void handedOver(Moment moment) {
        long to = moment.what().owner();
        if (moment.waited().shown() && moment.cause() != 0 && moment.cause() != to) {
            canvas.arrow(tally, Change.Arrow.What.HANDOVER, new Change.Point(moment.cause(), canvas.now()), to);
        }
    }

    final Canvas.Held held(Moment moment, int units, String mode) {
        var what = moment.what();
        return new Canvas.Held(what.owner(), "", what.number(), units, mode, what.strand(), moment.waited().time(), moment.after());
    }
}
