package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.List;
import java.util.function.Function;

/** Writes and reads something as a few other values that it is made from: a fixed number, each with its step of the way. */
final class Parts<T> extends Container<T> {

    private final List<String> steps;
    private final Function<T, Object[]> split;
    private final Function<Object[], T> join;

    private Parts(List<String> steps, Function<T, Object[]> split, Function<Object[], T> join) {
        this.steps = steps;
        this.split = split;
        this.join = join;
    }

    /** Several parts. */
    static <T> Parts<T> of(List<String> steps, Function<T, Object[]> split, Function<Object[], T> join) {
        return new Parts<>(steps, split, join);
    }

    /** One part, which stands for the whole: no step of its own. */
    @SuppressWarnings("unchecked")
    static <T, P> Parts<T> as(Function<T, P> part, Function<P, T> whole) {
        return new Parts<>(List.of(""), value -> new Object[] {part.apply(value)}, parts -> whole.apply((P) parts[0]));
    }

    /** No parts: there is one such object in each JVM. */
    static <T> Parts<T> constant(T value) {
        return new Parts<>(List.of(), same -> new Object[0], parts -> value);
    }

    @Override
    boolean existsFirst() {
        return false;
    }

    @Override
    public void write(Kryo kryo, Output output, T value) {
        Object[] parts = split.apply(value);
        int i = 0;
        try {
            for (; i < parts.length; i++) {
                kryo.writeClassAndObject(output, parts[i]);
            }
        } catch (Refusal refusal) {
            throw refusal.inside(steps.get(i));
        }
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        Object[] parts = new Object[steps.size()];
        int i = 0;
        try {
            for (; i < parts.length; i++) {
                parts[i] = kryo.readClassAndObject(input);
            }
        } catch (Refusal refusal) {
            throw refusal.inside(steps.get(i));
        }
        return join.apply(parts);
    }
}
