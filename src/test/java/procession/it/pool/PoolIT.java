package procession.it.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import procession.Args;
import procession.EncodingException;
import procession.Pool;
import procession.PoolOptions;
import procession.ProcessionException;
import procession.Row;
import procession.Task1;
import procession.TaskCancelledException;
import procession.TaskFailedException;
import procession.TaskOutcome;
import procession.TimedOutException;
import procession.testkit.TestRun;

/** What pools do when nobody dies: with a pool of two workers that all tests share. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PoolIT {

    private static final Duration AT_ONCE = Duration.ZERO;

    private static TestRun test;
    private static Pool pool;

    @BeforeAll
    static void start() {
        test = TestRun.start();
        pool = test.run().pool(2);
    }

    @AfterAll
    static void end() {
        pool.close();
        test.close();
    }

    @Test
    void tasksOfEveryArityGiveTheirValues() throws Exception {
        assertThat(pool.apply(Chores::name)).startsWith("Pool-1-worker-");
        assertThat(pool.apply(Chores::square, 7)).isEqualTo(49);
        assertThat(pool.apply(Chores::sum, 1, 2)).isEqualTo(3);
        assertThat(pool.apply(Chores::joined, "a", 1, 2L, true)).isEqualTo("a12true");
        assertThat(pool.starmap(Chores::sum, List.of(Args.of(1, 2), Args.of(3, 4))).get()).containsExactly(3, 7);
        assertThat(pool.starmapAsync(Chores::joined, List.of(Args.of("x", 1, 2L, false))).get()).containsExactly("x12false");
        assertThat(pool.mapAsync(Chores::square, List.of(2, 3)).get()).containsExactly(4, 9);
    }

    @Test
    @Row("POOL-06")
    void whatIsReadyGivesTheSameValueAgain() throws Exception {
        var result = pool.applyAsync(Chores::pid);

        assertThat(result.get()).isEqualTo(result.get());
        assertThat(result.isReady()).isTrue();
        assertThat(result.isSuccessful()).isTrue();
        assertThat(result.get(AT_ONCE)).isEqualTo(result.get());
        assertThat(result.toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo(result.get());
    }

    @Test
    @Row("POOL-05")
    void whatIsNotReadySaysSo() throws Exception {
        var event = test.run().event();
        var result = pool.applyAsync(Chores::afterEvent, "done", event);

        assertThat(result.isReady()).isFalse();
        assertThatThrownBy(result::isSuccessful).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> result.get(Duration.ofMillis(20))).isInstanceOf(TimedOutException.class);
        assertThatThrownBy(() -> result.get(AT_ONCE)).isInstanceOf(TimedOutException.class);
        assertThatThrownBy(() -> result.get(Duration.ofSeconds(-1))).isInstanceOf(TimedOutException.class);
        assertThat(result.await(AT_ONCE)).isFalse();
        assertThat(result.outcome()).isEmpty();
        event.set();
        assertThat(result.get()).isEqualTo("done");
    }

    @Test
    @Row("POOL-03")
    void imapKeepsTheOrderOfTheInputAndImapUnorderedThatOfTheEnds() throws Exception {
        var event = test.run().event();
        var inputs = List.of(new Chore(0, event), new Chore(1, event), new Chore(2, event));

        try (var unordered = pool.imapUnordered(PoolIT::chore, inputs)) {
            assertThat(List.of(unordered.next(), unordered.next())).containsExactlyInAnyOrder(1, 2);
            event.set();
            assertThat(unordered.next()).isZero();
            assertThat(unordered.hasNext()).isFalse();
        }
        event.clear();
        try (var ordered = pool.imap(PoolIT::chore, inputs)) {
            assertThatThrownBy(() -> ordered.next(Duration.ofMillis(50))).isInstanceOf(TimedOutException.class);
            event.set();
            assertThat((Iterable<Integer>) ordered).containsExactly(0, 1, 2);
            assertThatThrownBy(ordered::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    record Chore(int number, procession.Event event) {}

    private static int chore(Chore chore) throws InterruptedException {
        return Chores.firstWaits(chore.number(), chore.event());
    }

    @Test
    @Row("POOL-04")
    void anEmptyInputIsEmptyAtOnce() throws Exception {
        assertThat(pool.map(Chores::square, List.<Integer>of()).get(AT_ONCE)).isEmpty();
        assertThat(pool.mapAsync(Chores::square, List.<Integer>of(), 3).isReady()).isTrue();
        assertThat(pool.imap(Chores::square, List.<Integer>of()).hasNext()).isFalse();
        assertThat(pool.imapUnordered(Chores::square, List.<Integer>of(), 2).hasNext()).isFalse();
    }

    @Test
    @Row({"POOL-07", "POOL-14", "G17"})
    void whatATaskThrowsIsDataAndTheNextTaskGoesOn() throws Exception {
        assertThatThrownBy(() -> pool.apply(Chores::picky)).isInstanceOfSatisfying(TaskFailedException.class, failed -> {
            assertThat(failed.error().type()).endsWith("Chores$Picky");
            assertThat(failed.error().message()).contains("too much: 7");
            assertThat(failed.error().frames().getFirst()).contains("Chores.picky(Chores.java:");
            assertThat(failed.getCause()).hasToString(failed.error().summary());
            assertThat(failed.getCause().getStackTrace()[0]).hasToString(failed.error().frames().getFirst());
        });
        assertThat(pool.apply(Chores::square, 3)).isEqualTo(9);
    }

    @Test
    @Row("POOL-08")
    void ofSeveralThatFailTheFirstInTimeIsThrownWhenAllHaveEnded() throws Exception {
        var event = test.run().event();
        var batch = pool.starmap(PoolIT::failsInOrder, List.of(Args.of(0, event), Args.of(1, event)), 1);
        test.await(Duration.ofSeconds(60), "the second has failed", event::isSet);

        assertThatThrownBy(batch::get).isInstanceOf(TaskFailedException.class).hasMessageContaining("number 1")
                .hasMessageStartingWith("Task 2 of 2 of task PoolIT.failsInOrder");
        assertThat(batch.outcomes()).hasSize(2).allMatch(outcome -> outcome instanceof TaskOutcome.Failed<?>);
    }

    /** The first ends behind the second: its event is set by the second, a while before its failure arrives. */
    private static int failsInOrder(int number, procession.Event event) throws InterruptedException {
        if (number == 0) {
            event.await();
            TimeUnit.MILLISECONDS.sleep(300);
        } else {
            event.set();
        }
        throw new IllegalArgumentException("number " + number);
    }

    @Test
    void aTaskOfAChunkFailsAlone() throws Exception {
        var batch = pool.map(Chores::oddFails, List.of(0, 1, 2, 3), 4);

        assertThat(batch.outcomes()).satisfiesExactly(
                even -> assertThat(even).isEqualTo(new TaskOutcome.Value<>(0)), odd -> assertThat(odd.toString()).contains("odd 1"),
                even -> assertThat(even).isEqualTo(new TaskOutcome.Value<>(2)), odd -> assertThat(odd.toString()).contains("odd 3"));
        assertThat(pool.map(Chores::unencodable, List.of(0, 1, 2), 3).outcomes()).satisfiesExactly(
                good -> assertThat(good).isEqualTo(new TaskOutcome.Value<Object>(0)),
                bad -> assertThat(bad.toString()).contains("EncodingException").contains("java.lang.Thread"),
                good -> assertThat(good).isEqualTo(new TaskOutcome.Value<Object>(2)));
    }

    @Test
    @Row("POOL-11")
    void theRightActionIsCalledOnceBeforeTheValueIsGiven() throws Exception {
        var seen = new CopyOnWriteArrayList<>();
        var event = test.run().event();
        var good = pool.applyAsync(Chores::afterEvent, 5, event).onSuccess(seen::add).onFailure(seen::add);
        var all = pool.map(Chores::square, List.of(1, 2)).onSuccess(seen::add);
        all.get();
        event.set();
        good.get();
        assertThat(seen).hasSize(2).contains(5, List.of(1, 4));

        var errors = new CopyOnWriteArrayList<ProcessionException>();
        assertThatThrownBy(pool.applyAsync(Chores::oddFails, 1).onFailure(errors::add).onSuccess(seen::add)::get)
                .isInstanceOf(TaskFailedException.class);
        assertThat(errors).hasSize(1);
        assertThat(seen).hasSize(2);
    }

    @Test
    @Row("G17")
    void anActionThatThrowsOrWaitsSpoilsNothing() throws Exception {
        var held = new CountDownLatch(1);
        var throwing = pool.applyAsync(Chores::square, 2).onSuccess(value -> {
            throw new IllegalStateException("a callback of a test");
        });
        var waiting = pool.applyAsync(Chores::square, 3).onSuccess(value -> awaited(held));

        assertThat(throwing.get()).isEqualTo(4);
        assertThat(pool.map(Chores::square, List.of(1, 2, 3)).get()).containsExactly(1, 4, 9);
        held.countDown();
        assertThat(waiting.get()).isEqualTo(9);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Row({"POOL-17", "G17"})
    void anInterruptInATaskIsItsOwnAffair() throws Exception {
        assertThat(pool.starmap(Chores::interruptedFirst, List.of(Args.of(true, 0), Args.of(false, 1)), 2).get())
                .containsExactly(true, false);
        assertThatThrownBy(() -> pool.apply(Chores::isInterruptedWhileItWaits)).isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("InterruptedException");
        assertThat(pool.map(Chores::square, List.of(1, 2)).get()).containsExactly(1, 4);
    }

    @Test
    @Row({"POOL-24", "POOL-01"})
    void misuseIsRefusedInASentence() {
        assertThatThrownBy(() -> pool.map(Chores::square, List.of(1), 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A chunk has 1 or more tasks, not 0.");
        assertThatThrownBy(() -> pool.imap(Chores::square, List.of(1), 0)).isInstanceOf(IllegalArgumentException.class);
        for (int workers : new int[] {0, -1}) {
            assertThatThrownBy(() -> test.run().pool(workers)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A pool has 1 or more workers, not " + workers + ".");
        }
        assertThatThrownBy(() -> PoolOptions.of(1).withTasksPerWorker(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(PoolOptions.standard().workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        Task1<Integer, Integer> lambda = number -> number;
        assertThatThrownBy(() -> pool.applyAsync(lambda, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The task at PoolIT.java:").hasMessageContaining("is a lambda");
        assertThatThrownBy(() -> test.run().pool(PoolOptions.of(1).withInitializer(() -> { })))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is a lambda");
        assertThatThrownBy(() -> pool.starmap(PoolIT::anything, List.of(Args.of(1, 2), Args.of(3, new Thread()))))
                .isInstanceOf(EncodingException.class).hasMessageStartingWith("Task PoolIT.anything cannot be done: argument 2");
        assertThatThrownBy(() -> pool.applyAsync(PoolIT::anything, pool, 1)).isInstanceOf(EncodingException.class);
        assertThatThrownBy(pool::join).isInstanceOf(IllegalStateException.class);
    }

    private static boolean anything(Object first, Object second) {
        return true;
    }

    @Test
    @Row("G17")
    void anInputWithoutEndIsReadOnlySoFarAhead() throws Exception {
        var read = new ArrayList<Integer>();
        Iterable<Integer> endless = () -> Stream.iterate(0, number -> number + 1).peek(read::add).iterator();

        try (var results = pool.imap(Chores::square, endless)) {
            for (int number = 0; number < 50; number++) {
                assertThat(results.next()).isEqualTo(number * number);
            }
        }
        assertThat(read).hasSizeLessThanOrEqualTo(50 + 2 * (2 + 1) + 1);
        assertThat(pool.apply(Chores::square, 2)).isEqualTo(4);
    }

    @Test
    void anErrorOfTheInputComesBehindItsValues() {
        Iterable<Integer> breaking = () -> Stream.of(1, 2, 0).map(number -> 6 / number).iterator();

        try (var results = pool.imap(Chores::square, breaking)) {
            assertThat(List.of(results.next(), results.next())).containsExactly(36, 9);
            assertThatThrownBy(results::next).isInstanceOf(ArithmeticException.class);
            assertThat(results.hasNext()).isFalse();
        }
        try (var results = pool.imap(Chores::oddFails, List.of(0, 1, 2), 2)) {
            assertThat(results.next()).isZero();
            assertThatThrownBy(results::next).isInstanceOf(TaskFailedException.class);
            assertThat(results.next()).isEqualTo(2);
        }
    }

    @Test
    void aManyChunkedMapKeepsItsOrder() throws Exception {
        var all = IntStream.range(0, 1_000).boxed().toList();

        assertThat(pool.map(Chores::square, all).get()).isEqualTo(all.stream().map(Chores::square).toList());
        assertThat(pool.map(Chores::square, all.subList(0, 100), 7).get()).hasSize(100).endsWith(99 * 99);
    }

    @Test
    void whatIsCancelledBeforeItBeginsNeverBegins() throws Exception {
        var event = test.run().event();
        var busy = List.of(pool.applyAsync(Chores::afterEvent, 1, event), pool.applyAsync(Chores::afterEvent, 2, event));
        var queued = pool.map(Chores::square, List.of(1, 2, 3));

        assertThat(queued.cancel()).isTrue();
        assertThatThrownBy(queued::get).isInstanceOf(TaskCancelledException.class);
        event.set();
        assertThat(busy.get(0).get() + busy.get(1).get()).isEqualTo(3);
        assertThat(busy.get(0).cancel()).isFalse();
    }

    @Test
    void primitivesTravelAndATaskMayHaveAPoolOfItsOwn() throws Exception {
        var queue = pool.apply(Chores::filledQueue);

        assertThat(queue.get()).isEqualTo(5);
        assertThat(pool.apply(Chores::poolInATask, 3)).containsExactly(9, 16);
    }
}
