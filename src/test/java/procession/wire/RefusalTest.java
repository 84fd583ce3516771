package procession.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import procession.DecodingException;
import procession.EncodingException;
import procession.Row;
import procession.core.Payload;
import procession.wire.Things.Box;

/** What does not travel is refused in the sender, in one sentence: where, what, why, what to do. */
class RefusalTest {

    private final PayloadCodec codec = Codecs.forThings();

    static Stream<Arguments> refused() {
        Things.Job job = new Things.Job();
        job.owner = new Thread(() -> {});
        List<Object> inItself = new ArrayList<>();
        Box<Object> inItsList = new Box<>(inItself);
        inItself.add(inItsList);
        Object[] loop = new Object[1];
        loop[0] = List.of(1, loop);
        Runnable lambda = () -> {};
        return Stream.of(
                arguments(job, "item.owner (java.lang.Thread) cannot travel: it is none of the JDK's classes that travel; send what the receiver needs of it."),
                arguments(new AllowedTypesTest(), "item (procession.wire.AllowedTypesTest) cannot travel: its class is in no allowed package; "
                        + "add procession.wire.* to procession.allow."),
                arguments(new Box<>(List.of(1, new Box<>(Map.of("k", new AllowedTypesTest())))), "item.content[1].content[k] (procession.wire.AllowedTypesTest) cannot travel: "),
                arguments(new AllowedTypesTest[0], "item (procession.wire.AllowedTypesTest) cannot travel: its class is in no allowed package"),
                arguments(new Thread[0], "item (java.lang.Thread) cannot travel: "),
                arguments(new Object[] {1, new Object()}, "item[1] (java.lang.Object) cannot travel: it is none of the JDK's classes"),
                arguments(Optional.of(String.class), "item (java.lang.Class) cannot travel: "),
                arguments(new Scanner(""), "item (java.util.Scanner) cannot travel: "),
                arguments(new AtomicInteger(), "a copy would not be shared with this process; use a lock, semaphore, event or queue of the run."),
                arguments(Map.of(1, 2).keySet(), "this collection of the JDK has no encoding; copy it into an ArrayList, HashSet or HashMap."),
                arguments(Collections.synchronizedList(new ArrayList<>()), "copy it into an ArrayList, HashSet or HashMap."),
                arguments(lambda, "a lambda or proxy has no class that another process could find; use a record or an enum constant."),
                arguments(new TreeMap<>(Comparator.comparing(String::length)), "item.comparator (java.util.Comparator$$Lambda"),
                arguments(Proxy.newProxyInstance(RefusalTest.class.getClassLoader(), new Class<?>[] {Things.Shape.class}, (p, m, a) -> null), "a lambda or proxy"),
                arguments(new Things.Shape() {}, "(procession.wire.RefusalTest$1) cannot travel: an anonymous class may hold what is around it; "
                        + "make it a record or a static class with a name."),
                arguments(Things.inner(), "item (procession.wire.Things$Inner) cannot travel: it holds what is around it (procession.wire.Things); declare it static."),
                arguments(new Things.Basket(), "item (procession.wire.Things$Basket) cannot travel: it extends java.util.ArrayList, whose fields are out of reach; "
                        + "hold one in a field instead."),
                arguments(new Things.Failure(), "an exception drags along its stack and causes; send a record with what the receiver needs of it."),
                arguments(new IllegalStateException(), "an exception drags along"),
                arguments(proxied(procession.Process.class), "only its creator may start, join or signal a process; send its name instead."),
                arguments(proxied(procession.Procession.class), "every process has the run as Procession.current(); send the locks and queues it needs."),
                arguments(proxied(procession.Pool.class), "a pool, and what becomes of its tasks, stay in the process that made it; send values, or"
                        + " make a pool there."),
                arguments(proxied(procession.Grant.class), "a grant belongs to the process that acquired it; send the lock or semaphore instead."),
                arguments(proxied(procession.Lock.class), "cannot travel: it is no handle of this run."),
                arguments(akka.actor.Address.apply("akka", "x"),
                        "references to actors do not travel in payloads; send a handle of the run instead."),
                arguments(inItsList, "item.content[0] (procession.wire.Things$Box) cannot travel: it is part of itself, "),
                arguments(loop[0], "item[1][0] (java.util.ImmutableCollections$List12) cannot travel: it is part of itself, and such an object can only be made after its parts."));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatDoesNotTravelIsRefusedInOneSentence(Object value, String words) {
        assertThatThrownBy(() -> codec.encode(value)).isInstanceOf(EncodingException.class).message()
                .contains(words).startsWith("item").endsWith(".").doesNotContain("\n");
    }

    @Test
    void aRefusalDoesNotSpoilTheNextValue() {
        assertThatThrownBy(() -> codec.encode(List.of(1, new Object()))).isInstanceOf(EncodingException.class);

        assertThat(codec.decode(codec.encode(List.of(1, 2)))).isEqualTo(List.of(1, 2));
    }

    @Test
    void moreThanTheLimitIsRefusedWithItsSizeAndKey() {
        PayloadCodec small = new PayloadCodec(AllowedTypes.of(), getClass().getClassLoader(), 1000, Codecs.LOCKS);
        String words = "cannot travel: it takes more than 1000 bytes; send it in pieces, or raise procession.payload.max.";

        for (Object big : List.of(new byte[1001], "x".repeat(1001), "ü".repeat(600), new long[1_000_000], Collections.nCopies(600, 1L).toArray())) {
            assertThatThrownBy(() -> small.encode(big)).isInstanceOf(EncodingException.class).hasMessageEndingWith(words);
        }
        assertThat(small.decode(small.encode(new byte[900]))).isEqualTo(new byte[900]);
    }

    @Test
    void aChainThatIsTooLongIsRefusedInTheSender() {
        Things.Node chain = null;
        for (int i = 0; i < 100_000; i++) {
            Things.Node node = new Things.Node();
            node.next = chain;
            chain = node;
        }
        Things.Node head = chain;

        assertThatThrownBy(() -> codec.encode(head)).isInstanceOf(EncodingException.class)
                .message().contains("item.next.next").contains("nested more than 1000 deep").hasSizeLessThan(300);
    }

    @Test
    void aListThatIsChangedMeanwhileIsRefused() {
        List<Object> list = new ArrayList<>(List.of(1, 2, 3));
        List<Object> view = list.subList(0, 2);
        list.add(4);

        assertThatThrownBy(() -> codec.encode(view)).isInstanceOf(EncodingException.class).hasMessageContaining("was it changed meanwhile?");
    }

    @Test
    void theReceiverSaysWhichClassItDoesNotHave() {
        Payload payload = codec.encode(new Box<>(List.of(new Things.Circle(1))));
        ClassLoader without = new ClassLoader(null) {};
        PayloadCodec elsewhere = new PayloadCodec(AllowedTypes.of(Things.class.getName()), without, 1000, Codecs.LOCKS);

        assertThatThrownBy(() -> elsewhere.decode(payload)).isInstanceOf(DecodingException.class)
                .hasMessage("item (procession.wire.Things$Box) cannot be rebuilt here: its class is not on the class path of this process.");
    }

    @Test
    @Row({"PIPE-30", "G26"})
    void theReceiverDoesNotTakeWhatItDoesNotAllow() {
        Payload payload = codec.encode(new Box<>(List.of(new Things.Circle(1))));
        PayloadCodec strict = Codecs.allowing("procession.wire.Things$Box");

        assertThatThrownBy(() -> strict.decode(payload)).isInstanceOf(DecodingException.class)
                .hasMessage("item.content[0] (procession.wire.Things$Circle) cannot be rebuilt here: its class is in no allowed package; "
                        + "add procession.wire.* to procession.allow.");
    }

    @Test
    void aConstructorThatRefusesIsToldWithItsReason() {
        byte[] bytes = codec.encode(new Things.Positive(1)).bytes().clone();
        bytes[bytes.length - 1] = 0;

        assertThatThrownBy(() -> codec.decode(new Payload(PayloadCodec.NUMBER, bytes, List.of()))).isInstanceOf(DecodingException.class)
                .hasMessage("item (procession.wire.Things$Positive) cannot be rebuilt here: "
                        + "its constructor threw java.lang.IllegalArgumentException: 0 is not positive.")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherCodecsPayloadIsNotRead() {
        assertThatThrownBy(() -> codec.decode(Payload.NONE)).isInstanceOf(DecodingException.class)
                .hasMessage("item cannot be rebuilt here: codec 0 wrote it.");
    }

    @Test
    void everyKnownTypeHasAnEncodingAndAFixedNumber() {
        assertThat(KnownTypes.names()).doesNotHaveDuplicates().allSatisfy(name -> {
            Class<?> type = Class.forName(name);
            assertThat(KnownTypes.type(KnownTypes.number(type))).isSameAs(type);
            assertThat(KnownTypes.serializer(type)).isNotNull();
        });
        assertThat(codec.encode(new HashMap<>(Map.of("a", Arrays.asList(1L, null)))).bytes())
                .asHexString().isEqualTo("5C0101030182614901150102090200");
    }

    private static Object proxied(Class<?> type) {
        return Proxy.newProxyInstance(RefusalTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) ->
                switch (method.getName()) {
                    case "toString" -> type.getSimpleName();
                    case "hashCode" -> 1;
                    case "equals" -> proxy == args[0];
                    default -> null;
                });
    }

}
