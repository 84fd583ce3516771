package procession.view;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import procession.core.Happening;
import procession.record.RecordedRun;
import procession.record.RecordedRun.Step;

/** Draws a recorded run. */
public final class Replay {

    /** Until the main process is there no more than this is held back, to name its pid in the header. */
    private static final int FIRST_STEPS = 64;

    /** Draws. */
    public interface Artist {

        /**
         * The picture begins.
         *
         * @param header what run it is
         * @throws IOException if that cannot be drawn
         */
        void begins(Header header) throws IOException;

        /**
         * The picture changes. The last change is {@link Change.Closed}, also where the record does not tell of the end.
         *
         * @param change how
         * @throws IOException if that cannot be drawn
         */
        void changes(Change change) throws IOException;
    }

    private final RecordedRun run;
    private final Artist artist;
    private final Timeline timeline;
    private long last;
    private boolean closed;

    private Replay(RecordedRun run, Artist artist) {
        this.run = run;
        this.artist = artist;
        this.timeline = Timeline.ofRecord(run.header().nanos());
        this.last = run.header().nanos();
    }

    /**
     * Draws a record, in one pass.
     *
     * @param record the file
     * @param artist draws
     * @return what there was
     * @throws procession.record.NoRecordException if the file is no record; the message is for people
     * @throws IOException if it cannot be read, or the artist cannot draw
     */
    public static Summary draw(Path record, Artist artist) throws IOException {
        try (var run = RecordedRun.open(record)) {
            return draw(run, artist);
        }
    }

    /**
     * Draws a run that is being read.
     *
     * @param run the run
     * @param artist draws
     * @return what there was
     * @throws IOException if it cannot be read, or the artist cannot draw
     */
    public static Summary draw(RecordedRun run, Artist artist) throws IOException {
        return new Replay(run, artist).draw();
    }

    private Summary draw() throws IOException {
        var first = new ArrayList<Step>();
        long pid = 0;
        Optional<Step> next = Optional.empty();
        while (pid == 0 && first.size() < FIRST_STEPS && (next = run.next()).isPresent()) {
            first.add(next.get());
            pid = next.get() instanceof Step.Happened(var happening) && happening.kind() == Happening.Kind.PROCESS_STARTED
                    ? Lanes.pid(happening) : 0;
        }
        var header = run.header();
        artist.begins(new Header(header.run(), header.version(), header.start(), pid));
        for (var step : first) {
            draw(step);
        }
        for (next = run.next(); next.isPresent(); next = run.next()) {
            draw(next.get());
        }
        if (!closed) {
            draw(timeline.closed(last, false));
        }
        return timeline.summary();
    }

    private void draw(Step step) throws IOException {
        switch (step) {
            case Step.Happened(var happening) -> {
                last = happening.nanos();
                draw(timeline.on(happening));
            }
            case Step.Own(var call) -> draw(timeline.own(call));
            case Step.Missing missing -> draw(timeline.gap(missing.nanos(), missing.count()));
            case Step.Ended ended -> {
                closed = true;
                draw(timeline.closed(ended.nanos(), ended.orderly()));
            }
        }
    }

    private void draw(List<Change> changes) throws IOException {
        for (var change : changes) {
            artist.changes(change);
        }
    }
}
