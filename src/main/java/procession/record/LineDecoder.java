package procession.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.core.Sent;

/** Reads lines from JSON objects. Fields that it does not know are skipped. Of the words that come again and again it keeps one copy. */
final class LineDecoder {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Map<String, Happening.Kind> KINDS =
            Arrays.stream(Happening.Kind.values()).collect(Collectors.toMap(Enum::name, Function.identity()));

    /** Words that are remembered; situations and outcomes are all different, and would only fill the memory. */
    private static final int LONGEST_WORD = 40;

    private final Map<String, Optional<String>> words = new HashMap<>();
    private final Map<String, PrimitiveId> primitives = new HashMap<>();

    /** The fields of one object, as far as any line has them. */
    private static final class Fields {
        String type = "";
        String run = "";
        String version = "";
        String start = "";
        String kind = "";
        String process = "";
        String command = "";
        String outcome = "";
        String code = "";
        String detail = "";
        Optional<PrimitiveId> primitive = Optional.empty();
        Optional<String> name = Optional.empty();
        int format;
        int redeliveries;
        long step;
        long nanos;
        long owner;
        long strand;
        long request;
        long timeout = Sent.FOR_EVER;
        boolean quiet;
        boolean orderly;
        long number;
        int units;
        long abandoned;
        long count;
    }

    /** A line, and where what follows it begins. */
    record Decoded(Line line, int end) {}

    /**
     * Reads the object that begins at an offset.
     *
     * @throws IOException if it is none, or not all of it is there
     */
    Decoded decode(byte[] bytes, int from, int to) throws IOException {
        try (var in = JSON.createParser(bytes, from, to - from)) {
            var fields = new Fields();
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(in, "no object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                var field = in.currentName();
                in.nextToken();
                read(field, in, fields);
            }
            return new Decoded(line(fields, in), from + (int) in.currentLocation().getByteOffset());
        }
    }

    private void read(String field, JsonParser in, Fields fields) throws IOException {
        switch (field) {
            case "type" -> fields.type = word(in);
            case "run" -> fields.run = text(in);
            case "version" -> fields.version = text(in);
            case "start" -> fields.start = text(in);
            case "kind" -> fields.kind = word(in);
            case "process" -> fields.process = word(in);
            case "command" -> fields.command = word(in);
            case "outcome" -> fields.outcome = word(in);
            case "code" -> fields.code = word(in);
            case "detail" -> fields.detail = word(in);
            case "primitive" -> fields.primitive = Optional.of(primitive(text(in), in));
            case "name" -> fields.name = shared(text(in));
            case "format" -> fields.format = in.getIntValue();
            case "redeliveries" -> fields.redeliveries = in.getIntValue();
            case "step" -> fields.step = in.getLongValue();
            case "nanos" -> fields.nanos = in.getLongValue();
            case "owner" -> fields.owner = in.getLongValue();
            case "strand" -> fields.strand = in.getLongValue();
            case "request" -> fields.request = in.getLongValue();
            case "timeout" -> fields.timeout = in.getLongValue();
            case "quiet" -> fields.quiet = in.getBooleanValue();
            case "orderly" -> fields.orderly = in.getBooleanValue();
            case "number" -> fields.number = in.getLongValue();
            case "units" -> fields.units = in.getIntValue();
            case "abandoned" -> fields.abandoned = in.getLongValue();
            case "count" -> fields.count = in.getLongValue();
            default -> in.skipChildren();
        }
    }

    private static String text(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw new JsonParseException(in, "no text");
        }
        return in.getText();
    }

    private String word(JsonParser in) throws IOException {
        return shared(text(in)).orElseThrow();
    }

    private Optional<String> shared(String text) {
        return text.length() > LONGEST_WORD ? Optional.of(text) : words.computeIfAbsent(text, Optional::of);
    }

    private PrimitiveId primitive(String text, JsonParser in) throws IOException {
        var known = primitives.get(text);
        if (known != null) {
            return known;
        }
        int dot = text.indexOf('.');
        try {
            var id = new PrimitiveId(Long.parseLong(text.substring(0, Math.max(0, dot))), Long.parseLong(text.substring(dot + 1)));
            primitives.put(text, id);
            return id;
        } catch (NumberFormatException wrong) {
            throw new JsonParseException(in, "no primitive: " + text);
        }
    }

    private static Line line(Fields fields, JsonParser in) throws IOException {
        return switch (fields.type) {
            case "record" -> new Line.Header(fields.format, fields.run, fields.version, fields.start, fields.nanos, fields.redeliveries);
            case "happening" -> happened(fields);
            case "invoked" -> new Line.Invoked(fields.nanos, fields.owner, fields.process, fields.strand, fields.request,
                    fields.primitive.orElseThrow(() -> new JsonParseException(in, "no primitive")), fields.name, fields.command,
                    fields.timeout, fields.quiet, fields.number, fields.units, fields.detail);
            case "returned" -> new Line.Returned(fields.nanos, fields.owner, fields.process, fields.request, fields.outcome, fields.code,
                    fields.number, fields.units, fields.abandoned, fields.detail);
            case "dropped" -> new Line.Dropped(fields.nanos, fields.owner, fields.process, fields.count);
            case "end" -> new Line.End(fields.nanos, fields.owner, fields.orderly);
            default -> new Line.Unknown(fields.type);
        };
    }

    private static Line happened(Fields fields) {
        var kind = KINDS.get(fields.kind);
        return kind == null ? new Line.Unknown("happening " + fields.kind) : new Line.Happened(new Happening(fields.step, fields.nanos,
                kind, fields.owner, fields.process, fields.primitive, fields.name, fields.strand, fields.request, fields.number,
                fields.units, fields.detail));
    }
}
