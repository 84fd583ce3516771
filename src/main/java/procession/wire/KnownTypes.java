package procession.wire;

import com.esotericsoftware.kryo.Serializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import procession.core.Carried;

/**
 * The classes that travel by number: every one of the JDK's that may travel at all, and what of the API is plain data. The numbers are
 * their places here, the same in every JVM. Only names, so that nothing is loaded before it is met.
 */
final class KnownTypes {

    /** The numbers below are Kryo's own, of the primitives and {@code String}. */
    private static final int FIRST = 10;

    private static final String HANDLE = Carried.class.getName();

    private static final String[] NAMES = {
        HANDLE, "[B", "[Z", "[S", "[C", "[I", "[J", "[F", "[D", "[Ljava.lang.Object;", "[Ljava.lang.String;",
        "java.math.BigInteger", "java.math.BigDecimal", "java.util.UUID", "java.util.OptionalInt", "java.util.OptionalLong",
        "java.util.OptionalDouble", "java.util.BitSet", "java.util.Date", "java.lang.StringBuilder", "java.util.regex.Pattern",
        "java.util.Locale", "java.util.Currency", "java.net.URI", "java.io.File", "sun.nio.fs.UnixPath",
        "java.time.Instant", "java.time.Duration", "java.time.LocalDate", "java.time.LocalTime", "java.time.LocalDateTime",
        "java.time.OffsetTime", "java.time.OffsetDateTime", "java.time.ZonedDateTime", "java.time.Year", "java.time.YearMonth",
        "java.time.MonthDay", "java.time.Period", "java.time.ZoneOffset", "java.time.ZoneRegion",
        "java.time.DayOfWeek", "java.time.Month", "java.time.temporal.ChronoUnit", "java.util.concurrent.TimeUnit",
        "java.math.RoundingMode",
        "java.util.ArrayList", "java.util.LinkedList", "java.util.ArrayDeque", "java.util.Vector", "java.util.Stack",
        "java.util.HashSet", "java.util.LinkedHashSet", "java.util.TreeSet", "java.util.EnumSet", "java.util.PriorityQueue",
        "java.util.concurrent.ConcurrentLinkedQueue", "java.util.concurrent.ConcurrentLinkedDeque",
        "java.util.concurrent.ConcurrentHashMap$KeySetView", "java.util.concurrent.ConcurrentSkipListSet",
        "java.util.concurrent.CopyOnWriteArrayList", "java.util.concurrent.CopyOnWriteArraySet",
        "java.util.Arrays$ArrayList", "java.util.ImmutableCollections$List12", "java.util.ImmutableCollections$ListN",
        "java.util.ImmutableCollections$Set12", "java.util.ImmutableCollections$SetN",
        "java.util.Collections$EmptyList", "java.util.Collections$EmptySet", "java.util.Collections$SingletonList",
        "java.util.Collections$SingletonSet", "java.util.Collections$CopiesList", "java.util.Collections$UnmodifiableCollection",
        "java.util.Collections$UnmodifiableSequencedCollection", "java.util.Collections$UnmodifiableList",
        "java.util.Collections$UnmodifiableRandomAccessList", "java.util.Collections$UnmodifiableSet",
        "java.util.Collections$UnmodifiableSequencedSet", "java.util.Collections$UnmodifiableSortedSet",
        "java.util.Collections$UnmodifiableNavigableSet", "java.util.Collections$UnmodifiableNavigableSet$EmptyNavigableSet",
        "java.util.HashMap", "java.util.LinkedHashMap", "java.util.TreeMap", "java.util.EnumMap",
        "java.util.concurrent.ConcurrentHashMap", "java.util.concurrent.ConcurrentSkipListMap",
        "java.util.ImmutableCollections$Map1", "java.util.ImmutableCollections$MapN", "java.util.Collections$EmptyMap",
        "java.util.Collections$SingletonMap", "java.util.Collections$UnmodifiableMap",
        "java.util.Collections$UnmodifiableSequencedMap", "java.util.Collections$UnmodifiableSortedMap",
        "java.util.Collections$UnmodifiableNavigableMap", "java.util.Collections$UnmodifiableNavigableMap$EmptyNavigableMap",
        "java.util.AbstractMap$SimpleEntry", "java.util.AbstractMap$SimpleImmutableEntry", "java.util.KeyValueHolder",
        "java.util.Optional", "java.util.Comparators$NaturalOrderComparator", "java.util.Collections$ReverseComparator",
        "java.lang.String$CaseInsensitiveComparator",
        "procession.Pipe", "procession.Pace", "procession.Predecessor", "procession.RemoteError", "procession.Outcome$Failed",
        "procession.Outcome$Exited", "procession.Outcome$Killed",
    };

    /** Views of a part or of the reverse of a list, and what an EnumSet is: what comes back instead is equal. */
    private static final Map<String, String> STAND_INS = Map.of(
            "java.util.ArrayList$SubList", "java.util.ArrayList",
            "java.util.AbstractList$SubList", "java.util.ArrayList",
            "java.util.AbstractList$RandomAccessSubList", "java.util.ArrayList",
            "java.util.concurrent.CopyOnWriteArrayList$COWSubList", "java.util.ArrayList",
            "java.util.ReverseOrderListView", "java.util.ArrayList",
            "java.util.ReverseOrderListView$Rand", "java.util.ArrayList",
            "java.util.ImmutableCollections$SubList", "java.util.ImmutableCollections$ListN",
            "java.util.RegularEnumSet", "java.util.EnumSet",
            "java.util.JumboEnumSet", "java.util.EnumSet");

    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        for (int i = 0; i < NAMES.length; i++) {
            NUMBERS.put(NAMES[i], FIRST + i);
        }
    }

    private KnownTypes() {}

    /** The class's number; -1 if it has none. */
    static int number(Class<?> type) {
        return isOurs(type) ? NUMBERS.getOrDefault(type.getName(), -1) : -1;
    }

    /** The class with a number; null if there is none. */
    static Class<?> type(int number) {
        if (number < FIRST || number >= FIRST + NAMES.length) {
            return null;
        }
        try {
            return Class.forName(NAMES[number - FIRST], false, KnownTypes.class.getClassLoader());
        } catch (ClassNotFoundException otherJdk) {
            return null;
        }
    }

    /** The class that is written in place of this one. */
    static Class<?> standIn(Class<?> type) {
        String name = UserTypes.isJdk(type) ? STAND_INS.get(type.getName()) : null;
        return name == null ? type : type(NUMBERS.get(name));
    }

    /** How a class with a number is written. */
    static Serializer<?> serializer(Class<?> type) {
        String name = type.getName();
        Serializer<?> serializer = JdkValues.of(name);
        serializer = serializer != null ? serializer : JdkTimes.of(name);
        serializer = serializer != null ? serializer : JdkCollections.of(name);
        serializer = serializer != null ? serializer : JdkMaps.of(name);
        serializer = serializer != null ? serializer : PrimitiveArrays.of(name);
        return serializer != null ? serializer : byKind(type);
    }

    private static Serializer<?> byKind(Class<?> type) {
        if (type == Carried.class) {
            return new HandleIndex();
        } else if (type.isArray()) {
            return new ObjectArrays();
        }
        return type.isEnum() ? new EnumConstants(type) : new Records(type);
    }

    /** Whether a class of this name has a number. */
    static boolean isKnown(String name) {
        return NUMBERS.containsKey(name);
    }

    /** All of them, for the test that each can be written. */
    static List<String> names() {
        return List.of(NAMES);
    }

    /** A class of the same name from another loader is somebody else's. */
    private static boolean isOurs(Class<?> type) {
        Class<?> element = UserTypes.element(type);
        return UserTypes.isJdk(element) || element.getClassLoader() == KnownTypes.class.getClassLoader();
    }
}
