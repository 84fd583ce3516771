package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;

/** A field of a record or bean, read as it is: an accessor of the user's might return something else. */
record Slot(Field field) {

    /** Makes the field accessible. */
    Slot {
        try {
            field.setAccessible(true);
        } catch (InaccessibleObjectException closed) {
            throw new Refusal(field.getDeclaringClass().getTypeName(), "its module does not open package "
                    + field.getDeclaringClass().getPackageName() + "; open it, or run from the class path", closed);
        }
    }

    void write(Kryo kryo, Output output, Object object) {
        try {
            if (field.getType().isPrimitive()) {
                kryo.writeObject(output, field.get(object));
            } else {
                kryo.writeClassAndObject(output, field.get(object));
            }
        } catch (Refusal refusal) {
            throw refusal.inside("." + field.getName());
        } catch (IllegalAccessException closed) {
            throw new AssertionError("it was made accessible", closed);
        }
    }

    Object read(Kryo kryo, Input input) {
        try {
            return field.getType().isPrimitive() ? kryo.readObject(input, field.getType()) : kryo.readClassAndObject(input);
        } catch (Refusal refusal) {
            throw refusal.inside("." + field.getName());
        }
    }
}
