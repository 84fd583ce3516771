package procession.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import procession.DecodingException;
import procession.Row;
import procession.core.Payload;
import procession.wire.Things.Box;
import procession.wire.Things.Color;

/** Bytes may be anyone's: they give a value or a {@link DecodingException}, load no class that is not allowed, and break nothing. */
class HostileBytesTest {

    private static final int MUTANTS = 4_000;

    /** What the codec asked for by name. */
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final PayloadCodec codec = new PayloadCodec(AllowedTypes.of(Things.class.getName()), new ClassLoader(getClass().getClassLoader()) {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
        }
    }, Codecs.MAX, Codecs.LOCKS);

    static Stream<Object> victims() {
        return Stream.of(
                new Things.Tree("root", List.of(new Things.Tree("leaf", List.of(), Map.of())), new HashMap<>(Map.of(Color.RED, 1))),
                List.of("text", "grün", 1, 2L, 'c', 3.0, new int[] {1, 2, 3}, new long[5], new byte[20], new String[][] {{"x"}}),
                List.of(new Box<>(Codecs.lock(1)), new Things.Node(), new Things.Circle(3), EnumSet.of(Color.RED), new Things.Shape[1]),
                List.of(ZonedDateTime.parse("2024-10-27T02:30+01:00[Europe/Berlin]"), Optional.of(new TreeMap<>(Map.of("a", 1))),
                        Collections.nCopies(9, new Box<>(9)), Collections.unmodifiableList(new ArrayList<>(List.of(1))), Map.of(1, 2, 3, 4)));
    }

    @ParameterizedTest
    @MethodSource("victims")
    void mutatedBytesGiveAValueOrADecodingException(Object victim) {
        Payload valid = codec.encode(victim);
        Random random = new Random(7);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] bytes = mutate(valid.bytes(), random);
            byte[] before = bytes.clone();
            try {
                codec.decode(new Payload(valid.codec(), bytes, valid.carried()));
            } catch (DecodingException expected) {
                assertThat(expected.getMessage()).startsWith("item").endsWith(".");
            }
            assertThat(bytes).as("the payload's bytes are not touched").isEqualTo(before);
        }

        assertThat(codec.encode(codec.decode(valid))).isEqualTo(valid);
        assertThat(asked).isNotEmpty().allMatch(name -> name.startsWith(Things.class.getName()) || isComponent(name), "is allowed");
    }

    @ParameterizedTest
    @MethodSource("victims")
    void truncatedBytesAreRefused(Object victim) {
        Payload valid = codec.encode(victim);
        for (int length = 0; length < valid.size(); length++) {
            byte[] bytes = Arrays.copyOf(valid.bytes(), length);

            assertThatThrownBy(() -> codec.decode(new Payload(valid.codec(), bytes, valid.carried()))).isInstanceOf(DecodingException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "java.lang.Runtime", "java.util.ArrayList", "javax.swing.JLabel", "[Ljava.lang.Runtime;", "[[Lcom.acme.Evil;", "com.acme.Evil",
        "procession.wire.Thingsx", "procession.wire.PayloadCodec", "[Lprocession.wire.Things", "[X", "[", "", "I", "[Ljava/lang/String;",
        "procession.wire.Things$Nowhere", "procession.wire.Things$Shape", "procession.wire.Things$Failure", "procession.wire.Things$Inner"
    })
    @Row({"PIPE-30", "G26"})
    void aNameIsNoWayIn(String name) {
        String known = Things.Empty.class.getName();
        byte[] bytes = rename(codec.encode(new Things.Empty()).bytes(), known, name);
        asked.clear();

        assertThatThrownBy(() -> decode(bytes)).isInstanceOf(DecodingException.class);

        assertThat(asked).allMatch(each -> each.startsWith(known.substring(0, known.indexOf('$'))));
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        byte[] bytes = rename(codec.encode(new Things.Empty()).bytes(), Things.Empty.class.getName(), "procession.wire.Things$" + "x".repeat(500));

        assertThatThrownBy(() -> decode(bytes)).hasMessageContaining("a class name of 523 characters is none");
        assertThat(asked).isEmpty();
    }

    @Test
    void announcedLengthsThatTheBytesDoNotHoldCostNothing() {
        int[] huge = {0xff, 0xff, 0xff, 0xff, 0x07};
        for (Object empty : List.of(new byte[0], new long[0], new Object[0], new String[0], new ArrayList<>(), new HashMap<>(), new TreeMap<>())) {
            byte[] start = codec.encode(empty).bytes();
            byte[] bytes = Arrays.copyOf(start, start.length - 1 + huge.length);
            IntStream.range(0, huge.length).forEach(i -> bytes[start.length - 1 + i] = (byte) huge[i]);

            assertThatThrownBy(() -> decode(bytes)).isInstanceOf(DecodingException.class).hasMessageContaining("announce more than they hold").hasNoCause();
        }
    }

    @Test
    void nestedLengthsTogetherAreBoundByThePayload() {
        byte[] array = codec.encode(new Object[1]).bytes();
        byte[] bytes = new byte[8 * 1024 * 1024];
        int at = 0;
        for (int depth = 0; depth < 500; depth++) {
            bytes[at++] = array[0];
            bytes[at++] = array[1];
            for (int shift = 0, rest = 8_000_000; shift < 4; shift++, rest >>>= 7) {
                bytes[at++] = (byte) (rest & 0x7f | (shift < 3 ? 0x80 : 0));
            }
        }

        assertThatThrownBy(() -> decode(bytes)).isInstanceOf(DecodingException.class).hasMessageContaining("announce more than they hold");
    }

    @Test
    void deepNestingIsRefusedBeforeTheStackEnds() {
        byte[] list = codec.encode(new ArrayList<>(List.of(new ArrayList<>()))).bytes();
        byte[] bytes = new byte[3 * 100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = list[i % 3];
        }

        assertThatThrownBy(() -> decode(bytes)).isInstanceOf(DecodingException.class).hasMessageContaining("nested more than 1000 deep").hasNoCause();
    }

    private Object decode(byte[] bytes) {
        return codec.decode(new Payload(PayloadCodec.NUMBER, bytes, List.of()));
    }

    private static boolean isComponent(String name) {
        return name.startsWith("java.") && !name.contains("Runtime");
    }

    private static byte[] mutate(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) (bytes[at] + (random.nextBoolean() ? 1 : -1));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(8), bytes.length - Math.max(at, from));
                    System.arraycopy(valid, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }

    /** ASCII ends with a byte whose high bit is set. */
    private static byte[] rename(byte[] bytes, String from, String to) {
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        String replaced = text.replace(ascii(from), to.isEmpty() ? "\u0081" : ascii(to));
        assertThat(replaced).isNotEqualTo(text);
        return replaced.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static String ascii(String text) {
        return text.substring(0, text.length() - 1) + (char) (text.charAt(text.length() - 1) | 0x80);
    }
}
