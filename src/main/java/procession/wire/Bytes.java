package procession.wire;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The pieces that every message is written from: counts as variable-length numbers, lists by length, what may be absent by a flag. */
final class Bytes {

    private Bytes() {}

    static void bytes(Output out, byte[] bytes) {
        out.writeVarInt(bytes.length, true);
        out.writeBytes(bytes);
    }

    static byte[] bytes(Input in) {
        int length = in.readVarInt(true);
        if (length < 0 || length > in.limit() - in.position()) {
            throw new IllegalArgumentException("a length of " + length + " is beyond the message");
        }
        return in.readBytes(length);
    }

    static void text(Output out, String text) {
        out.writeString(text);
    }

    static String text(Input in) {
        var text = in.readString();
        if (text == null) {
            throw new IllegalArgumentException("a text is missing");
        }
        return text;
    }

    static <T> void list(Output out, List<T> list, Writing<T> each) {
        out.writeVarInt(list.size(), true);
        list.forEach(one -> each.write(out, one));
    }

    static <T> List<T> list(Input in, Function<Input, T> each) {
        int size = in.readVarInt(true);
        if (size < 0 || size > in.limit() - in.position()) {
            throw new IllegalArgumentException("a list of " + size + " is beyond the message");
        }
        var list = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            list.add(each.apply(in));
        }
        return list;
    }

    static <T> void optional(Output out, Optional<T> optional, Writing<T> value) {
        out.writeBoolean(optional.isPresent());
        optional.ifPresent(present -> value.write(out, present));
    }

    static <T> Optional<T> optional(Input in, Function<Input, T> value) {
        return in.readBoolean() ? Optional.of(value.apply(in)) : Optional.empty();
    }

    static IllegalArgumentException unknown(String what, int tag) {
        return new IllegalArgumentException("unknown " + what + " " + tag);
    }

    /** Writes one value. */
    @FunctionalInterface
    interface Writing<T> {
        void write(Output out, T value);
    }
}
