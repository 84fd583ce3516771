package procession.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Writes what is shown as JSON: one object each, with its type as {@code c}, without line breaks. Times are microseconds with up to three
 * decimals, each field is always there.
 */
public final class ChangeEncoder {

    private static final JsonFactory JSON = new JsonFactory();

    private ChangeEncoder() {}

    /** Something that writes itself as an object. */
    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    private static String line(Body body) {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(text)) {
            body.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /**
     * A change as one line.
     *
     * @param change the change
     * @return a JSON object
     */
    public static String line(Change change) {
        return line(out -> write(change, out));
    }

    /**
     * A header as one line.
     *
     * @param header the header
     * @return a JSON object
     */
    public static String line(Header header) {
        return line(out -> {
            begin(out, "header");
            out.writeStringField("run", header.run());
            out.writeStringField("version", header.version());
            out.writeStringField("start", header.start());
            out.writeNumberField("pid", header.pid());
            out.writeStringField("unit", "us");
            out.writeEndObject();
        });
    }

    private static void write(Change change, JsonGenerator out) throws IOException {
        switch (change) {
            case Change.Lane lane -> lane(lane, out);
            case Change.Gone gone -> {
                begin(out, "gone");
                out.writeNumberField("id", gone.id());
                out.writeStringField("how", gone.how());
                out.writeBooleanField("bad", gone.bad());
            }
            case Change.Thing thing -> thing(thing, out);
            case Change.Over over -> {
                begin(out, "over");
                out.writeStringField("id", over.id());
            }
            case Change.Bar bar -> bar(bar, out);
            case Change.Units units -> {
                begin(out, "units");
                out.writeNumberField("id", units.id());
                out.writeNumberField("units", units.units());
            }
            case Change.End end -> {
                begin(out, "end");
                out.writeNumberField("id", end.id());
                out.writeStringField("how", end.how());
                out.writeNumberField("grants", end.grants());
            }
            case Change.Level level -> {
                begin(out, "level");
                out.writeStringField("thing", level.thing());
                out.writeStringField("name", level.name());
                out.writeNumberField("value", level.value());
            }
            case Change.Arrow arrow -> arrow(arrow, out);
            case Change.Mark mark -> mark(mark, out);
            case Change.Closed closed -> {
                begin(out, "closed");
                out.writeBooleanField("orderly", closed.orderly());
            }
        }
        if (!(change instanceof Change.Arrow)) {
            time(out, "at", change.at());
        }
        out.writeEndObject();
    }

    static void begin(JsonGenerator out, String type) throws IOException {
        out.writeStartObject();
        out.writeStringField("c", type);
    }

    /** A time or a duration, in microseconds. */
    static void time(JsonGenerator out, String field, long nanos) throws IOException {
        out.writeFieldName(field);
        out.writeNumber(micros(nanos));
    }

    /** {@code 1234.5}: nanoseconds as microseconds, exactly and without zeros at the end. */
    static String micros(long nanos) {
        long whole = nanos / 1000;
        long rest = Math.abs(nanos % 1000);
        if (rest == 0) {
            return Long.toString(whole);
        }
        var decimals = Long.toString(1000 + rest).substring(1); // A format would take the digits of the user's language.
        int end = decimals.length();
        while (decimals.charAt(end - 1) == '0') {
            end--;
        }
        return (nanos < 0 && whole == 0 ? "-0" : Long.toString(whole)) + "." + decimals.substring(0, end);
    }

    private static void lane(Change.Lane lane, JsonGenerator out) throws IOException {
        begin(out, "lane");
        out.writeNumberField("id", lane.id());
        out.writeStringField("name", lane.name());
        out.writeNumberField("pid", lane.pid());
        out.writeNumberField("parent", lane.parent());
        out.writeBooleanField("joined", lane.joined());
    }

    private static void thing(Change.Thing thing, JsonGenerator out) throws IOException {
        begin(out, "thing");
        out.writeStringField("id", thing.id());
        out.writeStringField("label", thing.label());
        out.writeStringField("kind", thing.kind().name());
        out.writeStringField("variant", thing.variant());
        out.writeNumberField("size", thing.size());
    }

    private static void bar(Change.Bar bar, JsonGenerator out) throws IOException {
        begin(out, "bar");
        out.writeNumberField("id", bar.id());
        out.writeNumberField("lane", bar.lane());
        out.writeStringField("thing", bar.thing());
        out.writeStringField("what", bar.what().name());
        out.writeStringField("wants", bar.wants());
        out.writeNumberField("fence", bar.fence());
        out.writeNumberField("units", bar.units());
        out.writeStringField("mode", bar.mode());
        out.writeNumberField("strand", bar.strand());
        time(out, "waited", bar.waited());
        out.writeStringField("after", bar.after());
    }

    private static void arrow(Change.Arrow arrow, JsonGenerator out) throws IOException {
        begin(out, "arrow");
        out.writeStringField("thing", arrow.thing());
        out.writeStringField("what", arrow.what().name());
        point("from", arrow.from(), out);
        point("to", arrow.to(), out);
    }

    private static void point(String field, Change.Point point, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart(field);
        out.writeNumberField("lane", point.lane());
        time(out, "at", point.at());
        out.writeEndObject();
    }

    private static void mark(Change.Mark mark, JsonGenerator out) throws IOException {
        begin(out, "mark");
        out.writeStringField("what", mark.what().name());
        out.writeNumberField("lane", mark.lane());
        out.writeStringField("thing", mark.thing());
        out.writeStringField("text", mark.text());
    }
}
