package procession.ask;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * An object of an answer. What is missing is empty: another version may leave it out.
 *
 * @param all its fields
 */
public record Fields(Map<String, Object> all) {

    /**
     * A text.
     *
     * @param name of which field
     * @return the text; empty if there is none
     */
    public String text(String name) {
        return all.get(name) instanceof String text ? text : "";
    }

    /**
     * A whole number.
     *
     * @param name of which field
     * @return the number; 0 if there is none
     */
    public long number(String name) {
        return all.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /**
     * A number.
     *
     * @param name of which field
     * @return the number, if there is one
     */
    public OptionalDouble decimal(String name) {
        return all.get(name) instanceof Number number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    /**
     * What is true or not.
     *
     * @param name of which field
     * @return whether it is true
     */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(all.get(name));
    }

    /**
     * An object within this one.
     *
     * @param name of which field
     * @return the object; an empty one if there is none
     */
    public Fields object(String name) {
        return of(all.get(name));
    }

    /**
     * A list of objects.
     *
     * @param name of which field
     * @return the objects
     */
    public List<Fields> list(String name) {
        return all.get(name) instanceof List<?> list ? list.stream().map(Fields::of).toList() : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Fields of(Object value) {
        return new Fields(value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of());
    }
}
