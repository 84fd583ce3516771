package procession.wire;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import com.typesafe.config.ConfigFactory;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import procession.core.Carried;
import procession.core.Command;
import procession.core.Frame;
import procession.core.Owner;
import procession.core.Payload;
import procession.core.PrimitiveId;
import procession.core.Request;
import procession.core.Sent;

/** Values into bytes and back, and a message to the keeper likewise. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WireBenchmark {

    /**
     * A value as programs have them.
     *
     * @param name a text
     * @param number a number
     * @param parts a list
     */
    public record Order(String name, long number, List<String> parts) {}

    private static final PayloadCodec.HandlePort NO_HANDLES = new PayloadCodec.HandlePort() {
        @Override
        public Optional<Carried> carried(Object value) {
            return Optional.empty();
        }

        @Override
        public Object handle(Carried carried) {
            throw new IllegalStateException("No handle was sent.");
        }
    };

    private final PayloadCodec codec = new PayloadCodec(AllowedTypes.of(Set.of(Order.class.getName())),
            WireBenchmark.class.getClassLoader(), 1 << 20, NO_HANDLES);
    private final Order order = new Order("a car", 42, List.of("wheel", "door", "seat"));
    private ActorSystem<Void> system;
    private SerializerWithStringManifest serializer;
    private ToKeeper message;

    /** Only for the serializer. */
    @Setup(Level.Trial)
    public void start() {
        var reference = ConfigFactory.defaultReference();
        system = ActorSystem.create(Behaviors.<Void>empty(), "bench", ConfigFactory.parseString(
                "akka.actor.provider = local, akka.actor.internal-dispatcher = akka.actor.default-dispatcher")
                .withFallback(reference.getConfig("procession.akka.common")).withFallback(reference).resolve());
        var request = new Sent(1, Sent.FOR_EVER, false, new Request.Operate(
                new PrimitiveId(1, 1), new Command.Put(codec.encode(7))));
        message = new ToKeeper.Upward(new Owner(1), new Frame<>(1, 1, 2, List.of(new Frame.Whole<>(request, false))));
        serializer = (SerializerWithStringManifest) SerializationExtension.get(Adapter.toClassic(system)).findSerializerFor(message);
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void stop() {
        system.terminate();
    }

    /** A small integer, there and back. */
    @Benchmark
    public Object integer() {
        return codec.decode(codec.encode(7));
    }

    /** A record with a list, there and back. */
    @Benchmark
    public Object record() {
        Payload payload = codec.encode(order);
        return codec.decode(payload);
    }

    /** A put of a small integer, as it goes to the keeper. */
    @Benchmark
    public Object message() throws NotSerializableException {
        return serializer.fromBinary(serializer.toBinary(message), serializer.manifest(message));
    }
}
