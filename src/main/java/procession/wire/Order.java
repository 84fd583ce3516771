package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Comparator;

/** The comparator of a sorted collection: null for the natural order. */
final class Order {

    private static final String STEP = ".comparator";

    private Order() {}

    static void write(Kryo kryo, Output output, Comparator<?> comparator) {
        try {
            kryo.writeClassAndObject(output, comparator);
        } catch (Refusal refusal) {
            throw refusal.inside(STEP);
        }
    }

    @SuppressWarnings("unchecked")
    static Comparator<Object> read(Kryo kryo, Input input) {
        try {
            return (Comparator<Object>) kryo.readClassAndObject(input);
        } catch (Refusal refusal) {
            throw refusal.inside(STEP);
        }
    }
}
