package procession.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** All that was measured, for programs. */
final class JsonReport {

    private JsonReport() {}

    static void write(Writer file, boolean quick, Map<String, String> configuration, List<Benchmark> benchmarks,
            Map<String, Measured> measured, Map<String, String> left, List<Reach> reaches, Map<String, Double> medians)
            throws IOException {
        try (var json = new JsonFactory().createGenerator(file).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeBooleanField("quick", quick);
            texts(json, "configuration", configuration);
            json.writeArrayFieldStart("lines");
            for (var benchmark : benchmarks) {
                for (var line : benchmark.lines()) {
                    if (measured.containsKey(line.name())) {
                        line(json, line, measured.get(line.name()));
                    }
                }
            }
            json.writeEndArray();
            texts(json, "left", left);
            json.writeArrayFieldStart("reaches");
            for (var reach : reaches) {
                reach(json, reach, reach.ratio().of(medians));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (var text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    private static void line(JsonGenerator json, Line line, Measured measured) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", line.name());
        json.writeStringField("unit", line.unit());
        json.writeStringField("about", line.about());
        json.writeNumberField("median", measured.median());
        if (!Double.isNaN(measured.p99())) {
            json.writeNumberField("p99", measured.p99());
        }
        json.writeArrayFieldStart("values");
        for (double value : measured.values()) {
            json.writeNumber(value);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void reach(JsonGenerator json, Reach reach, double value) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", reach.name());
        json.writeStringField("ratio", reach.words());
        json.writeNumberField("value", value);
        if (!reach.isShownOnly()) {
            json.writeStringField("bound", reach.atMost() ? "at most" : "at least");
            json.writeNumberField("reach", reach.bound());
            json.writeBooleanField("met", reach.isMet(value));
        }
        json.writeEndObject();
    }
}
