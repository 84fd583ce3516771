package procession.wire;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.ByteBufferSerializer;
import akka.serialization.SerializerWithStringManifest;
import com.esotericsoftware.kryo.io.Output;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import procession.wire.ToKeeper.SayHello;
import procession.wire.ToKeeper.Upward;
import procession.wire.ToSession.Downward;
import procession.wire.ToSession.RunOver;
import procession.wire.ToSession.TurnedAway;
import procession.wire.ToSession.Welcomed;

/**
 * Writes what sessions and the keeper say to each other, in a binary form of our own: the messages are few and small, and this keeps
 * Jackson's start-up out of a hundred children.
 */
public final class MessageSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {

    private static final int IDENTIFIER = 7_316_001;
    private static final int FIRST_SIZE = 256;
    private static final int MOST_KEPT = 128 * 1024;
    private static final ThreadLocal<Output> OUTPUTS = ThreadLocal.withInitial(() -> new Output(FIRST_SIZE, -1));

    private final ExtendedActorSystem system;

    /**
     * Made by Akka.
     *
     * @param system the actor system
     */
    public MessageSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    /** Asked for when needed: serializers are made while the system is still starting. */
    private ActorRefResolver refs() {
        return ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        return switch (message) {
            case Upward upward -> "U";
            case Downward downward -> "D";
            case SayHello hello -> "H";
            case Welcomed welcomed -> "W";
            case TurnedAway away -> "T";
            case RunOver over -> "O";
            default -> throw new IllegalArgumentException("Procession does not send a " + message.getClass().getName());
        };
    }

    @Override
    public byte[] toBinary(Object message) {
        return written(message).toBytes();
    }

    /** Good until this thread writes the next message. */
    private Output written(Object message) {
        var out = OUTPUTS.get();
        out.reset();
        switch (message) {
            case Upward upward -> {
                CoreBytes.owner(out, upward.owner());
                FrameBytes.frame(out, upward.frame(), RequestBytes::sent);
            }
            case Downward downward -> FrameBytes.frame(out, downward.frame(), AnswerBytes::answered);
            case SayHello hello -> {
                CoreBytes.hello(out, hello.hello());
                Bytes.text(out, refs().toSerializationFormat(hello.session()));
            }
            case Welcomed welcomed -> CoreBytes.owner(out, welcomed.owner());
            case TurnedAway away -> { }
            case RunOver over -> { }
            default -> throw new IllegalArgumentException("Procession does not send a " + message.getClass().getName());
        }
        if (out.getBuffer().length > MOST_KEPT) {
            OUTPUTS.remove();
        }
        return out;
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        var in = new GuardedInput(bytes);
        try {
            return complete(in, switch (manifest) {
                case "U" -> new Upward(CoreBytes.owner(in), FrameBytes.frame(in, RequestBytes::sent));
                case "D" -> new Downward(FrameBytes.frame(in, AnswerBytes::answered));
                case "H" -> new SayHello(CoreBytes.hello(in), refs().resolveActorRef(Bytes.text(in)));
                case "W" -> new Welcomed(CoreBytes.owner(in));
                case "T" -> new TurnedAway();
                case "O" -> new RunOver();
                default -> throw new IllegalArgumentException("its kind is unknown");
            });
        } catch (RuntimeException broken) {
            throw new NotSerializableException("a message " + manifest + " is broken: " + broken.getMessage());
        }
    }

    static Object complete(GuardedInput in, Object message) {
        if (!in.end()) {
            throw new IllegalArgumentException("there is more in it than the message");
        }
        return message;
    }

    @Override
    public void toBinary(Object message, ByteBuffer buffer) {
        var out = written(message);
        buffer.put(out.getBuffer(), 0, out.position());
    }

    @Override
    public Object fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return fromBinary(bytes, manifest);
    }
}
