package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;

/** Writes and reads arrays of anything but primitives. Each element tells its class, as it may be narrower than the array's. */
final class ObjectArrays extends Container<Object[]> {

    @Override
    boolean existsFirst() {
        return true;
    }

    @Override
    public void write(Kryo kryo, Output output, Object[] array) {
        output.writeVarInt(array.length, true);
        int i = 0;
        try {
            for (; i < array.length; i++) {
                kryo.writeClassAndObject(output, array[i]);
            }
        } catch (Refusal refusal) {
            throw refusal.inside("[" + i + "]");
        }
    }

    @Override
    public Object[] read(Kryo kryo, Input input, Class<? extends Object[]> type) {
        Object[] array = (Object[]) Array.newInstance(type.getComponentType(), ((GuardedInput) input).parts(1));
        kryo.reference(array);
        int i = 0;
        try {
            for (; i < array.length; i++) {
                array[i] = kryo.readClassAndObject(input);
            }
        } catch (Refusal refusal) {
            throw refusal.inside("[" + i + "]");
        }
        return array;
    }
}
