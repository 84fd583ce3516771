package procession.wire;

import com.esotericsoftware.kryo.Serializer;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How the JDK's maps are written, their entries, and the few other things that hold values. */
final class JdkMaps {

    private JdkMaps() {}

    /** For a class by its name; null for any other. */
    static Serializer<?> of(String name) {
        return switch (name) {
            case "java.util.HashMap" -> Entries.plain(HashMap::newHashMap);
            case "java.util.LinkedHashMap" -> Entries.plain(LinkedHashMap::newLinkedHashMap);
            case "java.util.concurrent.ConcurrentHashMap" -> Entries.plain(ConcurrentHashMap::new);
            case "java.util.TreeMap" -> Entries.sorted(TreeMap::new);
            case "java.util.concurrent.ConcurrentSkipListMap" -> Entries.sorted(ConcurrentSkipListMap::new);
            case "java.util.EnumMap" -> Parts.<Map<?, ?>, Map<?, ?>>as(LinkedHashMap::new, JdkMaps::enumMap);
            case "java.util.ImmutableCollections$Map1", "java.util.ImmutableCollections$MapN" ->
                Parts.<Map<?, ?>, Map<?, ?>>as(HashMap::new, Map::copyOf);
            case "java.util.Collections$EmptyMap" -> Parts.constant(Collections.emptyMap());
            case "java.util.Collections$SingletonMap" -> JdkMaps.<Map<?, ?>>pair(map -> map.entrySet().iterator().next(), Collections::singletonMap);
            case "java.util.Collections$UnmodifiableMap" ->
                Parts.<Map<?, ?>, Map<?, ?>>as(LinkedHashMap::new, Collections::unmodifiableMap);
            case "java.util.Collections$UnmodifiableSequencedMap" ->
                Parts.<Map<?, ?>, SequencedMap<?, ?>>as(LinkedHashMap::new, Collections::unmodifiableSequencedMap);
            case "java.util.Collections$UnmodifiableSortedMap" ->
                Parts.<SortedMap<Object, Object>, SortedMap<Object, Object>>as(TreeMap::new, Collections::unmodifiableSortedMap);
            case "java.util.Collections$UnmodifiableNavigableMap" ->
                Parts.<SortedMap<Object, Object>, NavigableMap<Object, Object>>as(TreeMap::new, Collections::unmodifiableNavigableMap);
            case "java.util.Collections$UnmodifiableNavigableMap$EmptyNavigableMap" -> Parts.constant(Collections.emptyNavigableMap());
            default -> other(name);
        };
    }

    private static Serializer<?> other(String name) {
        return switch (name) {
            case "java.util.AbstractMap$SimpleEntry" -> JdkMaps.<Map.Entry<?, ?>>pair(entry -> entry, AbstractMap.SimpleEntry::new);
            case "java.util.AbstractMap$SimpleImmutableEntry" -> JdkMaps.<Map.Entry<?, ?>>pair(entry -> entry, AbstractMap.SimpleImmutableEntry::new);
            case "java.util.KeyValueHolder" -> JdkMaps.<Map.Entry<?, ?>>pair(entry -> entry, Map::entry);
            case "java.util.Optional" -> Parts.<Optional<?>, Object>as(optional -> optional.orElse(null), Optional::ofNullable);
            case "java.util.Comparators$NaturalOrderComparator" -> Parts.constant(Comparator.naturalOrder());
            case "java.lang.String$CaseInsensitiveComparator" -> Parts.constant(String.CASE_INSENSITIVE_ORDER);
            default -> null;
        };
    }

    private static <T> Parts<T> pair(Function<T, Map.Entry<?, ?>> entry, BiFunction<Object, Object, T> make) {
        return Parts.of(List.of(".key", ".value"), whole -> {
            Map.Entry<?, ?> pair = entry.apply(whole);
            return new Object[] {pair.getKey(), pair.getValue()};
        }, parts -> make.apply(parts[0], parts[1]));
    }

    /** An empty one does not tell its key type: it equals what was sent, and takes no keys. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<?, ?> enumMap(Map<?, ?> entries) {
        return entries.isEmpty() ? new EnumMap(JdkCollections.NoConstants.class) : new EnumMap(entries);
    }
}
