package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.DecodingException;
import procession.EmptyException;
import procession.EncodingException;
import procession.Event;
import procession.FullException;
import procession.Lock;
import procession.Outcome;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Row;

/** A queue among real processes. */
class QueueIT extends OneRun {

    // Alone.

    @Test
    @Row({"QUEUE-09", "QUEUE-18", "G11", "G13"})
    void whatIsPutIsThereAtOnceInItsOrder() throws Exception {
        Queue<String> queue = run.queue();

        queue.put("first");
        assertThat(queue.size()).isEqualTo(1);
        queue.putNow(null);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.getNow()).isEqualTo("first");
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.get()).isNull();
        assertThat(queue.size()).isZero();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    @Row({"QUEUE-01", "QUEUE-02", "QUEUE-03", "K4"})
    void aFullQueueTakesNoMore() throws Exception {
        Queue<Integer> queue = run.queue("six", 6);
        queue.put(0);
        queue.put(1, LONG);
        queue.put(2, Duration.ZERO);
        queue.put(3, Duration.ofSeconds(-1));
        queue.putNow(4);
        queue.putAsync(5).get(5, TimeUnit.SECONDS);

        assertThat(queue.isFull()).isTrue();
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.maxSize()).isEqualTo(6);
        long before = System.nanoTime();
        assertThatThrownBy(() -> queue.putNow(7)).isInstanceOf(FullException.class);
        assertThatThrownBy(() -> queue.put(7, Duration.ofSeconds(-1))).isInstanceOf(FullException.class);
        assertThatThrownBy(() -> queue.put(7, SHORT)).isInstanceOf(FullException.class)
                .hasMessage("Queue 'six' had no room within 0.1 s. It has 6 items of at most 6.");
        assertThat(System.nanoTime() - before).isGreaterThan(SHORT.toNanos());
        assertThat(queue.size()).isEqualTo(6);
    }

    @Test
    @Row({"QUEUE-06", "QUEUE-07", "K4"})
    void anEmptyQueueGivesNothing() throws Exception {
        Queue<Integer> queue = run.queue("nothing");

        long before = System.nanoTime();
        assertThatThrownBy(queue::getNow).isInstanceOf(EmptyException.class)
                .hasMessage("Queue 'nothing' gave no item at once. It has nothing.");
        assertThatThrownBy(() -> queue.get(Duration.ofSeconds(-1))).isInstanceOf(EmptyException.class);
        assertThatThrownBy(() -> queue.get(SHORT)).isInstanceOf(EmptyException.class);
        assertThat(System.nanoTime() - before).isGreaterThan(SHORT.toNanos());
    }

    @Test
    @Row({"QUEUE-17", "G11"})
    void anItemIsASnapshotOfTheMomentItWasPut() throws Exception {
        Queue<List<String>> queue = run.queue();
        var item = new ArrayList<>(List.of("as put"));

        queue.put(item);
        item.add("changed");

        assertThat(queue.get()).isEqualTo(List.of("as put")).isInstanceOf(ArrayList.class);
    }

    @Test
    @Row({"QUEUE-36", "PROC-53", "G11"})
    void whatCannotTravelIsRefusedInThePutAndTheQueueGoesOn() throws Exception {
        Queue<Object> queue = run.queue(1);

        assertThatThrownBy(() -> queue.put(new Thread())).isInstanceOf(EncodingException.class);
        assertThatThrownBy(() -> queue.put(run)).isInstanceOf(EncodingException.class);
        assertThatThrownBy(() -> queue.put(Procession.currentProcess())).isInstanceOf(EncodingException.class);
        queue.putNow("good");
        assertThat(queue.getNow()).isEqualTo("good");
    }

    /** Cannot be made twice. */
    private record Stubborn(int number) {
        private static boolean putting = true;

        Stubborn {
            if (!putting) {
                throw new IllegalArgumentException("not again");
            }
        }
    }

    @Test
    @Row("QUEUE-20")
    void whatCannotBeRebuiltIsAnErrorOfTheGetAndTheQueueGoesOn() throws Exception {
        Queue<Object> queue = run.queue();
        queue.put(new Stubborn(1));
        queue.put("good");

        Stubborn.putting = false;
        try {
            assertThatThrownBy(queue::get).isInstanceOf(DecodingException.class).hasMessageContaining("not again");
        } finally {
            Stubborn.putting = true;
        }
        assertThat(queue.get()).isEqualTo("good");
    }

    @Test
    void aFutureThatIsCancelledTakesNothing() throws Exception {
        Queue<String> queue = run.queue();
        var cancelled = queue.getAsync();
        var patient = queue.getAsync();

        cancelled.cancel(true);
        queue.putAsync("one").get(5, TimeUnit.SECONDS);

        assertThat(patient.get(5, TimeUnit.SECONDS)).isEqualTo("one");
        assertThat(queue.sizeAsync().get(5, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void countsAndNamesThatMakeNoSenseAreRefused() {
        run.queue("bounded", 3);

        assertThatThrownBy(() -> run.queue(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.queue("bounded", 4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'bounded' is a queue for 3 items, not a queue for 4 items.");
        assertThatThrownBy(() -> run.joinableQueue("bounded", 3)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'bounded' is a queue for 3 items, not a joinable queue for 3 items.");
    }

    // Between processes.

    /** Something of the user's, with a bit of everything. */
    private record Parcel(Long id, String text, Map<Integer, List<Character>> content, int[] numbers, Kind kind) {
        private enum Kind { SMALL, BIG }

        boolean sameAs(Parcel other) {
            return id.equals(other.id) && text.equals(other.text) && content.equals(other.content)
                    && java.util.Arrays.equals(numbers, other.numbers) && kind == other.kind;
        }
    }

    @Test
    void itemsGoThereAndBackEqualAndOfTheSameClass() throws Exception {
        Queue<Object> there = run.queue();
        Queue<Object> back = run.queue();
        run.process(QueueIT::echoes, there, back).start();
        var parcel = new Parcel(7L, "text", new HashMap<>(Map.of(1, List.of('a', 'b'))), new int[] {1, 2}, Parcel.Kind.BIG);

        there.put(parcel);
        there.put(1L);
        there.put(1.0f);
        there.put(new byte[0]);
        there.put(null);

        assertThat(((Parcel) back.get(LONG)).sameAs(parcel)).isTrue();
        assertThat(back.get(LONG)).isEqualTo(1L);
        assertThat(back.get(LONG)).isEqualTo(1.0f);
        assertThat(back.get(LONG)).isEqualTo(new byte[0]);
    }

    private static void echoes(Queue<Object> in, Queue<Object> out) throws InterruptedException {
        for (Object item = in.get(); item != null; item = in.get()) {
            out.put(item);
        }
    }

    @Test
    @Row("QUEUE-04")
    void aPutThatWaitsGoesOnWhenAnotherProcessMakesRoom() throws Exception {
        Queue<Integer> queue = run.queue(2);
        var child = run.process(QueueIT::putsNumbers, queue, 5).name("putter").start();
        test.awaitWaiting("putter");
        assertThat(queue.isFull()).isTrue();

        for (int i = 0; i < 5; i++) {
            assertThat(queue.get(LONG)).isEqualTo(i);
        }
        assertThat(child.join().exitCode()).isZero();
    }

    private static void putsNumbers(Queue<Integer> queue, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            queue.put(i);
        }
    }

    @Test
    @Row({"QUEUE-12", "G11"})
    void whoPutsAndThenTellsIsAheadOfWhoIsTold() throws Exception {
        Queue<String> queue = run.queue();
        Queue<Event> turns = run.queue();
        run.process(QueueIT::putsWhenTold, queue, turns).start();
        for (int i = 0; i < 20; i++) {
            var turn = run.event();
            turns.put(turn);
            queue.put("first");
            turn.set();
            assertThat(queue.get(LONG)).isEqualTo("first");
            assertThat(queue.get(LONG)).isEqualTo("second");
        }
        turns.put(null);
    }

    private static void putsWhenTold(Queue<String> queue, Queue<Event> turns) throws InterruptedException {
        for (var turn = turns.get(); turn != null; turn = turns.get()) {
            turn.await();
            queue.put("second");
        }
    }

    @Test
    @Row("QUEUE-13")
    void oneItemIsGotByOneOfSeveral() throws Exception {
        Queue<String> queue = run.queue();
        var getters = List.of(run.process(QueueIT::getsWithin, queue, Duration.ofSeconds(5)).name("a").start(),
                run.process(QueueIT::getsWithin, queue, Duration.ofSeconds(5)).name("b").start());
        test.awaitWaiting("a");
        test.awaitWaiting("b");

        queue.put("the item");

        var got = new ArrayList<Object>();
        for (var getter : getters) {
            got.add(getter.join().value());
        }
        assertThat(got).containsExactlyInAnyOrder("the item", "empty");
    }

    private static String getsWithin(Queue<String> queue, Duration timeout) throws InterruptedException {
        try {
            return queue.get(timeout);
        } catch (EmptyException empty) {
            return "empty";
        }
    }

    @Test
    @Row({"QUEUE-33", "G29"})
    void whoAsksOnceDoesNotOvertakeWhoWaits() throws Exception {
        Queue<String> queue = run.queue();
        var getter = run.process(QueueIT::getsWithin, queue, LONG).name("getter").start();
        test.awaitWaiting("getter");

        assertThatThrownBy(queue::getNow).isInstanceOf(EmptyException.class);
        assertThatThrownBy(() -> queue.get(SHORT)).isInstanceOf(EmptyException.class).hasMessageContaining("Ahead: getter (pid ");
        queue.put("for the one who waits");

        assertThat(getter.join().value()).isEqualTo("for the one who waits");
    }

    @Test
    @Row({"QUEUE-15", "G29"})
    void puttersThatWaitAreServedInTheOrderOfTheirArrival() throws Exception {
        Queue<String> queue = run.queue(1);
        queue.put("main");
        for (var name : List.of("a", "b", "c")) {
            run.process(QueueIT::putsItsName, queue).name(name).start();
            test.awaitWaiting(name);
        }

        assertThat(List.of(queue.get(LONG), queue.get(LONG), queue.get(LONG), queue.get(LONG))).containsExactly("main", "a", "b", "c");
    }

    private static void putsItsName(Queue<String> queue) throws InterruptedException {
        queue.put(Procession.currentProcess().name());
    }

    @Test
    void sixteenMegabytesGoThroughWhole() throws Exception {
        Queue<byte[]> queue = run.queue();
        var child = run.process(QueueIT::sumsUp, queue).jvmOptions("-Xmx512m").start();
        var big = new byte[16 << 20];
        long sum = 0;
        for (int i = 0; i < big.length; i++) {
            big[i] = (byte) (i * 31 + (i >> 10));
            sum += big[i];
        }

        queue.put(big);

        assertThat(child.join().value()).isEqualTo(big.length + " bytes, sum " + sum);
    }

    private static String sumsUp(Queue<byte[]> queue) throws InterruptedException {
        var bytes = queue.get();
        long sum = 0;
        for (byte b : bytes) {
            sum += b;
        }
        return bytes.length + " bytes, sum " + sum;
    }

    // Deaths.

    @Test
    @Row({"QUEUE-28", "QUEUE-27", "G12"})
    void whatAProcessPutIsThereAlthoughItKillsItselfAtOnce() throws Exception {
        Queue<String> queue = run.queue();

        var outcome = run.process(QueueIT::putsAndKillsItself, queue).start().join();

        assertThat(outcome).isEqualTo(new Outcome.Killed(9));
        assertThat(queue.getNow()).isEqualTo("put");
    }

    private static void putsAndKillsItself(Queue<String> queue) throws Exception {
        queue.put("put");
        new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid())).start().waitFor();
        Thread.sleep(LONG);
    }

    @Test
    @Row({"QUEUE-30", "G07", "G06"})
    void aProducerKilledInTheMiddleOfBigItemsSpoilsNothing() throws Exception {
        Queue<byte[]> queue = run.queue();
        var producer = run.process(QueueIT::putsBigItems, queue).name("producer").start();
        test.await(LONG, "the first item is there", () -> !queue.isEmpty());

        test.kill(producer);
        int left = queue.size();
        for (int i = 0; i < left; i++) {
            assertThat(queue.getNow()).hasSize(4 << 20).containsOnly(1);
        }

        assertThatThrownBy(() -> queue.get(SHORT)).isInstanceOf(EmptyException.class);
        queue.put(new byte[1]);
        assertThat(queue.getNow()).hasSize(1);
    }

    private static void putsBigItems(Queue<byte[]> queue) throws InterruptedException {
        var item = new byte[4 << 20];
        java.util.Arrays.fill(item, (byte) 1);
        for (int i = 0; i < 20; i++) {
            queue.put(item);
        }
    }

    @Test
    @Row({"QUEUE-31", "G08"})
    void aGetterKilledWhileItWaitsTakesNothingWithIt() throws Exception {
        Queue<String> queue = run.queue();
        var doomed = run.process(QueueIT::getsWithin, queue, LONG).name("doomed").start();
        test.awaitWaiting("doomed");

        test.kill(doomed);
        queue.put("for anyone else");

        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.getNow()).isEqualTo("for anyone else");
    }

    @Test
    @Row({"QUEUE-32", "G09", "G21"})
    void anItemOnItsWayToAPausedGetterThatIsKilledReturnsToItsPlace() throws Exception {
        Queue<String> queue = run.queue(1);
        var doomed = run.process(QueueIT::getsWithin, queue, LONG).name("doomed").start();
        test.awaitWaiting("doomed");
        test.pause(doomed);

        queue.put("first");
        var second = queue.putAsync("second");
        test.kill(doomed);

        assertThat(queue.get(LONG)).isEqualTo("first");
        second.get(5, TimeUnit.SECONDS);
        assertThat(queue.get(LONG)).isEqualTo("second");
    }

    @Test
    @Row("G06")
    void aPutterKilledWhileItWaitsPutsNothing() throws Exception {
        Queue<String> queue = run.queue(1);
        queue.put("only");
        var doomed = run.process(QueueIT::putsItsName, queue).name("doomed").start();
        test.awaitWaiting("doomed");

        test.kill(doomed);

        assertThat(queue.getNow()).isEqualTo("only");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    @Row("K1")
    void aQueueOutlivesItsMakerWhileAPayloadHoldsIt() throws Exception {
        Queue<Queue<String>> queues = run.queue();
        run.process(QueueIT::sendsAQueue, queues).start().join();

        Queue<String> inner = queues.getNow();

        assertThat(inner.getNow()).isEqualTo("inside");
        inner.put("still usable");
        assertThat(inner.getNow()).isEqualTo("still usable");
    }

    private static void sendsAQueue(Queue<Queue<String>> queues) throws InterruptedException {
        Queue<String> inner = Procession.current().queue();
        inner.put("inside");
        queues.put(inner);
    }

    // How it travels, and its name.

    /** Handles of several kinds in one value. */
    private record Tools(Queue<String> results, Lock lock, List<Event> events) {}

    @Test
    @Row({"LOCK-22", "G24"})
    void handlesTravelAsItemsAndWorkWhereTheyArrive() throws Exception {
        Queue<Tools> tools = run.queue();
        run.process(QueueIT::usesTools, tools).start();
        Queue<String> results = run.queue();
        var done = run.event();

        tools.put(new Tools(results, run.lock(), List.of(done)));

        assertThat(done.await(LONG)).isTrue();
        assertThat(results.getNow()).isEqualTo("made with tools");
    }

    private static void usesTools(Queue<Tools> tools) throws InterruptedException {
        var mine = tools.get();
        try (var grant = mine.lock().acquire()) {
            mine.results().put("made with tools");
        }
        mine.events().getFirst().set();
    }

    @Test
    void aNamedQueueIsFoundByAChild() throws Exception {
        Queue<String> queue = run.queue("mail");

        run.process(QueueIT::putsByName).start();

        assertThat(queue.get(LONG)).isEqualTo("by name");
        assertThat(queue.name()).hasValue("mail");
    }

    private static void putsByName() throws InterruptedException {
        Queue<String> mail = Procession.current().queue("mail");
        mail.put("by name");
    }

    @Test
    @Row("K5")
    void everyItemOfManyProducersIsGotOnceByManyConsumers() throws Exception {
        Queue<Integer> queue = run.queue(10);
        Queue<Integer> got = run.queue();
        var producers = List.of(run.process(QueueIT::putsNumbers, queue, 200).start(), run.process(QueueIT::putsNumbers, queue, 200).start());
        var consumer = run.process(QueueIT::moves, queue, got).start();
        moves(queue, got, 100);
        for (Process producer : producers) {
            producer.join();
        }
        queue.put(null);
        consumer.join();

        var counts = new HashMap<Integer, Integer>();
        while (!got.isEmpty()) {
            counts.merge(got.getNow(), 1, Integer::sum);
        }
        assertThat(counts).hasSize(200).allSatisfy((number, count) -> assertThat(count).isEqualTo(2));
    }

    private static void moves(Queue<Integer> from, Queue<Integer> to) throws InterruptedException {
        for (var item = from.get(); item != null; item = from.get()) {
            to.put(item);
        }
    }

    private static void moves(Queue<Integer> from, Queue<Integer> to, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            to.put(from.get());
        }
    }
}
