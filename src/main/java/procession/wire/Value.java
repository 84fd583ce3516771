package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.function.Function;

/** Writes and reads something without other values in it. */
final class Value<T> extends Serializer<T> {

    /** Puts it into bytes. */
    interface Writing<T> {
        void write(Output output, T value);
    }

    /** Makes it from bytes. */
    interface Reading<T> {
        T read(GuardedInput input);
    }

    private final Writing<T> writing;
    private final Reading<T> reading;

    private Value(boolean immutable, Writing<T> writing, Reading<T> reading) {
        super(false, immutable);
        this.writing = writing;
        this.reading = reading;
    }

    /** One whose identity does not matter: written as often as it occurs. */
    static <T> Value<T> of(Writing<T> writing, Reading<T> reading) {
        return new Value<>(true, writing, reading);
    }

    /** One that can be changed: written once. */
    static <T> Value<T> mutable(Writing<T> writing, Reading<T> reading) {
        return new Value<>(false, writing, reading);
    }

    /** One that a text stands for. */
    static <T> Value<T> text(Function<T, String> text, Function<String, T> parse) {
        return of((output, value) -> output.writeString(text.apply(value)), input -> parse.apply(input.readString()));
    }

    @Override
    public void write(Kryo kryo, Output output, T value) {
        writing.write(output, value);
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        return reading.read((GuardedInput) input);
    }
}
