package procession.wire;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which values can be keys: those of which equal ones have equal bytes, wherever they were made. For others that is luck: the order in a
 * set, say, depends on its history.
 */
public final class Keys {

    private static final int DEEPEST = 50;

    private static final Set<Class<?>> PLAIN = Set.of(String.class, Boolean.class, Character.class, Byte.class, Short.class, Integer.class,
            Long.class, Float.class, Double.class, BigInteger.class, BigDecimal.class, UUID.class);

    private Keys() {}

    /**
     * A key in the form in which it is encoded: lists are of one class.
     *
     * @param key the key
     * @return what equals it, as far as its parts do
     * @throws IllegalArgumentException if it is no possible key; the message says why
     */
    public static Object canonical(Object key) {
        return canonical(key, key, 0);
    }

    private static Object canonical(Object part, Object key, int depth) {
        if (depth > DEEPEST) {
            throw refused(key, "it is nested more than " + DEEPEST + " deep");
        } else if (part == null) {
            if (depth == 0) {
                throw new IllegalArgumentException("A key is not null.");
            }
            return null;
        } else if (PLAIN.contains(part.getClass()) || part instanceof Enum<?> || part.getClass().getPackageName().equals("java.time")) {
            return part;
        } else if (part instanceof List<?> list) {
            var copy = new ArrayList<Object>(list.size());
            list.forEach(one -> copy.add(canonical(one, key, depth + 1)));
            return copy;
        } else if (part instanceof Record record) {
            return canonical(record, key, depth);
        }
        throw refused(key, (part == key ? "it is" : "it has in it") + " a " + part.getClass().getTypeName()
                + ", of which equal ones need not have equal bytes");
    }

    private static Object canonical(Record record, Object key, int depth) {
        var components = record.getClass().getRecordComponents();
        var values = new Object[components.length];
        boolean changed = false;
        try {
            for (int i = 0; i < components.length; i++) {
                var field = record.getClass().getDeclaredField(components[i].getName());
                field.setAccessible(true);
                var value = field.get(record);
                values[i] = canonical(value, key, depth + 1);
                changed |= values[i] != value && !components[i].getType().isPrimitive();
            }
            if (!changed) {
                return record;
            }
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException | RuntimeException odd) {
            throw odd instanceof IllegalArgumentException refused ? refused : refused(key, "its components are out of reach: " + odd);
        }
    }

    private static IllegalArgumentException refused(Object key, String why) {
        return new IllegalArgumentException("A " + key.getClass().getTypeName() + " is no possible key: " + why
                + ". Use strings, numbers, booleans, characters, enums, UUIDs, times and dates, or records and lists of those.");
    }
}
