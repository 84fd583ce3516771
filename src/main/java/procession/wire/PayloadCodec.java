package procession.wire;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import procession.DecodingException;
import procession.EncodingException;
import procession.core.Carried;
import procession.core.Payload;

/**
 * Turns a user's value into a payload and back. What comes back equals what was sent and is of the same class, down to a {@code Long}
 * in a list; an object that occurs twice is one object again, also in a cycle. Views of a part of a list come back as a list of their
 * own, and a list that Collections wrapped is wrapped again around a copy.
 *
 * <p>Only classes on the JDK's fixed list and those the user allows travel, checked on both sides. Nothing of Java serialization is
 * involved. Records are made by their canonical constructor, other classes by the one without parameters if there is one; equals,
 * hashCode and comparators of the user's run when sets and maps are filled. Thread-safe.
 */
public final class PayloadCodec {

    /** What this codec writes into {@link Payload#codec()}. */
    public static final int NUMBER = 1;

    /** The same for keys. */
    public static final int KEYS = 2;

    /** As many as threads usually encode at the same moment; more are made and dropped. */
    private static final int POOLED = 8;

    private final int number;
    private final AllowedTypes allowed;
    private final ClassLoader loader;
    private final int maxBytes;
    private final HandlePort handles;
    private final BlockingQueue<Graph> graphs = new ArrayBlockingQueue<>(POOLED);

    /** Where handles, which are all {@link procession.Primitive}, become data and data handles. */
    public interface HandlePort {

        /**
         * What stands for a handle. Asked once per occurrence, and before it is known that the rest can be encoded: it should have no
         * effect. What it throws goes to the caller of {@link PayloadCodec#encode} unchanged.
         *
         * @param value a primitive
         * @return its description; empty if it is no handle of this run
         */
        Optional<Carried> carried(Object value);

        /**
         * Makes a handle. Called once per occurrence, in their order.
         *
         * @param carried what {@link #carried} gave
         * @return the handle
         */
        Object handle(Carried carried);
    }

    /**
     * A codec.
     *
     * @param allowed which classes of the user's may travel
     * @param loader where they are found
     * @param maxBytes how big a payload may become
     * @param handles what handles are
     */
    public PayloadCodec(AllowedTypes allowed, ClassLoader loader, int maxBytes, HandlePort handles) {
        this(NUMBER, allowed, loader, maxBytes, handles);
    }

    private PayloadCodec(int number, AllowedTypes allowed, ClassLoader loader, int maxBytes, HandlePort handles) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("A payload of " + maxBytes + " bytes holds nothing; procession.payload.max is too small.");
        }
        this.number = number;
        this.allowed = Objects.requireNonNull(allowed, "allowed");
        this.loader = Objects.requireNonNull(loader, "loader");
        this.maxBytes = maxBytes;
        this.handles = Objects.requireNonNull(handles, "handles");
    }

    /**
     * The same codec for keys, which have one encoding only: {@link Keys} says which are possible.
     *
     * @param most how big a key may become, in bytes
     * @return the codec
     */
    public PayloadCodec forKeys(int most) {
        return new PayloadCodec(KEYS, allowed, loader, most, handles);
    }

    /**
     * Takes a snapshot of a value. It must not be changed meanwhile, unless it is a concurrent collection.
     *
     * @param value the value, or null
     * @return the payload
     * @throws EncodingException if it, or something in it, does not travel; the message says what, where, why, and what to do
     */
    public Payload encode(Object value) {
        try {
            Graph graph = take();
            Payload payload = graph.write(number, value);
            graphs.offer(graph);
            return payload;
        } catch (Graph.PortRefused port) {
            throw port.asThrown();
        } catch (Refusal refusal) {
            throw new EncodingException(refusal.sentence("cannot travel"), refusal.getCause());
        } catch (KryoBufferOverflowException big) {
            throw refused(value, "it takes more than " + maxBytes + " bytes; "
                    + (number == KEYS ? "as a key it must be shorter" : "send it in pieces, or raise procession.payload.max"), null);
        } catch (StackOverflowError deep) {
            throw refused(value, "it is nested too deep for what is left of this thread's stack", deep);
        } catch (OutOfMemoryError big) {
            throw refused(value, "the heap is too small for a copy of it", big);
        } catch (RuntimeException odd) {
            throw refused(value, "reading it failed with " + odd + "; was it changed meanwhile?", odd);
        }
    }

    /**
     * Makes the value anew.
     *
     * @param payload the payload
     * @return the value, or null if that was it
     * @throws DecodingException if that cannot be done, whatever the bytes are; the codec goes on working
     */
    public Object decode(Payload payload) {
        if (payload.codec() != number) {
            throw new DecodingException("item cannot be rebuilt here: codec " + payload.codec() + " wrote it.");
        }
        try {
            Graph graph = take();
            Object value = graph.read(payload);
            graphs.offer(graph);
            return value;
        } catch (Refusal refusal) {
            throw new DecodingException(refusal.sentence("cannot be rebuilt here"), refusal.getCause());
        } catch (Throwable any) {
            throw new DecodingException("item of " + payload.size() + " bytes cannot be rebuilt here: " + any + ".", any);
        }
    }

    private Graph take() {
        Graph pooled = graphs.poll();
        return pooled != null ? pooled : new Graph(new TypeDoor(allowed, loader), handles, maxBytes, number == NUMBER);
    }

    private static EncodingException refused(Object value, String why, Throwable cause) {
        return new EncodingException(new Refusal(value == null ? Void.class : value.getClass(), why).sentence("cannot travel"), cause);
    }
}
