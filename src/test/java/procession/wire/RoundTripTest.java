package procession.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import procession.wire.Things.Box;
import procession.wire.Things.Color;
import procession.wire.Things.Operator;

/** What is encoded and decoded again equals itself and is of the same class. */
class RoundTripTest {

    private final PayloadCodec codec = Codecs.forThings();

    static Stream<Object> values() {
        return Stream.of(
                "", "x", "plain text", "\0", "grün", "𝄞 and a lone \ud800 surrogate", "x".repeat(100_000), "ü".repeat(100_000),
                0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 7L, Long.MIN_VALUE, (short) -3, (byte) 200, 'c', '\uffff', true, false,
                1.5f, Float.NaN, -0.0f, 1.5, Double.NaN, -0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY,
                BigInteger.ZERO, BigInteger.TWO.pow(500).negate(), BigDecimal.ZERO, new BigDecimal("0.00"), new BigDecimal("-12.3400"),
                new BigDecimal(BigInteger.TEN.pow(40), -300), UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                URI.create("https://example.org/a?b=c#d"), URI.create("mailto:a@b"), Currency.getInstance("EUR"),
                Locale.ROOT, Locale.GERMANY, Locale.of("no", "NO", "NY"), Locale.forLanguageTag("zh-Hant-TW-u-ca-roc"), Locale.of("ja", "JP", "JP"),
                new Date(123), BitSet.valueOf(new long[] {5, 0, 9}), new BitSet(), new File("a/b"), Path.of("/tmp/x"), Path.of(""),
                Optional.empty(), Optional.of(3L), OptionalInt.empty(), OptionalInt.of(0), OptionalLong.of(-9), OptionalDouble.of(Double.NaN));
    }

    static Stream<Object> times() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        LocalDateTime twice = LocalDateTime.of(2024, 10, 27, 2, 30);
        return Stream.of(
                Instant.EPOCH, Instant.MIN, Instant.MAX, Instant.parse("2024-02-29T12:00:00.123456789Z"),
                Duration.ZERO, Duration.ofSeconds(-1, 5), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                LocalDate.MIN, LocalDate.MAX, LocalDate.of(2024, 2, 29), LocalTime.MIN, LocalTime.MAX, LocalDateTime.MIN, LocalDateTime.MAX,
                OffsetTime.MIN, OffsetTime.MAX, OffsetDateTime.MIN, OffsetDateTime.MAX,
                ZonedDateTime.ofLocal(twice, berlin, ZoneOffset.ofHours(2)), ZonedDateTime.ofLocal(twice, berlin, ZoneOffset.ofHours(1)),
                ZonedDateTime.of(twice, ZoneOffset.UTC), ZonedDateTime.of(twice, ZoneId.of("UTC+3")),
                Year.of(-44), YearMonth.of(2024, 12), MonthDay.of(2, 29), Period.of(-1, 2, -3), ZoneOffset.ofHoursMinutesSeconds(1, 2, 3),
                ZoneOffset.UTC, berlin, ZoneId.of("UTC"), DayOfWeek.MONDAY, ChronoUnit.DAYS, TimeUnit.HOURS, RoundingMode.HALF_EVEN);
    }

    static Stream<Object> objects() {
        return Stream.of(
                new Things.Empty(), new Box<>(null), new Box<>(7L), new Box<>(new Box<>(new Box<>('c'))), new Box<>(List.of(1, 2L, 3.0f)),
                new Box<>(Map.of(1L, "a", 2, "b")), new Things.Order("a", 1, 2, 'L', true, 0.5f, Double.NaN, (byte) 1, (short) 2, Instant.MAX),
                new Things.Order(null, 0, 0, '\0', false, 0, 0, (byte) 0, (short) 0, null),
                new Things.Tree("root", List.of(new Things.Tree("leaf", List.of(), Map.of())), new HashMap<>(Map.of(Color.RED, 1))),
                Things.hidden(), new Things.Loud("quiet"), new Things.Circle(2), Color.GREEN, Operator.PLUS, new Box<>(Operator.MINUS),
                new Things.Animal().named(new Things.Animal(), "cat", 4), new Things.Animal(),
                new Things.Dog("rex", new Things.Animal()), new Things.Dog("rex", null), new Things.Triple(1, "b", null),
                new procession.Pace(0.5, 42), new procession.Predecessor("client-1", "killed by signal 9"),
                new procession.Outcome.Exited(3));
    }

    /** Each in a box: JUnit would spread an array of objects over parameters. */
    static Stream<Box<Object>> arrays() {
        Object[] mixed = {1, "a", null, new int[] {1}, new String[][] {{"x"}, null}};
        return Stream.<Object>of(
                new byte[0], new byte[] {1, -1}, new boolean[] {true, false}, new short[] {1, Short.MIN_VALUE}, new char[] {'a', '\uffff'},
                new int[] {1, Integer.MIN_VALUE}, new long[] {1, Long.MIN_VALUE}, new float[] {1, Float.NaN}, new double[] {1, Double.NaN},
                new String[] {"a", null}, new Object[0], mixed, new int[][] {{1}, {}, null}, new String[2][3][1],
                new Object[][] {new String[] {"narrower"}, new Object[] {"as it is"}}, new Integer[] {1, null}, new Number[] {1, 2L, 3.0},
                new Comparable<?>[] {1, "a"}, new List<?>[] {List.of(1), new ArrayList<>()}, new Color[] {Color.RED, null},
                new Operator[] {Operator.PLUS}, new Things.Shape[] {new Things.Circle(1)}, new Box<?>[][] {{new Box<>(1)}}, new UUID[] {new UUID(1, 2)},
                new Instant[1], new Map.Entry<?, ?>[] {Map.entry(1, 2)}).map(Box::new);
    }

    static Stream<Collection<?>> collections() {
        List<Object> some = Arrays.asList(3, "b", null, 3L, new Box<>('x'));
        Vector<Object> vector = new Vector<>(some);
        Stack<Object> stack = new Stack<>();
        stack.addAll(some);
        Set<Object> concurrent = ConcurrentHashMap.newKeySet();
        concurrent.addAll(List.of(1, 2));
        return Stream.of(
                new ArrayList<>(some), new ArrayList<>(), new LinkedList<>(some), vector, stack, some, Arrays.asList(), Arrays.asList("a", "b"),
                new CopyOnWriteArrayList<>(some), new HashSet<>(some), new LinkedHashSet<>(some), new TreeSet<>(List.of(3, 1, 2)), new TreeSet<>(),
                new CopyOnWriteArraySet<>(some), new ConcurrentSkipListSet<>(List.of("b", "a")), concurrent,
                EnumSet.of(Color.RED, Color.BLUE), EnumSet.noneOf(Color.class), EnumSet.allOf(Operator.class),
                List.of(), List.of(1), List.of(1, 2), List.of(1, 2, 3), List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), List.copyOf(List.of("x")),
                Stream.of().toList(), Stream.of(1).toList(), Stream.of(1, 2).toList(), Stream.of(1, null, 3).toList(), Stream.of(1, 2, 3).toList(),
                Set.of(), Set.of(1), Set.of(1, 2), Set.of(1, 2, 3, 4, 5), Collections.emptyList(), Collections.emptySet(),
                Collections.singletonList(null), Collections.singleton("x"), Collections.nCopies(3, "x"), Collections.nCopies(0, "x"),
                Collections.unmodifiableList(new ArrayList<>(some)), Collections.unmodifiableList(new LinkedList<>(some)),
                Collections.unmodifiableSet(new HashSet<>(some)), Collections.unmodifiableSortedSet(new TreeSet<>(List.of(2, 1))),
                Collections.unmodifiableNavigableSet(new TreeSet<>(List.of(2, 1))), Collections.emptyNavigableSet(),
                Collections.unmodifiableSequencedSet(new LinkedHashSet<>(some)));
    }

    static Stream<Object> maps() {
        Map<Object, Object> some = new HashMap<>();
        some.put(1, "one");
        some.put(1L, "long one");
        some.put(null, null);
        some.put(new Box<>(2), List.of(1));
        some.put(Color.RED, new HashMap<>());
        some.put(List.of(1, 2), 'c');
        Map<Integer, String> numbers = Map.of(2, "b", 1, "a");
        return Stream.of(
                some, new HashMap<>(), new LinkedHashMap<>(some), new TreeMap<>(numbers), new ConcurrentHashMap<>(numbers),
                new ConcurrentSkipListMap<>(numbers), new EnumMap<>(Map.of(Color.RED, 1, Color.BLUE, 2)), new EnumMap<>(Color.class),
                Map.of(), Map.of(1, 2), Map.of(1, 2, 3, 4), Map.copyOf(numbers), Collections.emptyMap(), Collections.singletonMap(null, 1),
                Collections.unmodifiableMap(some), Collections.unmodifiableSortedMap(new TreeMap<>(numbers)),
                Collections.unmodifiableNavigableMap(new TreeMap<>(numbers)), Collections.emptyNavigableMap(),
                Collections.unmodifiableSequencedMap(new LinkedHashMap<>(some)), Map.entry(1, "x"),
                new AbstractMap.SimpleEntry<>(null, 2), new AbstractMap.SimpleImmutableEntry<>("k", null));
    }

    @ParameterizedTest
    @MethodSource({"values", "times", "objects", "collections", "maps"})
    void whatIsSentComesBackEqualAndOfTheSameClass(Object value) {
        Object back = codec.decode(codec.encode(value));

        assertThat(back).isEqualTo(value).hasSameClassAs(value);
        assertThat(value).isEqualTo(back);
    }

    @ParameterizedTest
    @MethodSource({"values", "times", "objects", "arrays", "collections", "maps"})
    void itDoesAlsoInsideARecordAListAMapAndAnArray(Object value) {
        List<Object> everywhere = List.of(new Box<>(value), new ArrayList<>(Arrays.asList(value, value)), new HashMap<>(Map.of("k", value)),
                new Object[] {value});

        List<?> back = (List<?>) codec.decode(codec.encode(everywhere));

        assertSame(((Box<?>) back.get(0)).content(), value);
        assertSame(((List<?>) back.get(1)).getLast(), value);
        assertSame(((Map<?, ?>) back.get(2)).get("k"), value);
        assertSame(((Object[]) back.get(3))[0], value);
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void arraysComeBackWithTheirClassAndTheClassesInThem(Box<Object> array) {
        assertSame(codec.decode(codec.encode(array.content())), array.content());
    }

    private static void assertSame(Object actual, Object expected) {
        if (expected instanceof Box<?> box && box.content() != null && box.content().getClass().isArray()) {
            assertSame(((Box<?>) actual).content(), box.content());
        } else if (expected instanceof Object[] all) {
            assertThat(actual).hasSameClassAs(expected);
            for (int i = 0; i < all.length; i++) {
                assertSame(((Object[]) actual)[i], all[i]);
            }
        } else if (expected == null) {
            assertThat(actual).isNull();
        } else {
            assertThat(actual).isEqualTo(expected).hasSameClassAs(expected);
        }
    }

    static final List<Collection<?>> withoutEquals = List.of(
            new ArrayDeque<>(List.of(3, 1, 2)), new PriorityQueue<>(List.of(3, 1, 2)), new ConcurrentLinkedQueue<>(List.of(1, 2)),
            new ConcurrentLinkedDeque<>(List.of(1, 2)), Collections.unmodifiableCollection(new ArrayList<>(List.of(1, 2))),
            Collections.unmodifiableSequencedCollection(new ArrayList<>(List.of(1, 2))));

    @ParameterizedTest
    @FieldSource("withoutEquals")
    void collectionsWithoutEqualsComeBackWithTheSameElementsInTheSameOrder(Collection<?> collection) {
        Object back = codec.decode(codec.encode(collection));

        assertThat(back).hasSameClassAs(collection);
        assertThat(((Collection<?>) back).toArray()).containsExactly(collection.toArray());
    }

    static final List<List<?>> views = List.of(
            new ArrayList<>(List.of(1, 2, 3)).subList(1, 3), new LinkedList<>(List.of(1, 2, 3)).subList(1, 3),
            Arrays.asList(1, 2, 3).subList(0, 2), List.of(1, 2, 3, 4).subList(1, 3), List.of(1, 2, 3, 4).subList(0, 0),
            new CopyOnWriteArrayList<>(List.of(1, 2)).subList(0, 1), new ArrayList<>(List.of(1, 2)).reversed(),
            new LinkedList<>(List.of(1, 2)).subList(0, 2).reversed());

    @ParameterizedTest
    @FieldSource("views")
    void viewsOfAListComeBackEqual(List<?> view) {
        assertThat(codec.decode(codec.encode(view))).isEqualTo(view);
    }

    @Test
    void nullComesBack() {
        assertThat(codec.decode(codec.encode(null))).isNull();
    }

    @Test
    void comparatorsTravelWithWhatTheySort() {
        TreeMap<String, Integer> map = new TreeMap<>(Things.ByLength.SHORTEST_FIRST);
        map.put("long", 1);
        map.put("s", 2);
        List<Object> sorted = List.of(map, new TreeSet<>(Comparator.reverseOrder()), new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
                new PriorityQueue<Integer>(Comparator.naturalOrder()), Collections.unmodifiableSortedMap(map));

        List<?> back = (List<?>) codec.decode(codec.encode(sorted));

        assertThat(((TreeMap<?, ?>) back.get(0)).comparator()).isSameAs(Things.ByLength.SHORTEST_FIRST);
        assertThat(((TreeMap<?, ?>) back.get(0)).firstKey()).isEqualTo("s");
        assertThat(((TreeSet<?>) back.get(1)).comparator()).isSameAs(Comparator.reverseOrder());
        assertThat(((TreeMap<?, ?>) back.get(2)).comparator()).isSameAs(String.CASE_INSENSITIVE_ORDER);
        assertThat(((PriorityQueue<?>) back.get(3)).comparator()).isSameAs(Comparator.naturalOrder());
        assertThat(back.get(4)).isEqualTo(map);
    }

    @Test
    void stringBuildersAndPatternsComeBackWithTheirText() {
        List<?> back = (List<?>) codec.decode(codec.encode(List.of(new StringBuilder("abc"), Pattern.compile("a+", Pattern.MULTILINE))));

        assertThat(back.get(0)).isInstanceOf(StringBuilder.class).hasToString("abc");
        assertThat(((Pattern) back.get(1)).flags()).isEqualTo(Pattern.MULTILINE);
        assertThat(back.get(1)).hasToString("a+");
    }

    @Test
    void transientFieldsAreSetByTheConstructorAndFinalOnesRestored() {
        Things.Animal cat = new Things.Animal();
        cat.named(cat, "cat", 4);
        Things.Dog dog = new Things.Dog("second name", "owner");
        dog.named(dog, "first name", 3);

        assertThat(((Things.Animal) codec.decode(codec.encode(cat))).cached).isEqualTo("made by the constructor");
        assertThat(codec.decode(codec.encode(dog))).isEqualTo(dog);
        assertThat(((Things.Dog) codec.decode(codec.encode(dog))).cached).isNull();
    }

    @Test
    void localRecordsTravel() {
        record Local(int n) {}
        PayloadCodec local = Codecs.allowing(getClass().getName());

        assertThat(local.decode(local.encode(new Local(3)))).isEqualTo(new Local(3));
    }

    @Test
    void oneObjectThatOccursTwiceIsOneObjectAgain() {
        List<Object> shared = new ArrayList<>(List.of(1));
        Box<String> record = new Box<>("r");

        List<?> back = (List<?>) codec.decode(codec.encode(List.of(shared, shared, record, new Box<>(record), new ArrayList<>(shared))));

        assertThat(back.get(1)).isSameAs(back.get(0));
        assertThat(((Box<?>) back.get(3)).content()).isSameAs(back.get(2));
        assertThat(back.get(4)).isNotSameAs(back.get(0)).isEqualTo(back.get(0));
    }

    @Test
    void cyclesComeBackAsCycles() {
        Things.Node node = new Things.Node();
        node.next = node;
        node.value = new Object[] {node, new HashMap<>(Map.of("self", node)), new Box<>(node)};

        Things.Node back = (Things.Node) codec.decode(codec.encode(node));

        Object[] values = (Object[]) back.value;
        assertThat(back.next).isSameAs(back);
        assertThat(values[0]).isSameAs(back);
        assertThat(((Map<?, ?>) values[1]).get("self")).isSameAs(back);
        assertThat(((Box<?>) values[2]).content()).isSameAs(back);
    }

    @Test
    void aRecordMayBePartOfACycleThatBeginsElsewhere() {
        List<Object> list = new ArrayList<>();
        list.add(new Box<>(list));

        List<?> back = (List<?>) codec.decode(codec.encode(list));

        assertThat(((Box<?>) back.getFirst()).content()).isSameAs(back);
    }

    @Test
    void aChainOfSeveralHundredTravels() {
        Things.Node chain = null;
        for (int i = 0; i < 900; i++) {
            Things.Node node = new Things.Node();
            node.next = chain;
            chain = node;
        }

        int length = 0;
        for (Things.Node at = (Things.Node) codec.decode(codec.encode(chain)); at != null; at = at.next) {
            length++;
        }

        assertThat(length).isEqualTo(900);
    }

    @Test
    void encodingTakesASnapshot() {
        List<Integer> list = new ArrayList<>(List.of(1));
        procession.core.Payload payload = codec.encode(list);
        list.add(2);

        assertThat(codec.decode(payload)).isEqualTo(List.of(1));
        assertThat(codec.decode(payload)).isEqualTo(List.of(1));
    }
}
