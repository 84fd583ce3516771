package procession.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static procession.wire.MessageSamples.leaves;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import com.typesafe.config.ConfigFactory;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import procession.Cell;
import procession.Connection;
import procession.CountDownLatch;
import procession.Counter;
import procession.Event;
import procession.Lock;
import procession.Queue;
import procession.ReadWriteLock;
import procession.Semaphore;
import procession.SharedMap;
import procession.core.Answered;
import procession.core.Carried;
import procession.core.Command;
import procession.core.Frame;
import procession.core.Owner;
import procession.core.Payload;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;
import procession.core.Spec;
import procession.wire.Things.Box;

/** Every message comes back equal through the serializers that reference.conf binds, and broken bytes do no harm. */
class MessageRoundTripTest {

    private static final Object ITEM = new Box<>(List.of(1L, "two", Codecs.lock(3)));
    private static final PayloadCodec CODEC = Codecs.forThings();

    private static ActorTestKit kit;
    private static Serialization serialization;
    private static ActorRef<Object> anyone;

    @BeforeAll
    static void start() {
        var reference = ConfigFactory.defaultReference();
        kit = ActorTestKit.create("round-trip", ConfigFactory.parseString("akka.actor.provider = local, akka.actor.internal-dispatcher = akka.actor.default-dispatcher")
                .withFallback(reference.getConfig("procession.akka.common")).withFallback(reference).resolve());
        serialization = SerializationExtension.get(Adapter.toClassic(kit.system()));
        anyone = kit.createTestProbe().ref();
        Items.of(kit.system()).use(new Items.Port() {
            @Override
            public Payload encodeKey(Object key) {
                return encode(key);
            }

            @Override
            public Payload encode(Object value) {
                return CODEC.encode(value);
            }

            @Override
            public Object borrow(Payload payload) {
                return CODEC.decode(payload);
            }
        });
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    // Nothing is forgotten.

    @TestFactory
    Stream<DynamicTest> everyTypeOfAFamilyHasASample() {
        var between = Stream.concat(MessageSamples.family(anyone, ITEM).stream(), MessageSamples.given(anyone, ITEM).stream()).toList();
        return Stream.concat(
                Stream.of(
                        covered(Command.class, MessageSamples.COMMANDS), covered(Request.class, MessageSamples.REQUESTS),
                        covered(Reply.class, MessageSamples.REPLIES), covered(Spec.class, MessageSamples.SPECS),
                        covered(Frame.Element.class, MessageSamples.elements())),
                Stream.of(Lock.Command.class, Lock.Reply.class, Semaphore.Command.class, Semaphore.Reply.class, Event.Command.class,
                        Event.Reply.class, Queue.Command.class, Queue.Reply.class, Connection.Command.class, Connection.Reply.class,
                        CountDownLatch.Command.class, CountDownLatch.Reply.class, ReadWriteLock.Command.class, ReadWriteLock.Reply.class,
                        Counter.Command.class, Counter.Reply.class, Cell.Command.class, Cell.Reply.class, SharedMap.Command.class,
                        SharedMap.Reply.class)
                        .map(family -> covered(family, between.stream().filter(family::isInstance).toList())));
    }

    private static DynamicTest covered(Class<?> family, Collection<?> samples) {
        return DynamicTest.dynamicTest(family.getName(), () -> assertThat(types(samples)).isEqualTo(leaves(family)));
    }

    private static Set<Class<?>> types(Collection<?> samples) {
        return samples.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    @Test
    void everyMessageBetweenSessionsAndKeeperHasASample() {
        assertThat(types(MessageSamples.toKeeper(anyone.unsafeUpcast()))).isEqualTo(Set.of(ToKeeper.class.getDeclaredClasses()));
        assertThat(types(MessageSamples.toSession())).isEqualTo(Set.of(ToSession.class.getDeclaredClasses()));
    }

    // Everything comes back.

    @TestFactory
    Stream<DynamicTest> messagesBetweenSessionsAndKeeperComeBack() {
        return keeperMessages().map(message -> DynamicTest.dynamicTest(name(message), () -> {
            assertThat(serialization.findSerializerFor(message)).isInstanceOf(MessageSerializer.class);
            assertThat(there(message)).isEqualTo(message);
        }));
    }

    @TestFactory
    Stream<DynamicTest> everyRequestAndReplyComesBackAlone() {
        return Stream.concat(
                MessageSamples.elements().stream().map(element -> (Object) new ToKeeper.Upward(new Owner(1), new Frame<>(0, 0, 1, List.of(element)))),
                MessageSamples.REPLIES.stream().map(reply -> new ToSession.Downward(
                        new Frame<>(0, 0, 1, List.of(new Frame.Whole<>(new Answered(1, reply), false))))))
                .map(message -> DynamicTest.dynamicTest(message.toString(), () -> assertThat(there(message)).isEqualTo(message)));
    }

    @TestFactory
    Stream<DynamicTest> messagesBetweenPrimitivesAndActorsComeBack() {
        return familyMessages().map(message -> DynamicTest.dynamicTest(name(message), () -> {
            assertThat(serialization.findSerializerFor(message)).isInstanceOf(FamilySerializer.class);
            assertThat(there(message)).isEqualTo(message);
        }));
    }

    @Test
    void nullIsAnItem() throws Exception {
        assertThat(there(new Queue.Item(null, 1, 0))).isEqualTo(new Queue.Item(null, 1, 0));
        assertThat(there(new Connection.Message(null))).isEqualTo(new Connection.Message(null));
    }

    @Test
    void whatIsPutOrSentStaysEncodedOnItsWay() throws Exception {
        var put = (Queue.Put) there(new Queue.Put(ITEM, Optional.empty(), anyone.unsafeUpcast()));
        var again = (Queue.Put) there(put);

        assertThat(put.item()).isEqualTo(CODEC.encode(ITEM)).isEqualTo(again.item());
        assertThat(CODEC.decode((Payload) put.item())).isEqualTo(ITEM);
    }

    @Test
    void whatIsForwardedArrivesWithWhereItGoes() throws Exception {
        for (var message : familyMessages().filter(m -> !(m instanceof Forwarded)).toList()) {
            var forwarded = new Forwarded(new Carried(MessageSamples.END, new Spec.Lock(false), Optional.of("name")), message);
            assertThat(there(forwarded)).isEqualTo(forwarded);
        }
    }

    @Test
    void framesWithSixteenMegabytesComeBack() throws Exception {
        var bytes = new byte[16 * 1024 * 1024];
        new Random(7).nextBytes(bytes);
        var put = new Sent(1, Sent.FOR_EVER, false, new Request.Operate(MessageSamples.ID, new Command.Put(new Payload(1, bytes, List.of()))));
        List<Frame.Element<Sent>> elements = List.of(new Frame.Whole<>(put, false), new Frame.Fragment<>(bytes));
        var message = new ToKeeper.Upward(new Owner(1), new Frame<>(1, 2, 3, elements));

        assertThat(there(message).equals(message)).isTrue();
        var buffer = ByteBuffer.allocate(40 * 1024 * 1024);
        var serializer = (MessageSerializer) serialization.findSerializerFor(message);
        serializer.toBinary(message, buffer);
        buffer.flip();
        assertThat(serializer.fromBinary(buffer, "U").equals(message)).isTrue();
    }

    // What goes wrong is said.

    @Test
    void aValueThatCannotTravelIsRefusedToWhoGivesIt() {
        TestProbe<Queue.Reply> giver = kit.createTestProbe();
        var put = new Queue.Put(new Object(), Optional.empty(), giver.ref());

        assertThatThrownBy(() -> there(put)).hasMessageContaining("cannot travel");
        assertThat(giver.expectMessageClass(Queue.Refused.class).code()).isEqualTo("encoding");
    }

    @Test
    void aValueTooBigForAMessageBetweenNodesIsRefusedToWhoGivesIt() {
        TestProbe<Connection.Reply> giver = kit.createTestProbe();
        var send = new Connection.Send(new byte[300 * 1024], Optional.empty(), giver.ref());
        var to = new Carried(MessageSamples.END, new Spec.Pipe(true, 1), Optional.empty());

        assertThatThrownBy(() -> there(new Forwarded(to, send))).hasMessageContaining("put or send it through a handle");
        assertThat(giver.expectMessageClass(Connection.Refused.class).code()).isEqualTo("too-big");
    }

    @Test
    void cutOffBytesAreNoMessage() throws Exception {
        for (var message : Stream.concat(keeperMessages(), familyMessages()).toList()) {
            var serializer = serializer(message);
            var manifest = serializer.manifest(message);
            var bytes = serializer.toBinary(message);
            for (int length = 0; length < bytes.length; length++) {
                var part = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> serializer.fromBinary(part, manifest)).as("%s of %s", part.length, message)
                        .isInstanceOf(NotSerializableException.class);
            }
            assertThatThrownBy(() -> serializer.fromBinary(Arrays.copyOf(bytes, bytes.length + 1), manifest))
                    .isInstanceOf(NotSerializableException.class);
            assertThatThrownBy(() -> serializer.fromBinary(bytes, "?")).isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void brokenBytesAreNoMessageOrAnother() throws Exception {
        var random = new Random(20_260_101);
        for (var message : Stream.concat(keeperMessages(), familyMessages()).toList()) {
            var serializer = serializer(message);
            var manifest = serializer.manifest(message);
            for (int i = 0; i < 300; i++) {
                readable(serializer, manifest, damaged(serializer.toBinary(message), random));
                var noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                readable(serializer, manifest, noise);
            }
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        for (int left = bytes.length == 0 ? 0 : 1 + random.nextInt(4); left > 0; left--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static void readable(SerializerWithStringManifest serializer, String manifest, byte[] bytes) {
        try {
            serializer.fromBinary(bytes, manifest);
        } catch (NotSerializableException expected) {
            // That is what it may do.
        } catch (Throwable wrong) {
            fail("A message " + manifest + " of the bytes " + Arrays.toString(bytes) + " fails differently", wrong);
        }
    }

    private static Stream<Object> keeperMessages() {
        return Stream.concat(MessageSamples.toKeeper(anyone.unsafeUpcast()).stream(), MessageSamples.toSession().stream());
    }

    private static Stream<Object> familyMessages() {
        return Stream.concat(
                MessageSamples.family(anyone, ITEM).stream(),
                Stream.concat(MessageSamples.given(anyone, MessageSamples.PAYLOAD).stream(), Stream.of(
                        new Forwarded(MessageSamples.PAYLOAD.carried().get(0), new Lock.Release(5, anyone.unsafeUpcast())))));
    }

    private static String name(Object message) {
        var text = message.toString();
        return message.getClass().getSimpleName() + " " + text.substring(0, Math.min(80, text.length()));
    }

    private static SerializerWithStringManifest serializer(Object message) throws Exception {
        return (SerializerWithStringManifest) serialization.findSerializerFor(message);
    }

    private static Object there(Object message) throws Exception {
        var serializer = serializer(message);
        return serializer.fromBinary(serializer.toBinary(message), serializer.manifest(message));
    }
}
