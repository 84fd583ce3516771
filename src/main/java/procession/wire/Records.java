package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;

/** Writes a record's components in their order and makes it anew through its canonical constructor, so what that checks holds. */
final class Records extends Container<Object> {

    private final Constructor<?> constructor;
    private final Slot[] slots;

    Records(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        slots = new Slot[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                slots[i] = new Slot(type.getDeclaredField(components[i].getName()));
            }
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (ReflectiveOperationException | RuntimeException odd) {
            throw odd instanceof Refusal refusal ? refusal : new Refusal(type.getTypeName(), "its constructor is out of reach: " + odd, odd);
        }
    }

    @Override
    boolean existsFirst() {
        return false;
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        for (Slot slot : slots) {
            slot.write(kryo, output, object);
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        Object[] values = new Object[slots.length];
        for (int i = 0; i < slots.length; i++) {
            values[i] = slots[i].read(kryo, input);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException thrown) {
            throw new Refusal(type.getTypeName(), "its constructor threw " + thrown.getCause(), thrown.getCause());
        } catch (ReflectiveOperationException | IllegalArgumentException unfit) {
            throw new Refusal(type.getTypeName(), "its bytes do not fit its components", unfit);
        }
    }
}
