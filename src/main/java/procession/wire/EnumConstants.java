package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** Writes and reads the constants of an enum by their place: every JVM of a run has the same classes. */
final class EnumConstants extends Serializer<Enum<?>> {

    private final Class<?> type;
    private Object[] constants;

    EnumConstants(Class<?> type) {
        super(false, true);
        this.type = type;
    }

    @Override
    public void write(Kryo kryo, Output output, Enum<?> constant) {
        output.writeVarInt(constant.ordinal(), true);
    }

    @Override
    public Enum<?> read(Kryo kryo, Input input, Class<? extends Enum<?>> ignored) {
        if (constants == null) {
            constants = type.getEnumConstants();
        }
        int ordinal = input.readVarInt(true);
        if (ordinal < 0 || ordinal >= constants.length) {
            throw new Refusal(type, "it has no constant number " + ordinal);
        }
        return (Enum<?>) constants[ordinal];
    }
}
