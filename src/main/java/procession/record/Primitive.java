package procession.record;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * A primitive of a recorded run, as the line tells it that says that it was made.
 *
 * @param id which
 * @param name its name, if it has one
 * @param kind what kind
 * @param variant its variant, such as {@code re-entrant}; empty for the plain one
 * @param size permits of a semaphore, parties of a barrier, most items of a queue, what a latch counts down from; 0 for none
 */
public record Primitive(PrimitiveId id, Optional<String> name, Kind kind, String variant, int size) {

    /** What kinds there are. */
    public enum Kind { LOCK, SEMAPHORE, EVENT, QUEUE, PIPE, BARRIER, LATCH, READ_WRITE_LOCK, COUNTER, CELL, MAP, UNKNOWN }

    private static final Pattern SPEC = Pattern.compile("an? (?:(re-entrant|bounded|simple|joinable|one-way) )?"
            + "(lock|semaphore|event|queue|pipe|barrier|latch|read-write lock|counter|cell|map)(?: (?:of|for) (\\d{1,10}))?\\b.*");

    /**
     * Reads what the happening says that tells of its making.
     *
     * @param made the happening, a {@code MADE}
     * @return the primitive; of kind {@link Kind#UNKNOWN} if it is of a later version
     */
    public static Primitive of(Happening made) {
        var spec = SPEC.matcher(made.detail());
        var id = made.primitive().orElseThrow();
        if (!spec.matches()) {
            return unknown(id);
        }
        var kind = Kind.valueOf(spec.group(2).toUpperCase(Locale.ROOT).replaceAll("[ -]", "_"));
        var variant = Optional.ofNullable(spec.group(1)).orElse("");
        long size = spec.group(3) == null ? 0 : Long.parseLong(spec.group(3));
        return new Primitive(id, made.name(), kind, variant, Math.clamp(size, 0, Integer.MAX_VALUE));
    }

    static Primitive unknown(PrimitiveId id) {
        return new Primitive(id, Optional.empty(), Kind.UNKNOWN, "", 0);
    }

    boolean is(Kind one) {
        return kind == one;
    }

    boolean isReentrant() {
        return variant.equals("re-entrant");
    }

    boolean isBounded() {
        return variant.equals("bounded");
    }

    boolean isJoinable() {
        return variant.equals("joinable");
    }

    /**
     * What it is called in messages to people.
     *
     * @return a noun with its name or its id
     */
    public String label() {
        var noun = switch (kind) {
            case UNKNOWN -> "primitive";
            case READ_WRITE_LOCK -> "read-write lock";
            default -> (variant + " " + kind.name().toLowerCase(Locale.ROOT)).strip();
        };
        return noun + " " + name.map(given -> "'" + given + "'").orElse(id.toString());
    }

    /** The same at the beginning of a sentence. */
    String title() {
        var label = label();
        return Character.toUpperCase(label.charAt(0)) + label.substring(1);
    }
}
