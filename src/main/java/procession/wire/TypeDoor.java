package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import com.esotericsoftware.kryo.util.IntMap;
import procession.Primitive;
import procession.core.Carried;

/**
 * The one door where a class becomes bytes and bytes become a class. What is on the fixed list has a number, what the user allows a
 * name, and nothing else gets through, in either direction.
 */
@SuppressWarnings("rawtypes")
final class TypeDoor extends DefaultClassResolver {

    private static final int LONGEST_NAME = 512;
    private static final String PRIMITIVES = "BSIJFDCZ";

    private final AllowedTypes allowed;
    private final ClassLoader loader;

    TypeDoor(AllowedTypes allowed, ClassLoader loader) {
        this.allowed = allowed;
        this.loader = loader;
    }

    /** The registration of a class met for the first time; a refusal for one that does not travel. */
    Registration admit(Class<?> type) {
        Class<?> standIn = standIn(type);
        Registration registration = standIn == type ? enter(type) : kryo.getRegistration(standIn);
        classToRegistration.put(type, registration);
        return registration;
    }

    private static Class<?> standIn(Class<?> type) {
        if (Primitive.class.isAssignableFrom(type)) {
            return Carried.class;
        } else if (Enum.class.isAssignableFrom(type) && !type.isEnum() && type != Enum.class) {
            return type.getSuperclass();
        }
        return KnownTypes.standIn(type);
    }

    private Registration enter(Class<?> type) {
        int number = KnownTypes.number(type);
        return register(number < 0
                ? new Registration(type, UserTypes.serializer(type, allowed), NAME)
                : new Registration(type, KnownTypes.serializer(type), number));
    }

    @Override
    public Registration writeClass(Output output, Class type) {
        return super.writeClass(output, type == null ? null : kryo.getRegistration(type).getType());
    }

    @Override
    public Registration readClass(Input input) {
        int number = input.readVarInt(true);
        return switch (number) {
            case Kryo.NULL -> null;
            case NAME + 2 -> readName(input);
            default -> numbered(number - 2);
        };
    }

    private Registration numbered(int number) {
        Registration registration = getRegistration(number);
        if (registration != null) {
            return registration;
        }
        Class<?> type = KnownTypes.type(number);
        if (type == null) {
            throw new KryoException("There is no class number " + number + ".");
        }
        return kryo.getRegistration(type);
    }

    @Override
    protected Registration readName(Input input) {
        int number = input.readVarInt(true);
        if (nameIdToClass == null) {
            nameIdToClass = new IntMap<>();
        }
        Class type = nameIdToClass.get(number);
        if (type == null) {
            type = named(input.readString());
            nameIdToClass.put(number, type);
        }
        return kryo.getRegistration(type);
    }

    private Class<?> named(String name) {
        if (name.length() > LONGEST_NAME) {
            throw new Refusal("a class name of " + name.length() + " characters is none");
        }
        int dimensions = name.lastIndexOf('[') + 1;
        String element = dimensions == 0 ? name : element(name.substring(dimensions));
        if (!element.isEmpty() && !UserTypes.mayLoad(element, dimensions > 0, allowed)) {
            throw UserTypes.notAllowed(element);
        }
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new Refusal(name, "its class is not on the class path of this process", missing);
        }
    }

    /** The class in an array's descriptor; empty for primitives. */
    private static String element(String descriptor) {
        if (descriptor.length() == 1 && PRIMITIVES.contains(descriptor)) {
            return "";
        } else if (descriptor.startsWith("L") && descriptor.endsWith(";")) {
            return descriptor.substring(1, descriptor.length() - 1);
        }
        throw new Refusal("its bytes name no class");
    }
}
