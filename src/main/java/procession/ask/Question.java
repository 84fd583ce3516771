package procession.ask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked: one line, a JSON object.
 *
 * @param what which answer is wanted
 * @param name which primitive is meant: its name, its number or its kind; empty for all
 * @param kind only primitives of this kind; empty for all
 * @param most how many primitives are to be told at most
 */
public record Question(What what, String name, String kind, int most) {

    /** Version of questions and answers. It is raised by a change that the other side would misread. */
    static final int VERSION = 1;

    /** Bytes of the longest question. */
    static final int LONGEST = 1 << 14;

    private static final int USUAL = 200;
    /** A primitive takes some 200 bytes of an answer. */
    private static final int MOST = 1_000_000;

    /** Which answer is wanted. */
    public enum What {
        /** The processes: what they wait for, what they hold. */
        PS,
        /** The primitives. */
        LOCKS,
        /** One primitive, or all that may be meant. */
        INSPECT,
        /** The latest happenings, as lines of a record. */
        TRACE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A question about everything.
     *
     * @param what which answer is wanted
     * @return the question
     */
    public static Question of(What what) {
        return new Question(what, "", "", USUAL);
    }

    /**
     * The same, but of primitives of one kind only.
     *
     * @param given the kind
     * @return the question
     */
    public Question ofKind(String given) {
        return new Question(what, name, given, most);
    }

    /**
     * The same, but of one primitive only.
     *
     * @param given its name, its number or its kind
     * @return the question
     */
    public Question about(String given) {
        return new Question(what, given, kind, most);
    }

    /**
     * The same, but of all primitives, however many they are.
     *
     * @return the question
     */
    public Question withoutLimit() {
        return new Question(what, name, kind, MOST);
    }

    byte[] line() {
        return Json.line(out -> {
            out.writeNumberField("procession", VERSION);
            out.writeStringField("ask", what.word());
            Json.text(out, "name", name);
            Json.text(out, "kind", kind);
            out.writeNumberField("most", most);
        });
    }

    /** What cannot be understood is told to who asked. */
    static Question read(byte[] line) throws AskException {
        Map<String, Object> fields;
        try {
            fields = Json.object(new String(line, StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new AskException(AskException.BAD_QUESTION, "The question is no JSON object of one line.");
        }
        if (!(fields.get("procession") instanceof Number version) || !(fields.get("ask") instanceof String ask)) {
            throw new AskException(AskException.BAD_QUESTION, "The question lacks its \"procession\", a number, or its \"ask\", a text.");
        }
        if (version.longValue() != VERSION) {
            throw new AskException(AskException.OTHER_VERSION, "It answers version " + VERSION + " of the questions, and was asked in"
                    + " version " + version + ".");
        }
        var what = Arrays.stream(What.values()).filter(one -> one.word().equals(ask)).findFirst().orElseThrow(() ->
                new AskException(AskException.BAD_QUESTION, "It knows no question \"" + ask + "\"."));
        return new Question(what, text(fields, "name"), text(fields, "kind"), most(fields));
    }

    private static String text(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    private static int most(Map<String, Object> fields) {
        return Optional.ofNullable(fields.get("most")).filter(Number.class::isInstance)
                .map(number -> Math.clamp(((Number) number).longValue(), 1, MOST)).orElse(USUAL);
    }
}
