package procession.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What there was, per primitive. Times are nanoseconds.
 *
 * @param at until when
 * @param rows one for each primitive, in the order in which they were made; those that are gone and were many are put together
 */
public record Summary(long at, List<Row> rows) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Copies the list. */
    public Summary {
        rows = List.copyOf(rows);
    }

    /**
     * What there was of one primitive.
     *
     * @param thing which; empty for several that are gone
     * @param label what to call it
     * @param kind what kind
     * @param grants how often a lock or permits were granted, own grants of a borrower included where they are known; each level of a
     *     re-entrant lock counts
     * @param contended how many of those were waited for
     * @param waits how many waits have ended, of all sorts, but for sleeps on a condition
     * @param meanWait how long they were on average
     * @param longestWait how long the longest was
     * @param holds how many holds have ended
     * @param meanHold how long they were on average
     * @param longestHold how long the longest was
     * @param waiting how many wait now, those who sleep on a condition included
     * @param timedOut how many requests got nothing in time, or were withdrawn
     * @param refused how many were refused
     * @param abandoned how many grants said that a holder had died
     * @param in items put, messages sent
     * @param out items got, messages received
     * @param deepest the most that it ever had: items, messages of one direction
     */
    public record Row(
            String thing,
            String label,
            Change.Kind kind,
            long grants,
            long contended,
            long waits,
            long meanWait,
            long longestWait,
            long holds,
            long meanHold,
            long longestHold,
            long waiting,
            long timedOut,
            long refused,
            long abandoned,
            long in,
            long out,
            long deepest) {}

    /**
     * It as one line.
     *
     * @return a JSON object; durations are microseconds
     */
    public String line() {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private void write(JsonGenerator json) throws IOException {
        ChangeEncoder.begin(json, "summary");
        ChangeEncoder.time(json, "at", at);
        json.writeArrayFieldStart("rows");
        for (var row : rows) {
            json.writeStartObject();
            json.writeStringField("thing", row.thing());
            json.writeStringField("label", row.label());
            json.writeStringField("kind", row.kind().name());
            json.writeNumberField("grants", row.grants());
            json.writeNumberField("contended", row.contended());
            json.writeNumberField("waits", row.waits());
            ChangeEncoder.time(json, "meanWait", row.meanWait());
            ChangeEncoder.time(json, "longestWait", row.longestWait());
            json.writeNumberField("holds", row.holds());
            ChangeEncoder.time(json, "meanHold", row.meanHold());
            ChangeEncoder.time(json, "longestHold", row.longestHold());
            json.writeNumberField("waiting", row.waiting());
            json.writeNumberField("timedOut", row.timedOut());
            json.writeNumberField("refused", row.refused());
            json.writeNumberField("abandoned", row.abandoned());
            json.writeNumberField("in", row.in());
            json.writeNumberField("out", row.out());
            json.writeNumberField("deepest", row.deepest());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
