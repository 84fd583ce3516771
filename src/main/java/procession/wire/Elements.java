package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Writes and reads a collection that is made empty and then filled. */
final class Elements extends Container<Collection<Object>> {

    /** Makes an empty one. */
    interface Empty {
        Collection<Object> make(int size, Comparator<Object> order);
    }

    private final Function<Collection<Object>, Comparator<?>> order;
    private final Empty empty;

    private Elements(Function<Collection<Object>, Comparator<?>> order, Empty empty) {
        this.order = order;
        this.empty = empty;
    }

    /** A collection without a comparator. */
    static Elements plain(IntFunction<Collection<Object>> empty) {
        return new Elements(null, (size, order) -> empty.apply(size));
    }

    /** A collection with a comparator, which travels with it. */
    @SuppressWarnings("unchecked")
    static <C extends Collection<Object>> Elements ordered(Function<C, Comparator<?>> order, Function<Comparator<Object>, C> empty) {
        return new Elements(collection -> order.apply((C) collection), (size, comparator) -> empty.apply(comparator));
    }

    @Override
    boolean existsFirst() {
        return true;
    }

    @Override
    public void write(Kryo kryo, Output output, Collection<Object> collection) {
        if (order != null) {
            Order.write(kryo, output, order.apply(collection));
        }
        // First all, then how many: another thread may be at a concurrent collection.
        Object[] elements = collection.toArray();
        output.writeVarInt(elements.length, true);
        int i = 0;
        try {
            for (; i < elements.length; i++) {
                kryo.writeClassAndObject(output, elements[i]);
            }
        } catch (Refusal refusal) {
            throw refusal.inside("[" + i + "]");
        }
    }

    @Override
    public Collection<Object> read(Kryo kryo, Input input, Class<? extends Collection<Object>> type) {
        Comparator<Object> comparator = order == null ? null : Order.read(kryo, input);
        int size = ((GuardedInput) input).parts(1);
        Collection<Object> collection = empty.make(size, comparator);
        kryo.reference(collection);
        int i = 0;
        try {
            for (; i < size; i++) {
                collection.add(kryo.readClassAndObject(input));
            }
        } catch (Refusal refusal) {
            throw refusal.inside("[" + i + "]");
        }
        return collection;
    }
}
