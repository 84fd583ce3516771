package procession.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import procession.record.RecordedRun;
import procession.view.Change.Bar.What;

/**
 * Writes a picture as a trace in the Trace Event Format of Chrome, which ui.perfetto.dev opens. As it comes: it keeps what is open.
 *
 * <p>A process of the run is a process of the trace, and so are the primitives together, with their counters. Waits, holds and loans are
 * asynchronous slices, one for each bar. Arrows bind to slices of threads only, so each process has a thread of moments without
 * duration at their ends.
 */
public final class Trace implements Replay.Artist, Closeable {

    private static final JsonFactory JSON = new JsonFactory();
    /** Above every pid that a system gives: for processes whose pid is not known, or is another's before. */
    private static final long NO_PIDS = 1L << 22;
    private static final long PRIMITIVES = NO_PIDS;
    private static final int LIFE = 1;
    private static final int MOMENTS = 2;

    private record Lane(long pid, String name, long since) {}

    /** Where an arrow begins or ends. */
    private record Moment(long lane, long at, String name) {}

    private final JsonGenerator out;
    private final Map<Long, Lane> lanes = new LinkedHashMap<>();
    /** The pids of those who are gone, as arrows begin there: what one put is got later. */
    private final Map<Long, Long> pids = new HashMap<>();
    private final Set<Long> taken = new HashSet<>();
    private final Map<String, String> labels = new HashMap<>();
    private final Map<Long, Change.Bar> open = new LinkedHashMap<>();
    private final Map<Long, Moment> lastMoments = new HashMap<>();
    private long flows;

    /**
     * A trace.
     *
     * @param to where to; closed with it
     * @throws IOException if it cannot be written
     */
    public Trace(OutputStream to) throws IOException {
        out = JSON.createGenerator(to);
    }

    /**
     * Makes a trace of a record.
     *
     * @param record the record
     * @param file where to, readable by its owner only; nothing is left if it fails
     * @param replace whether a file that is there already is written over
     * @throws procession.record.NoRecordException if the record is none; the message is for people
     * @throws IOException if one of them cannot be read or written
     */
    public static void of(Path record, Path file, boolean replace) throws IOException {
        var options = EnumSet.of(StandardOpenOption.WRITE, replace ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW);
        if (replace) {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        try (var run = RecordedRun.open(record);
                var channel = Files.newByteChannel(file, options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            try (var trace = new Trace(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16))) {
                Replay.draw(run, trace);
            } catch (IOException | RuntimeException failed) {
                Files.deleteIfExists(file);
                throw failed;
            }
        }
    }

    @Override
    public void begins(Header header) throws IOException {
        out.writeStartObject();
        out.writeStringField("displayTimeUnit", "ms");
        out.writeObjectFieldStart("otherData");
        out.writeStringField("run", header.run());
        out.writeStringField("version", header.version());
        out.writeStringField("start", header.start());
        out.writeEndObject();
        out.writeArrayFieldStart("traceEvents");
        metadata("process_name", PRIMITIVES, 0, "name", "primitives of " + header.run());
        metadata("process_sort_index", PRIMITIVES, 0, "sort_index", 0L);
    }

    @Override
    public void changes(Change change) throws IOException {
        switch (change) {
            case Change.Lane lane -> begins(lane);
            case Change.Gone gone -> gone(gone);
            case Change.Thing thing -> labels.put(thing.id(), thing.label());
            case Change.Over over -> labels.remove(over.id());
            case Change.Bar bar -> begins(bar);
            case Change.Units units -> { }
            case Change.End end -> ends(open.remove(end.id()), end);
            case Change.Level level -> counted(level);
            case Change.Arrow arrow -> arrow(arrow);
            case Change.Mark mark -> marked(mark);
            case Change.Closed closed -> closed(closed);
        }
    }

    // Events.

    private void event(String phase, String category, String name, long pid, int tid, long at) throws IOException {
        out.writeRaw('\n');
        out.writeStartObject();
        out.writeStringField("ph", phase);
        if (!category.isEmpty()) {
            out.writeStringField("cat", category);
        }
        out.writeStringField("name", name);
        out.writeNumberField("pid", pid);
        out.writeNumberField("tid", tid);
        ChangeEncoder.time(out, "ts", Math.max(0, at));
    }

    private void metadata(String what, long pid, int tid, String key, Object value) throws IOException {
        event("M", "", what, pid, tid, 0);
        out.writeObjectFieldStart("args");
        out.writePOJOField(key, value);
        out.writeEndObject();
        out.writeEndObject();
    }

    private void instant(String category, String name, long pid, String scope, long at) throws IOException {
        event("i", category, name, pid, MOMENTS, at);
        out.writeStringField("s", scope);
        out.writeEndObject();
    }

    // Processes.

    private void begins(Change.Lane lane) throws IOException {
        long pid = lane.pid() > 0 && lane.pid() < NO_PIDS && taken.add(lane.pid()) ? lane.pid() : NO_PIDS + lane.id();
        lanes.put(lane.id(), new Lane(pid, lane.name(), lane.at()));
        pids.put(lane.id(), pid);
        metadata("process_name", pid, 0, "name", lane.name());
        metadata("process_sort_index", pid, 0, "sort_index", lane.id());
        metadata("thread_name", pid, LIFE, "name", "lives");
        metadata("thread_name", pid, MOMENTS, "name", "gives and gets");
    }

    private void gone(Change.Gone gone) throws IOException {
        var lane = lanes.remove(gone.id());
        if (gone.bad()) {
            instant("death", gone.how(), lane.pid(), "p", gone.at());
        }
        lived(lane, gone.at(), gone.how());
    }

    private void lived(Lane lane, long until, String how) throws IOException {
        event("X", "life", lane.name(), lane.pid(), LIFE, lane.since());
        ChangeEncoder.time(out, "dur", Math.max(0, until - Math.max(0, lane.since())));
        out.writeObjectFieldStart("args");
        out.writeStringField("ended", how);
        out.writeEndObject();
        out.writeEndObject();
    }

    // Bars.

    private static String category(What what) {
        return switch (what) {
            case WAIT -> "wait";
            case HOLD -> "hold";
            case LOAN -> "loan";
        };
    }

    private String name(Change.Bar bar) {
        var label = labels.getOrDefault(bar.thing(), bar.thing());
        return switch (bar.what()) {
            case WAIT -> "waits: " + label;
            case HOLD -> "has: " + label;
            case LOAN -> "borrows: " + label;
        };
    }

    private void bar(String phase, Change.Bar bar, long at) throws IOException {
        event(phase, category(bar.what()), name(bar), pids.get(bar.lane()), MOMENTS, at);
        out.writeStringField("id", Long.toString(bar.id()));
        out.writeObjectFieldStart("args");
    }

    private void begins(Change.Bar bar) throws IOException {
        open.put(bar.id(), bar);
        bar("b", bar, bar.at());
        text("wants", bar.wants());
        number("fence", bar.fence());
        number("units", bar.units());
        text("mode", bar.mode());
        number("thread", bar.strand());
        if (bar.waited() > 0) {
            ChangeEncoder.time(out, "waited_us", bar.waited());
        }
        text("after", bar.after());
        out.writeEndObject();
        out.writeEndObject();
    }

    private void text(String field, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeStringField(field, value);
        }
    }

    private void number(String field, long value) throws IOException {
        if (value != 0) {
            out.writeNumberField(field, value);
        }
    }

    private void ends(Change.Bar bar, Change.End end) throws IOException {
        bar("e", bar, end.at());
        text("ended", end.how());
        number("grants", end.grants());
        out.writeEndObject();
        out.writeEndObject();
    }

    // The rest.

    private void counted(Change.Level level) throws IOException {
        event("C", "level", labels.getOrDefault(level.thing(), level.thing()), PRIMITIVES, 0, level.at());
        out.writeObjectFieldStart("args");
        out.writeNumberField(level.name(), level.value());
        out.writeEndObject();
        out.writeEndObject();
    }

    private void arrow(Change.Arrow arrow) throws IOException {
        if (!pids.containsKey(arrow.from().lane()) || !pids.containsKey(arrow.to().lane())) {
            return;
        }
        var label = labels.getOrDefault(arrow.thing(), arrow.thing());
        flows++;
        switch (arrow.what()) {
            case HANDOVER -> arrow(arrow, "handover", "passes on: " + label, "is granted: " + label);
            case ITEM -> arrow(arrow, "item", "puts into: " + label, "gets from: " + label);
            case WAKE -> arrow(arrow, "wake", "wakes at: " + label, "is woken at: " + label);
        }
    }

    private void arrow(Change.Arrow arrow, String category, String from, String to) throws IOException {
        moment(new Moment(arrow.from().lane(), arrow.from().at(), from), category);
        flow("s", category, arrow.from());
        out.writeEndObject();
        moment(new Moment(arrow.to().lane(), arrow.to().at(), to), category);
        flow("f", category, arrow.to());
        out.writeStringField("bp", "e");
        out.writeEndObject();
    }

    /** Several arrows may begin at one moment: a reader piles slices of one moment up, and not without end. */
    private void moment(Moment moment, String category) throws IOException {
        if (moment.equals(lastMoments.put(moment.lane(), moment))) {
            return;
        }
        event("X", category, moment.name(), pids.get(moment.lane()), MOMENTS, moment.at());
        out.writeNumberField("dur", 0);
        out.writeEndObject();
    }

    private void flow(String phase, String category, Change.Point at) throws IOException {
        event(phase, category, category, pids.get(at.lane()), MOMENTS, at.at());
        out.writeStringField("id", Long.toString(flows));
    }

    private void marked(Change.Mark mark) throws IOException {
        var at = mark.thing().isEmpty() ? "" : labels.getOrDefault(mark.thing(), mark.thing()) + ": ";
        boolean isOfProcess = lanes.containsKey(mark.lane());
        instant(mark.what().name().toLowerCase(Locale.ROOT), mark.what() + ": " + at + mark.text(),
                isOfProcess ? pids.get(mark.lane()) : PRIMITIVES, isOfProcess ? "p" : "g", mark.at());
    }

    private void closed(Change.Closed closed) throws IOException {
        for (var bar : open.values()) {
            ends(bar, new Change.End(bar.id(), "not told", 0, Math.max(bar.at(), closed.at())));
        }
        open.clear();
        for (var lane : lanes.values()) {
            lived(lane, closed.at(), closed.orderly() ? "with the run" : "not told");
        }
        lanes.clear();
        out.writeEndArray();
        out.writeEndObject();
        out.writeRaw('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
