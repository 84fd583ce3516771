package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.objenesis.instantiator.ObjectInstantiator;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * Writes the fields of an object, those of its superclasses first, and none that is transient. Read, it is made by its constructor
 * without parameters, which may set the transient fields, and by none where there is no such constructor.
 */
final class Beans extends Container<Object> {

    private final Slot[] slots;
    private final Constructor<?> constructor;
    private ObjectInstantiator<?> instantiator;

    Beans(Class<?> type) {
        List<Slot> found = new ArrayList<>();
        collect(type, found);
        slots = found.toArray(Slot[]::new);
        constructor = withoutParameters(type);
    }

    private static void collect(Class<?> type, List<Slot> into) {
        if (type == null || UserTypes.isJdk(type)) {
            return;
        }
        collect(type.getSuperclass(), into);
        Field[] fields = type.getDeclaredFields();
        Arrays.sort(fields, Comparator.comparing(Field::getName));
        for (Field field : fields) {
            if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                into.add(new Slot(field));
            }
        }
    }

    private static Constructor<?> withoutParameters(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    @Override
    boolean existsFirst() {
        return true;
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        for (Slot slot : slots) {
            slot.write(kryo, output, object);
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        Object object = make(type);
        kryo.reference(object);
        for (Slot slot : slots) {
            Object value = slot.read(kryo, input);
            try {
                slot.field().set(object, value);
            } catch (IllegalAccessException | IllegalArgumentException unfit) {
                throw new Refusal(type.getTypeName(), "its bytes do not fit its field " + slot.field().getName(), unfit);
            }
        }
        return object;
    }

    private Object make(Class<?> type) {
        try {
            if (constructor != null) {
                return constructor.newInstance();
            }
            if (instantiator == null) {
                instantiator = new StdInstantiatorStrategy().newInstantiatorOf(type);
            }
            return instantiator.newInstance();
        } catch (InvocationTargetException thrown) {
            throw new Refusal(type.getTypeName(), "its constructor threw " + thrown.getCause(), thrown.getCause());
        } catch (ReflectiveOperationException odd) {
            throw new Refusal(type.getTypeName(), "it cannot be made: " + odd, odd);
        }
    }
}
