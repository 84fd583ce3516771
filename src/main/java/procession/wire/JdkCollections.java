package procession.wire;

import com.esotericsoftware.kryo.Serializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.SequencedCollection;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/** How the JDK's collections are written. What wraps or freezes another one travels as a plain copy, to be wrapped again. */
final class JdkCollections {

    /** The key type of an empty {@link EnumSet} of an enum without constants and of an empty EnumMap, as those do not tell theirs. */
    enum NoConstants {}

    private JdkCollections() {}

    /** For a class by its name; null for any other. */
    static Serializer<?> of(String name) {
        return switch (name) {
            case "java.util.ArrayList" -> Elements.plain(ArrayList::new);
            case "java.util.LinkedList" -> Elements.plain(size -> new LinkedList<>());
            case "java.util.ArrayDeque" -> Elements.plain(ArrayDeque::new);
            case "java.util.Vector" -> Elements.plain(Vector::new);
            case "java.util.Stack" -> Elements.plain(size -> new Stack<>());
            case "java.util.HashSet" -> Elements.plain(HashSet::newHashSet);
            case "java.util.LinkedHashSet" -> Elements.plain(LinkedHashSet::newLinkedHashSet);
            case "java.util.concurrent.ConcurrentLinkedQueue" -> Elements.plain(size -> new ConcurrentLinkedQueue<>());
            case "java.util.concurrent.ConcurrentLinkedDeque" -> Elements.plain(size -> new ConcurrentLinkedDeque<>());
            case "java.util.concurrent.ConcurrentHashMap$KeySetView" -> Elements.plain(size -> ConcurrentHashMap.newKeySet());
            case "java.util.TreeSet" -> Elements.<TreeSet<Object>>ordered(TreeSet::comparator, TreeSet::new);
            case "java.util.concurrent.ConcurrentSkipListSet" ->
                Elements.<ConcurrentSkipListSet<Object>>ordered(ConcurrentSkipListSet::comparator, ConcurrentSkipListSet::new);
            case "java.util.PriorityQueue" -> Elements.<PriorityQueue<Object>>ordered(PriorityQueue::comparator, PriorityQueue::new);
            case "java.util.concurrent.CopyOnWriteArrayList" -> Parts.<Collection<?>, Object[]>as(Collection::toArray, CopyOnWriteArrayList::new);
            case "java.util.concurrent.CopyOnWriteArraySet" ->
                Parts.<Collection<?>, Object[]>as(Collection::toArray, all -> new CopyOnWriteArraySet<>(Arrays.asList(all)));
            case "java.util.EnumSet" -> Parts.of(List.of("", ""), JdkCollections::split, JdkCollections::enumSet);
            default -> name.startsWith("java.util.Collections$") ? wrapper(name) : fixed(name);
        };
    }

    private static Serializer<?> fixed(String name) {
        return switch (name) {
            case "java.util.Arrays$ArrayList" -> Parts.<List<?>, Object[]>as(List::toArray, Arrays::asList);
            case "java.util.ImmutableCollections$List12" -> Parts.<List<?>, Object[]>as(List::toArray, List::of);
            case "java.util.ImmutableCollections$ListN" -> Parts.<List<?>, Object[]>as(List::toArray, JdkCollections::immutableList);
            case "java.util.ImmutableCollections$Set12", "java.util.ImmutableCollections$SetN" ->
                Parts.<Set<?>, Object[]>as(Set::toArray, Set::of);
            default -> null;
        };
    }

    private static Serializer<?> wrapper(String name) {
        return switch (name.substring("java.util.Collections$".length())) {
            case "EmptyList" -> Parts.constant(Collections.emptyList());
            case "EmptySet" -> Parts.constant(Collections.emptySet());
            case "SingletonList" -> Parts.<List<?>, Object>as(List::getFirst, Collections::singletonList);
            case "SingletonSet" -> Parts.<Set<?>, Object>as(set -> set.iterator().next(), Collections::singleton);
            case "CopiesList" -> Parts.<List<?>>of(List.of("", "[0]"),
                    copies -> new Object[] {copies.size(), copies.isEmpty() ? null : copies.getFirst()},
                    parts -> Collections.nCopies((Integer) parts[0], parts[1]));
            case "UnmodifiableCollection" -> Parts.<Collection<?>, Collection<?>>as(ArrayList::new, Collections::unmodifiableCollection);
            case "UnmodifiableSequencedCollection" ->
                Parts.<Collection<?>, SequencedCollection<?>>as(ArrayList::new, Collections::unmodifiableSequencedCollection);
            case "UnmodifiableList" -> Parts.<List<?>, List<?>>as(LinkedList::new, Collections::unmodifiableList);
            case "UnmodifiableRandomAccessList" -> Parts.<List<?>, List<?>>as(ArrayList::new, Collections::unmodifiableList);
            case "UnmodifiableSet" -> Parts.<Set<?>, Set<?>>as(LinkedHashSet::new, Collections::unmodifiableSet);
            case "UnmodifiableSequencedSet" ->
                Parts.<Set<?>, SequencedSet<?>>as(LinkedHashSet::new, Collections::unmodifiableSequencedSet);
            case "UnmodifiableSortedSet" ->
                Parts.<SortedSet<Object>, SortedSet<Object>>as(TreeSet::new, Collections::unmodifiableSortedSet);
            case "UnmodifiableNavigableSet" ->
                Parts.<SortedSet<Object>, NavigableSet<Object>>as(TreeSet::new, Collections::unmodifiableNavigableSet);
            case "UnmodifiableNavigableSet$EmptyNavigableSet" -> Parts.constant(Collections.emptyNavigableSet());
            case "ReverseComparator" -> Parts.constant(Collections.reverseOrder());
            default -> null;
        };
    }

    /** {@code List.of} refuses null and knows smaller classes for one and two; what is left came from {@code Stream.toList()}. */
    private static List<?> immutableList(Object[] all) {
        boolean streamed = all.length == 1 || all.length == 2 || Arrays.asList(all).contains(null);
        return streamed ? Arrays.stream(all).toList() : List.of(all);
    }

    /** Any constant, which tells the type, and then those in the set. */
    private static Object[] split(EnumSet<?> set) {
        Collection<?> any = set.isEmpty() ? EnumSet.complementOf(set) : set;
        return new Object[] {any.isEmpty() ? null : any.iterator().next(), set.toArray()};
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static EnumSet<?> enumSet(Object[] parts) {
        Class type = parts[0] == null ? NoConstants.class : ((Enum<?>) parts[0]).getDeclaringClass();
        EnumSet set = EnumSet.noneOf(type);
        set.addAll(Arrays.asList((Object[]) parts[1]));
        return set;
    }
}
