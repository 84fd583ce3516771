package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import procession.Cell;
import procession.Counter;
import procession.Event;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Row;
import procession.SharedMap;
import procession.core.Happening;

/** Counters, cells and maps among real processes. */
class ValuesIT extends OneRun {

    private static final long SEED = Long.getLong("test.seed", System.nanoTime());

    @Test
    @Row("VAL-01")
    void whatAChildChangesItsParentSees() throws Exception {
        var counter = run.counter(40);
        Cell<List<String>> cell = run.cellOf(List.of());
        SharedMap<String, Double> map = run.map();

        var child = run.process(ValuesIT::changes, counter, cell, map).start();

        counter.awaitAtLeast(42);
        assertThat(cell.await(list -> !list.isEmpty())).containsExactly("child");
        assertThat(map.await("pi")).isEqualTo(3.14);
        assertThat(child.join().exitCode()).isZero();
    }

    private static void changes(Counter counter, Cell<List<String>> cell, SharedMap<String, Double> map) throws InterruptedException {
        counter.add(2);
        cell.set(List.of("child"));
        map.put("pi", 3.14);
    }

    @Test
    @Row({"MGR-08", "G23"})
    void threeProcessesThatUpdateAKeyTwoHundredTimesEachMakeSixHundred() throws Exception {
        SharedMap<String, Integer> map = run.map();
        map.put("k", 0);
        var children = new ArrayList<Process>();
        for (int i = 0; i < 3; i++) {
            children.add(run.process(ValuesIT::addTwoHundred, map).start());
        }
        for (var child : children) {
            assertThat(child.join().exitCode()).isZero();
        }

        assertThat(map.get("k")).contains(600);
        assertThat(map.version()).isEqualTo(601);
    }

    private static void addTwoHundred(SharedMap<String, Integer> map) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            map.update("k", old -> old.orElseThrow() + 1);
        }
    }

    @Test
    @Row("VAL-04")
    void whoIsKilledInTheMiddleOfAnUpdateHasChangedNothingAndNobodyWaitsForIt() throws Exception {
        Cell<Integer> cell = run.cellOf(1);
        var inside = run.event();
        var child = run.process(ValuesIT::updatesForEver, cell, inside).start();
        assertThat(inside.await(LONG)).isTrue();

        assertThat(cell.get()).isEqualTo(1);
        assertThat(cell.update(value -> value + 1)).isEqualTo(2);
        test.kill(child);

        assertThat(cell.get()).isEqualTo(2);
        assertThat(cell.update(value -> value + 1)).isEqualTo(3);
    }

    private static void updatesForEver(Cell<Integer> cell, Event inside) throws InterruptedException {
        cell.update(value -> {
            try {
                inside.set();
                Procession.current().event().await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
            return value + 100;
        });
    }

    @Test
    @Row("G23")
    void whoeverIsKilledNoUpdateIsLostAndNoneIsMadeUp() throws Exception {
        var random = new Random(SEED);
        System.out.println("updates under kills: -Dtest.seed=" + SEED);
        var counter = run.counter("killed counter", 0);
        var cell = run.cell("killed cell", 0);
        SharedMap<String, Integer> map = run.map("killed map");
        Queue<Integer> done = run.queue();
        var over = run.event();
        var children = new ArrayList<Process>();
        for (int i = 0; i < 6; i++) {
            children.add(run.process(ValuesIT::updates, counter, cell, map, done, over).start());
        }
        int killed = 0;
        int sure = 0;
        for (; killed < 4; killed++) {
            for (int left = 50 + random.nextInt(100); left > 0; left--) {
                sure += done.get(LONG);
            }
            test.kill(children.get(killed));
        }
        over.set();
        for (var child : children.subList(killed, children.size())) {
            assertThat(child.join().exitCode()).isZero();
        }
        while (!done.isEmpty()) {
            sure += done.get();
        }

        assertThat(counter.get()).isBetween((long) sure, (long) sure + killed);
        assertThat(cell.get()).isBetween(sure, sure + killed);
        assertThat(map.get("k").orElseThrow()).isBetween(sure, sure + killed);
        assertThat(cell.read().version()).as("each change added one to the first value").isEqualTo(cell.get() + 1);
        assertThat(map.version()).isEqualTo((long) map.get("k").orElseThrow());
        assertThat(test.happenings().stream().filter(one -> one.kind() == Happening.Kind.CHANGED && one.name().equals(cell.name())).count())
                .isEqualTo(cell.read().version());
    }

    private static void updates(Counter counter, Cell<Integer> cell, SharedMap<String, Integer> map, Queue<Integer> done, Event over)
            throws InterruptedException {
        while (!over.isSet()) {
            counter.increment();
            cell.update(value -> value + 1);
            map.merge("k", 1, Integer::sum);
            done.put(1);
        }
    }

    @Test
    void whoWaitsInAChildIsWokenAndOneThatIsKilledIsForgotten() throws Exception {
        Cell<Integer> cell = run.cellOf(1);
        var killed = run.process(ValuesIT::awaitsTwo, cell).name("to be killed").start();
        var woken = run.process(ValuesIT::awaitsTwo, cell).name("to be woken").start();
        test.awaitWaiting("to be killed");
        test.awaitWaiting("to be woken");

        test.kill(killed);
        assertThat(cell.inspect().waiters()).hasSize(1);
        cell.set(2);

        assertThat(woken.join().value()).isEqualTo(2);
        assertThat(cell.inspect().waiters()).isEmpty();
    }

    private static int awaitsTwo(Cell<Integer> cell) throws InterruptedException {
        return cell.await(value -> value == 2);
    }

    @Test
    @Row("MGR-06")
    void whatOnlyACellRefersToOutlivesItsMaker() throws Exception {
        Cell<Map<String, Object>> outer = run.cellOf(Map.of());
        var maker = run.process(ValuesIT::nests, outer).start();
        assertThat(maker.join().exitCode()).isZero();

        @SuppressWarnings("unchecked")
        var inner = (Cell<Integer>) outer.get().get("inner");
        @SuppressWarnings("unchecked")
        var queue = (Queue<String>) outer.get().get("queue");
        outer.set(Map.of());

        assertThat(inner.update(value -> value + 1)).isEqualTo(8);
        assertThat(queue.get(LONG)).isEqualTo("live");
    }

    private static void nests(Cell<Map<String, Object>> outer) throws InterruptedException {
        Queue<String> queue = Procession.current().queue();
        outer.set(Map.of("inner", Procession.current().cellOf(7), "queue", queue));
        queue.put("live");
    }
}
