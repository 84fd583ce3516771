package procession.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import procession.core.Happening;
import procession.core.PrimitiveId;

/** Writes lines as JSON objects. What is empty or 0 is left out. */
final class LineEncoder {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL = 256;

    private final JsonGenerator out;

    private LineEncoder(JsonGenerator out) {
        this.out = out;
    }

    /** The bytes of a line, with its end. */
    static byte[] encode(Line line) throws IOException {
        var bytes = new ByteArrayOutputStream(USUAL);
        try (var out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            new LineEncoder(out).write(line);
            out.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private void write(Line line) throws IOException {
        switch (line) {
            case Line.Header header -> header(header);
            case Line.Happened(var happening) -> happening(happening);
            case Line.Invoked invoked -> invoked(invoked);
            case Line.Returned returned -> returned(returned);
            case Line.Dropped dropped -> dropped(dropped);
            case Line.End end -> end(end);
            case Line.Unknown unknown -> type(unknown.type());
        }
    }

    /** Always the first field: a line that follows a torn one is found by it. */
    private void type(String type) throws IOException {
        out.writeStringField("type", type);
    }

    private void header(Line.Header header) throws IOException {
        type("record");
        out.writeNumberField("format", header.format());
        text("run", header.run());
        text("version", header.version());
        text("start", header.start());
        out.writeNumberField("nanos", header.nanos());
        out.writeNumberField("redeliveries", header.redeliveries());
    }

    private void happening(Happening happening) throws IOException {
        type("happening");
        out.writeNumberField("step", happening.step());
        out.writeNumberField("nanos", happening.nanos());
        text("kind", happening.kind().name());
        who(happening.owner(), happening.process());
        what(happening.primitive(), happening.name());
        number("strand", happening.strand());
        number("request", happening.request());
        number("number", happening.number());
        number("units", happening.units());
        text("detail", happening.detail());
    }

    private void invoked(Line.Invoked invoked) throws IOException {
        type("invoked");
        out.writeNumberField("nanos", invoked.nanos());
        who(invoked.owner(), invoked.process());
        number("strand", invoked.strand());
        number("request", invoked.request());
        what(Optional.of(invoked.primitive()), invoked.name());
        text("command", invoked.command());
        if (invoked.hasTimeout()) {
            out.writeNumberField("timeout", invoked.timeout());
        }
        if (invoked.quiet()) {
            out.writeBooleanField("quiet", true);
        }
        number("number", invoked.number());
        number("units", invoked.units());
        text("detail", invoked.detail());
    }

    private void returned(Line.Returned returned) throws IOException {
        type("returned");
        out.writeNumberField("nanos", returned.nanos());
        who(returned.owner(), returned.process());
        number("request", returned.request());
        text("outcome", returned.outcome());
        text("code", returned.code());
        number("number", returned.number());
        number("units", returned.units());
        number("abandoned", returned.abandoned());
        text("detail", returned.detail());
    }

    private void dropped(Line.Dropped dropped) throws IOException {
        type("dropped");
        out.writeNumberField("nanos", dropped.nanos());
        who(dropped.owner(), dropped.process());
        number("count", dropped.count());
    }

    private void end(Line.End end) throws IOException {
        type("end");
        out.writeNumberField("nanos", end.nanos());
        number("owner", end.owner());
        if (end.orderly()) {
            out.writeBooleanField("orderly", true);
        }
    }

    private void who(long owner, String process) throws IOException {
        number("owner", owner);
        text("process", process);
    }

    private void what(Optional<PrimitiveId> primitive, Optional<String> name) throws IOException {
        if (primitive.isPresent()) {
            out.writeStringField("primitive", primitive.get().toString());
        }
        text("name", name.orElse(""));
    }

    private void number(String field, long value) throws IOException {
        if (value != 0) {
            out.writeNumberField(field, value);
        }
    }

    private void text(String field, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeStringField(field, wellFormed(value));
        }
    }

    /** Names come from users, and half a surrogate pair cannot be written. */
    private static String wellFormed(String text) {
        return text.chars().anyMatch(c -> Character.isSurrogate((char) c))
                ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                : text;
    }
}
