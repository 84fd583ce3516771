package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Connection;
import procession.Primitive;
import procession.Procession;
import procession.Queue;
import procession.Row;
import procession.Waitable;

/** Waiting on many things at once, in one process. */
class WaitAnyTest extends OneProcess {

    private static void nobodyWaits(Primitive... primitives) throws InterruptedException {
        for (var primitive : primitives) {
            assertThat(primitive.inspect().waiters()).as("%s", primitive).isEmpty();
        }
    }

    /** Waits in a thread of its own, which is known to wait for these when this returns. */
    private static <T> FutureTask<T> waiting(java.util.concurrent.Callable<T> wait, Primitive... visible) {
        var task = new FutureTask<>(wait);
        Thread.ofPlatform().daemon().start(task);
        for (var primitive : visible) {
            await().until(() -> !primitive.inspect().waiters().isEmpty());
        }
        return task;
    }

    private static <T> T get(java.util.concurrent.Future<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    // What is ready.

    @Test
    @Row("WAIT-03")
    void allThatAreReadyComeInTheOrderGivenAndNothingIsTaken() throws Exception {
        var empty = run.<String>queue();
        var full = run.<String>queue();
        var event = run.event();
        var down = run.event();
        var pipe = run.pipe();
        full.put("a");
        event.set();
        pipe.second().send("b");

        for (int time = 0; time < 3; time++) {
            assertThat(Procession.<Waitable>waitAny(pipe.first(), empty, event, pipe.second(), down, full))
                    .containsExactly(pipe.first(), event, full);
            assertThat(Procession.<Waitable>waitAny(LONG, full, down, pipe.first())).containsExactly(full, pipe.first());
        }

        assertThat(full.getNow()).isEqualTo("a");
        assertThat(pipe.first().receive(LONG)).isEqualTo("b");
        nobodyWaits(empty, full, event, down, pipe.first());
        pipe.close();
    }

    @Test
    @Row("WAIT-03")
    void whoWaitsIsWokenByWhicheverComesFirst() throws Exception {
        var queues = Stream.generate(() -> run.<Integer>queue()).limit(3).toList();
        for (var woken : queues) {
            var waits = waiting(() -> Procession.waitAny(queues), queues.toArray(Primitive[]::new));

            woken.put(1);

            assertThat(get(waits)).containsExactly(woken);
            nobodyWaits(queues.toArray(Primitive[]::new));
            woken.getNow();
        }
    }

    @Test
    void whatIsKeptByAnEventIsSeenUntilItIsCleared() throws Exception {
        var event = run.event();
        event.set();
        assertThat(Procession.waitAny(event)).containsExactly(event);

        event.clear();

        assertThat(Procession.waitAny(Duration.ZERO, event)).isEmpty();
    }

    @Test
    void aQueueThatIsShutDownAndEmptyIsReady() throws Exception {
        var queue = run.simpleQueue();
        var waits = waiting(() -> Procession.waitAny(queue), queue);

        queue.shutdown();

        assertThat(get(waits)).containsExactly(queue);
        assertThat(Procession.waitAny(Duration.ZERO, queue)).containsExactly(queue);
    }

    @Test
    void aChangeIsReadyFromWhenThereIsOneAndAHeightWhileItIsReached() throws Exception {
        var cell = run.cellOf("old");
        var map = run.<String, Integer>map();
        var counter = run.counter();
        var seen = cell.read();
        var changes = List.of(cell.changeSince(seen), map.changeSince(map.version()), counter.atLeast(2));
        assertThat(Procession.waitAny(Duration.ZERO, changes)).isEmpty();

        var waits = waiting(() -> Procession.waitAny(changes), cell, map, counter);
        cell.set("new");
        assertThat(get(waits)).containsExactly(changes.get(0));
        map.put("key", 1);
        counter.add(2);

        assertThat(Procession.waitAny(changes)).isEqualTo(changes);
        assertThat(Procession.waitAny(Duration.ZERO, cell.changeSince(cell.read()), counter.atLeast(3))).isEmpty();
        counter.set(0);
        assertThat(Procession.waitAny(changes)).containsExactly(changes.get(0), changes.get(1));
        nobodyWaits(cell, map, counter);
    }

    @Test
    void theSameChangeTwiceIsRefused() throws Exception {
        var cell = run.cell("news", "old");
        var seen = cell.read();

        assertThatThrownBy(() -> Procession.waitAny(cell.changeSince(seen), run.<String>cell("news").changeSince(seen)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("A change of cell 'news' is among");
    }

    @Test
    @Row("WAIT-05")
    void aConnectionWhoseOtherEndIsClosedIsReady() throws Exception {
        var pipe = run.oneWayPipe();
        var other = run.oneWayPipe();
        var waits = waiting(() -> Procession.waitAny(other.first(), pipe.first()), pipe.first());

        pipe.second().close();

        assertThat(get(waits)).containsExactly(pipe.first());
        pipe.close();
        other.close();
    }

    // Time-outs.

    @ParameterizedTest
    @ValueSource(longs = {-1000, 0, 20})
    @Row({"WAIT-02", "K4"})
    void whenNothingIsReadyInTimeTheListIsEmpty(long millis) throws Exception {
        var queue = run.queue();
        var event = run.event();
        long before = System.nanoTime();

        assertThat(Procession.<Waitable>waitAny(Duration.ofMillis(millis), queue, event)).isEmpty();

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
        nobodyWaits(queue, event);
    }

    @Test
    @Row("WAIT-02")
    void withNothingToWaitForTheTimePasses() throws Exception {
        long before = System.nanoTime();

        assertThat(Procession.waitAny(SHORT, List.<Connection>of())).isEmpty();
        assertThat(get(Procession.waitAnyAsync(SHORT, List.<Connection>of()))).isEmpty();

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(2 * SHORT.toNanos());
        assertThat(Procession.waitAny(Duration.ZERO, List.<Connection>of())).isEmpty();
    }

    @Test
    void nothingToWaitForAndNoTimeOutIsRefused() {
        assertThatThrownBy(() -> Procession.waitAny(List.<Connection>of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is nothing to wait for, and no time-out: this would wait for ever.");
    }

    // Misuse.

    @Test
    @Row("WAIT-06")
    void anEndThatIsClosedOrOnlySendsIsRefusedAndNothingIsAsked() throws Exception {
        var queue = run.queue();
        var closed = run.pipe().first();
        closed.close();
        var oneWay = run.oneWayPipe();

        assertThatThrownBy(() -> Procession.<Waitable>waitAny(queue, closed)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has been closed in this process");
        assertThatThrownBy(() -> Procession.<Waitable>waitAnyAsync(List.of(queue, oneWay.second()))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only sends: the pipe is one-way");

        nobodyWaits(queue);
        oneWay.close();
    }

    @Test
    @Row("WAIT-06")
    void theSameThingTwiceIsRefused() {
        var queue = run.queue("twice");

        assertThatThrownBy(() -> Procession.waitAny(queue, run.queue("twice"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Queue 'twice' is among what is to be waited for twice.");
    }

    @Test
    void whatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> Procession.waitAny(new Waitable() {})).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing that this run can wait for");
    }

    @Test
    void aProcessThatIsNoStartedChildIsRefused() {
        assertThatThrownBy(() -> Procession.waitAny(Procession.currentProcess())).isInstanceOf(IllegalStateException.class)
                .hasMessage("MainProcess is this process; it cannot wait for its own end.");
        assertThatThrownBy(() -> Procession.waitAny(run.process())).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has not been started");
    }

    @Test
    void anEndThatIsClosedWhileItIsWaitedForEndsTheWait() throws Exception {
        var queue = run.queue();
        var pipe = run.pipe();
        var waits = waiting(() -> Procession.<Waitable>waitAny(queue, pipe.first()), queue, pipe.second());

        pipe.first().close();

        assertThatThrownBy(() -> get(waits)).cause().isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has been closed in this process");
        nobodyWaits(queue);
        pipe.close();
    }

    // Giving up.

    @Test
    void anInterruptWithdrawsEverything() throws Exception {
        var queue = run.queue();
        var event = run.event();
        var outcome = new CompletableFuture<Boolean>();
        var thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                Procession.<Waitable>waitAny(queue, event);
            } catch (InterruptedException interrupted) {
                outcome.complete(Thread.currentThread().isInterrupted());
            }
        });
        await().until(() -> !event.inspect().waiters().isEmpty());

        thread.interrupt();

        assertThat(get(outcome)).as("the interrupt is told by the exception").isFalse();
        nobodyWaits(queue, event);
    }

    @Test
    void aThreadThatIsInterruptedAlreadyDoesNotWait() {
        var event = run.event();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Procession.waitAny(event)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void cancellingTheFutureWithdrawsEverything() throws Exception {
        var queue = run.queue();
        var event = run.event();
        var future = Procession.<Waitable>waitAnyAsync(List.of(queue, event));
        await().until(() -> !queue.inspect().waiters().isEmpty());

        assertThat(future.cancel(true)).isTrue();

        nobodyWaits(queue, event);
        assertThat(future).isCancelled();
    }

    // Futures.

    @Test
    void aFutureCompletesWithAllThatIsReadyInTheOrderGiven() throws Exception {
        var queues = Stream.generate(() -> run.<Integer>queue()).limit(3).toList();
        queues.get(2).put(1);
        queues.get(0).put(1);

        assertThat(get(Procession.waitAnyAsync(queues))).containsExactly(queues.get(0), queues.get(2));
        assertThat(get(Procession.waitAnyAsync(Duration.ZERO, queues.subList(1, 2)))).isEmpty();
        assertThat(get(Procession.waitAnyAsync(SHORT, queues.subList(1, 2)))).isEmpty();
    }

    @Test
    void aFutureCompletesWhenTheFirstBecomesReady() throws Exception {
        var queue = run.queue();
        var event = run.event();
        var future = Procession.<Waitable>waitAnyAsync(LONG, List.of(queue, event));
        await().until(() -> !event.inspect().waiters().isEmpty());

        event.set();

        assertThat(get(future)).containsExactly(event);
        nobodyWaits(queue, event);
    }

    // Many, and again and again.

    @Test
    void waitingOnManyAgainAndAgainLeavesNothingBehind() throws Exception {
        var queues = Stream.generate(() -> run.<Integer>queue()).limit(100).toList();
        var got = new ArrayList<Integer>();
        for (int i = 0; i < 300; i++) {
            queues.get(i * 7 % 100).put(i);
            for (var ready : Procession.waitAny(queues)) {
                got.add(ready.getNow());
            }
        }
        assertThat(got).hasSize(300).isSorted();
        assertThat(Procession.waitAny(Duration.ZERO, queues)).isEmpty();
        nobodyWaits(queues.toArray(Queue[]::new));
    }

    @Test
    void severalWhoWaitForTheSameAreAllTold() throws Exception {
        var queue = run.<Integer>queue();
        var event = run.event();
        Supplier<FutureTask<List<Waitable>>> waiter = () -> waiting(() -> Procession.<Waitable>waitAny(event, queue));
        var waiters = Stream.generate(waiter).limit(3).toList();
        await().until(() -> queue.inspect().waiters().size() == 3);
        assertThat(queue.inspect().waiters()).allMatch(seen -> seen.waits().equals("for something to get"));

        queue.put(1);

        for (var one : waiters) {
            assertThat(get(one)).containsExactly(queue);
        }
    }
}
