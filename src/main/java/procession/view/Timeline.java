package procession.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.record.OwnCall;

/**
 * Turns what happens in a run into changes of its picture. Deterministic: the same happenings give the same changes. It remembers what is
 * open, a summary of each primitive, and little else.
 *
 * <p>Where happenings are missing, open bars end as {@code unknown} and levels that are counted from happening to happening are not told any
 * more; what is told as a whole (an event, a counter, a version) is known again with its next change.
 *
 * <p>Not thread-safe.
 */
public final class Timeline {

    private final long begin;
    private final boolean borrowersTell;
    private final Canvas canvas = new Canvas();
    private final Lanes lanes = new Lanes(canvas);
    private final Waits waits = new Waits(canvas);
    private final Tallies tallies = new Tallies();
    private final Map<PrimitiveId, Track> tracks = new HashMap<>();
    private long step = Long.MIN_VALUE;
    /** By whose doing everything else of this step happens; 0 for nobody's. */
    private long cause;
    /** Who died holding what the next grant of this step is about; empty for nobody. */
    private String after = "";

    private Timeline(long begin, boolean borrowersTell) {
        this.begin = begin;
        this.borrowersTell = borrowersTell;
    }

    /**
     * Of a run that goes on. Own grants of borrowers are not known: they are counted by their fences, when the keeper is told of them.
     *
     * @param begin the moment that is 0 in the picture, by the clock of the happenings
     */
    public Timeline(long begin) {
        this(begin, false);
    }

    /**
     * Of a record, in which borrowers tell of their own grants: they have bars, and are counted as they are told.
     *
     * @param begin the moment that is 0 in the picture, by the clock of the record
     * @return a timeline
     */
    public static Timeline ofRecord(long begin) {
        return new Timeline(begin, true);
    }

    /**
     * Something has happened.
     *
     * @param happening what, in the keeper's order
     * @return what that changes
     */
    public List<Change> on(Happening happening) {
        canvas.at(happening.nanos() - begin);
        if (happening.step() != step) {
            waits.show(false);
            step = happening.step();
            cause = 0;
        }
        switch (happening.kind()) {
            case PROCESS_STARTED -> lanes.started(happening);
            case PROCESS_ENDED -> ended(happening);
            default -> happening.primitive().ifPresent(id -> happened(id, happening));
        }
        return canvas.take();
    }

    private void ended(Happening ended) {
        cause = ended.owner();
        waits.departed(ended.owner());
        tracks.values().forEach(track -> track.departed(ended.owner()));
        lanes.ended(ended);
    }

    private void happened(PrimitiveId id, Happening happening) {
        lanes.met(happening.owner(), happening.process());
        if (happening.kind() == Happening.Kind.OVER) {
            over(id);
            return;
        }
        var track = tracks.get(id);
        if (track == null || happening.kind() == Happening.Kind.MADE) {
            track = Things.track(happening, canvas, borrowersTell);
            tracks.put(id, track);
            tallies.made(track.tally);
        }
        happened(track, happening);
    }

    private void over(PrimitiveId id) {
        var track = tracks.remove(id);
        if (track != null) {
            waits.over(track.tally.id);
            track.over();
            tallies.over(track.tally);
            canvas.add(new Change.Over(track.tally.id, canvas.now()));
        }
    }

    private void happened(Track track, Happening happening) {
        var tally = track.tally;
        var waited = waited(happening);
        switch (happening.kind()) {
            case ASKED -> {
                cause = happening.owner();
                waits.asked(happening, tally);
            }
            case GRANTED -> {
                tally.grants++;
                tally.contended += waited.shown() ? 1 : 0;
            }
            case TIMED_OUT -> tally.timedOut++;
            case REFUSED -> tally.refused++;
            case ABANDONED -> tally.abandoned++;
            case RELEASED -> {
                if (happening.units() > 0 && !happening.detail().isEmpty()) {
                    waits.sleeps(happening);
                }
            }
            case SIGNALLED -> woken(tally, happening, waits.signalled(happening));
            case WOKEN, PASSED, JOINED, READY, END_OF_STREAM -> woken(tally, happening, waited.shown());
            default -> { }
        }
        mark(tally, happening);
        track.happened(new Track.Moment(happening, cause, waited, after));
        after = happening.kind() == Happening.Kind.ABANDONED ? lanes.name(happening.number(), happening.detail()) : "";
    }

    /** What this answers. */
    private Waits.Waited waited(Happening happening) {
        return switch (happening.kind()) {
            case GRANTED -> waits.answered(happening, "granted");
            case TIMED_OUT -> waits.answered(happening, "timed out");
            case REFUSED -> waits.answered(happening, "refused");
            case PUT, SENT, GOT, RECEIVED, JOINED, READY, END_OF_STREAM, WOKEN, PASSED -> waits.answered(happening, "done");
            default -> Waits.Waited.NOT;
        };
    }

    private void woken(Tally tally, Happening woken, boolean waited) {
        if (waited && cause != 0 && cause != woken.owner()) {
            canvas.arrow(tally, Change.Arrow.What.WAKE, new Change.Point(cause, canvas.now()), woken.owner());
        }
    }

    private void mark(Tally tally, Happening happening) {
        long lane = lanes.isHere(happening.owner()) ? happening.owner() : 0;
        switch (happening.kind()) {
            case DEADLOCK -> canvas.mark(Change.Mark.What.DEADLOCK, lane, tally.id, happening.detail());
            case ABANDONED -> canvas.mark(Change.Mark.What.ABANDONED, lane, tally.id, happening.detail());
            case BROKEN -> canvas.mark(Change.Mark.What.BROKEN, lane, tally.id, happening.detail());
            case DEAD_LETTER -> canvas.mark(Change.Mark.What.DEAD_LETTER, lane, tally.id,
                    "item " + happening.number() + ", given out " + happening.units() + " times: " + happening.detail());
            case SHUT_DOWN -> canvas.mark(Change.Mark.What.SHUT_DOWN, lane, tally.id, "takes no more items");
            default -> { }
        }
    }

    /**
     * A borrower tells of a lock that is lent to it.
     *
     * @param call what it does
     * @return what that changes
     */
    public List<Change> own(OwnCall call) {
        canvas.at(call.nanos() - begin);
        if (tracks.get(call.lock()) instanceof LockTrack lock) {
            lock.own(call);
        }
        return canvas.take();
    }

    /**
     * Happenings are missing.
     *
     * @param nanos when that was noticed, by their clock
     * @param count how many
     * @return what that changes
     */
    public List<Change> gap(long nanos, long count) {
        canvas.at(nanos - begin);
        waits.unknown();
        tracks.values().forEach(Track::forget);
        canvas.mark(Change.Mark.What.GAP, 0, "", count + (count == 1 ? " happening is" : " happenings are") + " missing here");
        return canvas.take();
    }

    /**
     * Nothing has come for a while, though more may: whoever has asked and has no answer waits.
     *
     * @return what that changes
     */
    public List<Change> quiet() {
        waits.show(true);
        return canvas.take();
    }

    /**
     * The run is over.
     *
     * @param nanos when, by the clock of the happenings
     * @param orderly whether it was closed and every process seen to end
     * @return what that changes
     */
    public List<Change> closed(long nanos, boolean orderly) {
        canvas.at(Math.max(canvas.now(), nanos - begin));
        waits.show(true);
        canvas.add(new Change.Closed(orderly, canvas.now()));
        return canvas.take();
    }

    /**
     * What there was so far.
     *
     * @return a row for each primitive
     */
    public Summary summary() {
        return tallies.summary(canvas.now());
    }
}
