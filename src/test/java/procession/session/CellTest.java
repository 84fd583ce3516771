package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import procession.Cell;
import procession.EncodingException;
import procession.Lock;
import procession.Row;
import procession.Versioned;

/** A cell in one process. */
class CellTest extends OneProcess {

    @Test
    void itHasTheValueThatWasSetLast() throws Exception {
        var cell = run.cellOf("a");

        assertThat(cell.read()).isEqualTo(new Versioned<>("a", 1));
        cell.set("b");
        assertThat(cell.getAndSet(null)).isEqualTo("b");
        assertThat(cell.get()).isNull();
        assertThat(cell.update(old -> old + "!")).isEqualTo("null!");
        assertThat(cell.read()).isEqualTo(new Versioned<>("null!", 4));
    }

    @Test
    void itIsSetOnlyIfItIsAsSeen() throws Exception {
        var cell = run.cellOf(1);
        var seen = cell.read();
        cell.set(2);
        cell.set(1);

        assertThat(cell.compareAndSet(seen, 3)).isFalse();
        assertThat(cell.compareAndSet(cell.read(), 3)).isTrue();
        assertThat(cell.compareAndSet(4, 5)).isFalse();
        assertThat(cell.compareAndSet(3, 5)).isTrue();
        assertThat(cell.get()).isEqualTo(5);
        assertThat(cell.compareAndSetAsync(seen, 9).get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void anUpdateThatFollowsAnotherStartsFromWhatThatWroteAndCopiesIt() throws Exception {
        Cell<List<String>> cell = run.cellOf(new ArrayList<>());
        UnaryOperator<List<String>> add = list -> {
            list.add("a");
            return list;
        };

        var first = cell.update(add);
        first.add("changed by its reader");
        var tries = new AtomicInteger();
        cell.update(list -> {
            tries.incrementAndGet();
            return add.apply(list);
        });

        assertThat(tries).hasValue(1);
        assertThat(cell.read()).isEqualTo(new Versioned<>(List.of("a", "a"), 3));
    }

    @Test
    void anUpdateDoesNotFailForAValueThatIsNoMore() throws Exception {
        Cell<Integer> cell = run.cell("anUpdateDoesNotFailForAValueThatIsNoMore", 1);
        cell.update(old -> old + 1);
        run.<Integer>cell("anUpdateDoesNotFailForAValueThatIsNoMore").set(10);

        int now = cell.update(old -> {
            if (old < 10) {
                throw new IllegalStateException("of an old value");
            }
            return old + 1;
        });

        assertThat(now).isEqualTo(11);
        assertThatThrownBy(() -> cell.update(old -> {
            throw new IllegalStateException("of the value that is there");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(cell.get()).isEqualTo(11);
    }

    @Test
    void anUpdateIsRepeatedWhenSomebodyCameBetween() throws Exception {
        var cell = run.cellOf(1);
        var tries = new AtomicInteger();

        int now = cell.update(old -> {
            if (tries.incrementAndGet() == 1) {
                cell.setAsync(10).join();
            }
            return old + 1;
        });

        assertThat(now).isEqualTo(11);
        assertThat(tries).hasValue(2);
        assertThat(cell.updateAsync(old -> old * 2).get(10, TimeUnit.SECONDS)).isEqualTo(22);
        assertThat(cell.get()).isEqualTo(22);
    }

    @Test
    void whatAnUpdateThrowsLeavesTheCellAsItIs() throws Exception {
        var cell = run.cellOf(1);

        refused(cell, () -> cell.update(old -> {
            throw new IllegalStateException("too little");
        })).hasMessage("too little");
        refused(cell, () -> cell.updateAsync(old -> {
            throw new IllegalStateException("too little");
        }).get()).hasRootCauseMessage("too little");
        refused(run.cellOf((Object) "a"), () -> run.cellOf(new Object())).isInstanceOf(EncodingException.class);
    }

    @Test
    @Row({"MGR-07", "G23"})
    void aCopyThatIsChangedChangesNothingSharedAndAnUpdateDoes() throws Exception {
        Cell<List<String>> cell = run.cellOf(new ArrayList<>(List.of("a")));

        cell.get().add("lost");
        cell.read().value().clear();
        assertThat(cell.get()).containsExactly("a");

        cell.update(list -> {
            list.add("kept");
            return list;
        });
        assertThat(cell.get()).containsExactly("a", "kept");
    }

    @Test
    void whoWaitsForAChangeSeesTheLastOne() throws Exception {
        var cell = run.cellOf(1);
        var seen = cell.read();
        assertThat(cell.awaitChange(seen, Duration.ZERO)).isEmpty();
        var waits = cell.awaitChangeAsync(seen);

        cell.set(2);
        cell.set(3);

        assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo(new Versioned<>(2, 2));
        assertThat(cell.awaitChange(seen)).isEqualTo(new Versioned<>(3, 3));
        assertThat(cell.awaitChange(seen, SHORT)).contains(new Versioned<>(3, 3));
        assertThat(cell.await(value -> value > 2)).isEqualTo(3);
        assertThat(cell.await(value -> value > 3, SHORT)).isEmpty();
        assertThat(cell.await(value -> value > 2, BEFORE_NOW)).contains(new Versioned<>(3, 3));
    }

    @Test
    void whoWaitsForAConditionIsWokenWhenItHolds() throws Exception {
        var cell = run.cellOf(0);
        var found = new AtomicInteger();
        var waits = Thread.startVirtualThread(() -> {
            try {
                found.set(cell.await(value -> value == 3));
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 1; i <= 3; i++) {
            await().until(() -> cell.inspect().waiters().size() == 1);
            cell.set(i);
        }

        waits.join();
        assertThat(found).hasValue(3);
    }

    @Test
    @Row("MGR-06")
    void handlesInAValueAreLiveAndLiveAsLongAsTheCellHoldsThem() throws Exception {
        Cell<List<Object>> cell = run.cellOf(List.of());
        var inner = run.cellOf(7);
        cell.set(List.of(run.lock(), inner));

        var value = cell.get();
        @SuppressWarnings("unchecked")
        var again = (Cell<Integer>) value.get(1);
        var grant = ((Lock) value.get(0)).acquire();
        again.update(old -> old + 1);

        assertThat(inner.get()).isEqualTo(8);
        assertThat(((Lock) cell.get().get(0)).tryAcquire()).isEmpty();
        grant.release();
        cell.set(List.of());
        ((Lock) value.get(0)).acquire().close();
    }

    @Test
    void aNamedOneBeginsOnce() throws Exception {
        assertThatThrownBy(() -> run.cell("score")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no cell named 'score'; give its first value to make one.");
        var made = run.cell("score", 3);

        assertThat(run.<Integer>cell("score", 4).get()).isEqualTo(3);
        assertThat(run.cell("score")).isEqualTo(made);
        assertThatThrownBy(() -> run.map("score")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'score' is a cell, not a map.");
    }

    @Test
    void aBigValueComesBackAsItIs() throws Exception {
        var big = "x".repeat(300_000);
        var cell = run.cellOf("");

        cell.set(big);

        assertThat(cell.get()).isEqualTo(big);
        assertThat(cell.getAndSet("small")).isEqualTo(big);
    }

    @Test
    void anActorReadsAndWritesInTheOrderOfItsCommands() throws Exception {
        var cell = run.<Object>cellOf("a");
        try (var a = new Asker<Cell.Reply>(run)) {
            cell.ref().tell(new Cell.Get(a.ref()));
            cell.ref().tell(new Cell.Set("b", a.ref()));
            cell.ref().tell(new Cell.CompareAndSet(1, "c", a.ref()));
            cell.ref().tell(new Cell.CompareAndSet(2, "c", a.ref()));
            cell.ref().tell(new Cell.AwaitChange(3, Optional.of(Duration.ZERO), a.ref()));
            cell.ref().tell(new Cell.CompareAndSet(-1, "c", a.ref()));
            cell.ref().tell(new Cell.AwaitChange(3, Optional.empty(), a.ref()));

            assertThat(a.next()).isEqualTo(new Cell.Value("a", 1));
            assertThat(a.next()).isEqualTo(new Cell.Stored(2));
            assertThat(a.next()).isEqualTo(new Cell.Value("b", 2));
            assertThat(a.next()).isEqualTo(new Cell.Stored(3));
            assertThat(a.next()).isEqualTo(new Cell.TimedOut());
            assertThat(a.next(Cell.Refused.class).code()).isEqualTo("bad-argument");
            await().until(() -> cell.inspect().waiters().size() == 1);
            cell.set("d");
            assertThat(a.next()).isEqualTo(new Cell.Value("d", 4));
            cell.ref().tell(new Cell.AwaitChange(4, Optional.empty(), a.ref()));
            await().until(() -> cell.inspect().waiters().size() == 1);
        }
        await().until(() -> cell.inspect().waiters().isEmpty());
    }
}
