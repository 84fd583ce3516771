package procession.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.SerializerFactory;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Util;
import java.util.ArrayList;
import java.util.List;
import procession.core.Carried;
import procession.core.Payload;

/**
 * A Kryo that knows our types only, with the handles of the payload at hand. For one thread at a time; after a failure its state is
 * unknown, so it is thrown away.
 */
@SuppressWarnings("rawtypes")
final class Graph extends Kryo {

    private static final int BUFFER = 512;
    private static final int BUFFER_KEPT = 64 * 1024;
    private static final String UNSAFE = "kryo.unsafe";

    static {
        // Kryo asks once, when this class of its is loaded. Our serializers use none of it, and new JVMs warn of it.
        String before = System.setProperty(UNSAFE, "false");
        Util.isUnsafeAvailable();
        if (before == null) {
            System.clearProperty(UNSAFE);
        } else {
            System.setProperty(UNSAFE, before);
        }
    }

    private static final int MOST_WEIGHT = 100_000;

    private final TypeDoor door;
    private final PayloadCodec.HandlePort handles;
    private final int maxBytes;
    private final Output output;
    private final List<Carried> carried = new ArrayList<>();
    private int used;
    private int weight;

    Graph(TypeDoor door, PayloadCodec.HandlePort handles, int maxBytes, boolean shares) {
        super(door, new SharedReferences(shares));
        this.door = door;
        this.handles = handles;
        this.maxBytes = maxBytes;
        output = new Output(Math.min(BUFFER, maxBytes), maxBytes);
        setRegistrationRequired(false);
        setOptimizedGenerics(false);
        register(String.class, Value.<String>of(Output::writeString, GuardedInput::readString));
    }

    Payload write(int codec, Object value) {
        writeClassAndObject(output, value);
        Payload payload = new Payload(codec, output.toBytes(), carried);
        carried.clear();
        weight = 0;
        output.reset();
        if (output.getBuffer().length > BUFFER_KEPT) {
            output.setBuffer(new byte[BUFFER], maxBytes);
        }
        return payload;
    }

    Object read(Payload payload) {
        carried.addAll(payload.carried());
        GuardedInput input = new GuardedInput(payload.bytes());
        Object value = readClassAndObject(input);
        if (!input.end() || used != carried.size()) {
            throw new Refusal("there is more in its bytes than the value");
        }
        carried.clear();
        used = 0;
        return value;
    }

    /** Takes a handle into the payload; its number there. Handles cross in one frame, unlike bytes, so their number has a limit. */
    int carry(Object handle) {
        try {
            var one = handles.carried(handle).orElseThrow(() -> new Refusal(handle.getClass(), "it is no handle of this run"));
            weight += one.weight();
            if (weight > MOST_WEIGHT) {
                throw new Refusal(handle.getClass(), "with it one value would carry more than " + carried.size()
                        + " handles; send them in several");
            }
            carried.add(one);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException refused) {
            throw new PortRefused(refused);
        }
        return carried.size() - 1;
    }

    /** Makes the handle with this number. Each is in the bytes once, and in order. */
    Object handle(int number) {
        if (number != used || number >= carried.size()) {
            throw new Refusal("its bytes refer to a handle that is not in it");
        }
        return handles.handle(carried.get(used++));
    }

    @Override
    public Registration getRegistration(Class type) {
        Registration known = door.getRegistration(type);
        return known != null ? known : door.admit(type);
    }

    /** Nothing gets a serializer by what it extends or how it is annotated; not to collect sixty of them saves start-up time. */
    @Override
    public void addDefaultSerializer(Class type, Class<? extends Serializer> serializer) {}

    @Override
    public void addDefaultSerializer(Class type, Serializer serializer) {}

    @Override
    public void addDefaultSerializer(Class type, SerializerFactory factory) {}

    /** What the port threw, on its way to the caller unchanged. */
    static final class PortRefused extends RuntimeException {

        private static final long serialVersionUID = 1;

        PortRefused(RuntimeException cause) {
            super(null, cause, false, false);
        }

        RuntimeException asThrown() {
            return (RuntimeException) getCause();
        }
    }
}
