package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Writes and reads a map that is made empty and then filled. */
final class Entries extends Container<Map<Object, Object>> {

    /** Makes an empty one. */
    interface Empty {
        Map<Object, Object> make(int size, Comparator<Object> order);
    }

    private final boolean sorted;
    private final Empty empty;

    private Entries(boolean sorted, Empty empty) {
        this.sorted = sorted;
        this.empty = empty;
    }

    /** A map without a comparator. */
    static Entries plain(IntFunction<Map<Object, Object>> empty) {
        return new Entries(false, (size, order) -> empty.apply(size));
    }

    /** A map with a comparator, which travels with it. */
    static Entries sorted(Function<Comparator<Object>, SortedMap<Object, Object>> empty) {
        return new Entries(true, (size, order) -> empty.apply(order));
    }

    @Override
    boolean existsFirst() {
        return true;
    }

    @Override
    public void write(Kryo kryo, Output output, Map<Object, Object> map) {
        if (sorted) {
            Order.write(kryo, output, ((SortedMap<?, ?>) map).comparator());
        }
        // First all, then how many: another thread may be at a concurrent map.
        Object[] entries = map.entrySet().toArray();
        output.writeVarInt(entries.length, true);
        for (Object each : entries) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
            try {
                kryo.writeClassAndObject(output, entry.getKey());
            } catch (Refusal refusal) {
                throw refusal.inside(".key");
            }
            try {
                kryo.writeClassAndObject(output, entry.getValue());
            } catch (Refusal refusal) {
                throw refusal.inside(at(entry.getKey()));
            }
        }
    }

    @Override
    public Map<Object, Object> read(Kryo kryo, Input input, Class<? extends Map<Object, Object>> type) {
        Comparator<Object> comparator = sorted ? Order.read(kryo, input) : null;
        int size = ((GuardedInput) input).parts(2);
        Map<Object, Object> map = empty.make(size, comparator);
        kryo.reference(map);
        for (int i = 0; i < size; i++) {
            try {
                Object key = kryo.readClassAndObject(input);
                map.put(key, kryo.readClassAndObject(input));
            } catch (Refusal refusal) {
                throw refusal.inside("[…]");
            }
        }
        return map;
    }

    /** Only what has a short text of the JDK's own: a key of the user's may do anything in its {@code toString}. */
    private static String at(Object key) {
        return switch (key) {
            case String text when text.length() <= 40 -> "[" + text + "]";
            case Integer number -> "[" + number + "]";
            case Long number -> "[" + number + "]";
            case Enum<?> constant -> "[" + constant.name() + "]";
            case null, default -> "[…]";
        };
    }
}
