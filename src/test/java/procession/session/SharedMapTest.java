package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import procession.EncodingException;
import procession.Lock;
import procession.Procession;
import procession.Row;
import procession.SharedMap;
import procession.Versioned;

/** A map in one process. */
class SharedMapTest extends OneProcess {

    record Place(String street, int number) {}

    record Way(List<Place> places, String name) {}

    @Test
    void itHasWhatWasPutLast() throws Exception {
        SharedMap<String, Integer> map = run.map();

        assertThat(map.put("a", 1)).isEmpty();
        assertThat(map.put("a", 2)).contains(1);
        assertThat(map.putIfAbsent("a", 3)).contains(2);
        assertThat(map.putIfAbsent("b", 3)).isEmpty();
        assertThat(map.get("a")).contains(2);
        assertThat(map.read("b")).contains(new Versioned<>(3, 3));
        assertThat(map.containsKey("c")).isFalse();
        assertThat(map.size()).isEqualTo(2);
        assertThat(map.remove("a")).contains(2);
        assertThat(map.remove("a")).isEmpty();
        assertThat(map.version()).isEqualTo(4);
        map.clear();
        assertThat(map.isEmpty()).isTrue();
        assertThat(map.get("b")).isEmpty();
    }

    @Test
    void aKeyIsChangedOnlyIfItIsAsSeen() throws Exception {
        SharedMap<String, Integer> map = run.map();
        map.put("a", 1);
        var seen = map.read("a").orElseThrow();
        map.put("b", 1);
        assertThat(map.compareAndSet("a", seen, 2)).isTrue();
        assertThat(map.compareAndSet("a", seen, 3)).isFalse();
        assertThat(map.remove("a", seen)).isFalse();

        map.remove("a");
        map.put("a", 1);

        assertThat(map.compareAndSet("a", seen, 4)).as("it was gone in between").isFalse();
        assertThat(map.compareAndSet("a", 9, 4)).isFalse();
        assertThat(map.compareAndSet("a", 1, 4)).isTrue();
        assertThat(map.compareAndSet("none", 1, 4)).isFalse();
        assertThat(map.remove("a", map.read("a").orElseThrow())).isTrue();
    }

    @Test
    void anUpdateOfAKeyIsRepeatedWhenSomebodyCameBetween() throws Exception {
        SharedMap<String, Integer> map = run.map();
        var tries = new ArrayList<Optional<Integer>>();

        int now = map.update("a", old -> {
            tries.add(old);
            if (tries.size() == 1) {
                map.putAsync("a", 10).join();
            }
            return old.orElse(0) + 1;
        });

        assertThat(now).isEqualTo(11);
        assertThat(tries).containsExactly(Optional.empty(), Optional.of(10));
        assertThat(map.merge("a", 1, Integer::sum)).isEqualTo(12);
        assertThat(map.merge("b", 1, Integer::sum)).isEqualTo(1);
        assertThat(map.computeIfAbsent("c", String::length)).isEqualTo(1);
        assertThat(map.computeIfAbsent("a", String::length)).isEqualTo(12);
        assertThat(map.updateAsync("a", old -> old.orElseThrow() + 1).get(10, TimeUnit.SECONDS)).isEqualTo(13);
        refused(map, () -> map.update("a", old -> null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aSnapshotIsInTheOrderInWhichTheKeysCameAndCannotBeChanged() throws Exception {
        SharedMap<String, Integer> map = run.map();
        for (var key : List.of("c", "a", "b")) {
            map.put(key, 1);
        }
        map.put("a", 2);
        map.remove("c");
        map.put("c", 3);

        var snapshot = map.snapshot();

        assertThat(snapshot).containsExactly(Map.entry("a", 2), Map.entry("b", 1), Map.entry("c", 3));
        assertThatThrownBy(() -> snapshot.put("d", 4)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aSnapshotMayBeBiggerThanAnyMessage() throws Exception {
        SharedMap<Integer, String> map = run.map();
        var expected = new LinkedHashMap<Integer, String>();
        for (int i = 0; i < 40; i++) {
            expected.put(i, "x".repeat(i == 20 ? 400_000 : 20_000 + i));
            map.put(i, expected.get(i));
        }

        assertThat(map.snapshot()).containsExactlyEntriesOf(expected);
    }

    @Test
    @Row("MGR-06")
    void handlesInValuesLiveAsLongAsTheMapHoldsThem() throws Exception {
        SharedMap<String, Lock> map = run.map();
        map.put("a", run.lock());
        map.put("b", run.lock());
        try (var grant = map.get("a").orElseThrow().acquire()) {
            assertThat(map.snapshot().get("a").tryAcquire()).isEmpty();
            assertThat(map.snapshot().get("b").tryAcquire()).isPresent();
        }
        assertThat(map.remove("a").orElseThrow().tryAcquire()).isPresent();
    }

    @Test
    void whoWaitsForAKeyOrForAnyChangeIsWoken() throws Exception {
        SharedMap<String, Integer> map = run.map();
        assertThat(map.await("a", value -> true, SHORT)).isEmpty();
        assertThat(map.awaitChange(0, Duration.ZERO)).isEmpty();
        var waits = map.awaitChangeAsync(1);

        map.put("b", 1);
        map.put("a", 2);

        assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(map.await("a")).isEqualTo(2);
        assertThat(map.await("a", value -> value == 2, LONG)).contains(2);
        assertThat(map.awaitChange(0)).isEqualTo(2);
    }

    // Keys.

    static Stream<Object> possibleKeys() {
        return Stream.of("", 1, 1L, 'c', true, 2.5, LocalDate.EPOCH, TimeUnit.DAYS, List.of(1, List.of("a")), new Place("a", 1),
                new Way(List.of(new Place("a", 1)), "b"), new java.util.UUID(1, 2), new java.math.BigDecimal("1.50"));
    }

    @ParameterizedTest
    @MethodSource("possibleKeys")
    void anEqualKeyFindsWhatWasPut(Object key) throws Exception {
        SharedMap<Object, Object> map = run.map();
        map.put(key, "there");

        assertThat(map.snapshot()).containsExactly(Map.entry(key, "there"));
        assertThat(map.get(key)).contains("there");
    }

    @Test
    void whereEqualPartsAreOneObjectMakesNoDifference() throws Exception {
        SharedMap<Object, Integer> map = run.map();
        var one = new String("a");
        map.put(new Way(List.of(new Place(one, 1), new Place(one, 1)), one), 1);

        assertThat(map.get(new Way(new ArrayList<>(List.of(new Place(new String("a"), 1), new Place("a", 1))), "a"))).contains(1);
        assertThat(map.get(List.of("b"))).isEmpty();
        map.put(new ArrayList<>(List.of("b", "b")), 2);
        assertThat(map.get(List.of(new String("b"), "b"))).contains(2);
    }

    @Test
    void numbersOfOtherClassesAreOtherKeys() throws Exception {
        SharedMap<Object, Integer> map = run.map();
        map.put(1, 1);

        assertThat(map.get(1L)).isEmpty();
    }

    static Stream<Object> impossibleKeys() {
        return Stream.of(Set.of(1), Map.of(), new int[0], List.of(Set.of()), Optional.of(1), new Object(), Procession.current().lock());
    }

    @ParameterizedTest
    @MethodSource("impossibleKeys")
    void aKeyWithoutOneEncodingIsRefused(Object key) throws Exception {
        SharedMap<Object, Integer> map = run.map();

        refused(map, () -> map.put(key, 1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is no possible key: it ")
                .hasMessageEndingWith("records and lists of those.");
    }

    @Test
    void neitherKeysNorValuesAreNullAndKeysAreShort() throws Exception {
        SharedMap<String, Integer> map = run.map();

        refused(map, () -> map.get(null)).isInstanceOf(IllegalArgumentException.class).hasMessage("A key is not null.");
        refused(map, () -> map.put("a", null)).isInstanceOf(NullPointerException.class);
        refused(map, () -> map.put("x".repeat(17_000), 1)).isInstanceOf(EncodingException.class)
                .hasMessageContaining("as a key it must be shorter");
    }

    @Test
    void anActorReadsAndWritesInTheOrderOfItsCommands() throws Exception {
        SharedMap<String, Integer> map = run.map();
        try (var a = new Asker<SharedMap.Reply>(run)) {
            map.ref().tell(new SharedMap.Get("a", a.ref()));
            map.ref().tell(new SharedMap.CompareAndSet("a", 0, 1, a.ref()));
            map.ref().tell(new SharedMap.CompareAndSet("a", 0, 2, a.ref()));
            map.ref().tell(new SharedMap.Put("a", 3, a.ref()));
            map.ref().tell(new SharedMap.Size(a.ref()));
            map.ref().tell(new SharedMap.Remove("a", a.ref()));
            map.ref().tell(new SharedMap.AwaitChange("a", 0, Optional.of(Duration.ZERO), a.ref()));
            map.ref().tell(new SharedMap.Put(Set.of(), 3, a.ref()));
            map.ref().tell(new SharedMap.Put("a", null, a.ref()));
            map.ref().tell(new SharedMap.AwaitChange("a", 0, Optional.empty(), a.ref()));

            assertThat(a.next()).isEqualTo(new SharedMap.Value(Optional.empty(), 0));
            assertThat(a.next()).isEqualTo(new SharedMap.Stored(1));
            assertThat(a.next()).isEqualTo(new SharedMap.Value(Optional.of(1), 1));
            assertThat(a.next()).isEqualTo(new SharedMap.Stored(2));
            assertThat(a.next()).isEqualTo(new SharedMap.Count(1));
            assertThat(a.next()).isEqualTo(new SharedMap.Value(Optional.of(3), 2));
            assertThat(a.next()).isEqualTo(new SharedMap.TimedOut());
            assertThat(a.next(SharedMap.Refused.class).code()).isEqualTo("bad-argument");
            assertThat(a.next(SharedMap.Refused.class).code()).isEqualTo("bad-argument");
            await().until(() -> map.inspect().waiters().size() == 1);
            map.put("a", 5);
            assertThat(a.next()).isEqualTo(new SharedMap.Value(Optional.of(5), 4));
        }
    }
}
