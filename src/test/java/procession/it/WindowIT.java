package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import procession.Connection;
import procession.EmptyException;
import procession.Event;
import procession.Lock;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.ShutDownException;
import procession.SimpleQueue;

/** Windows among real processes, and what their ends cost. */
class WindowIT extends OneRun {

    private static final int MANY = 2000;
    private static final int WINDOW = 50;

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static void produces(SimpleQueue<Integer> queue, int from, int count) throws InterruptedException {
        try (var window = queue.window(WINDOW)) {
            for (int i = from; i < from + count; i++) {
                window.put(i);
            }
        }
    }

    private static ArrayList<Integer> consumes(SimpleQueue<Integer> queue) throws InterruptedException {
        var got = new ArrayList<Integer>();
        try (var window = queue.window(WINDOW)) {
            while (true) {
                got.add(window.get());
            }
        } catch (ShutDownException end) {
            return got;
        }
    }

    // Nothing is lost.

    @Test
    void betweenOneProducerAndOneConsumerNothingIsLostAndTheOrderIsKept() throws Exception {
        SimpleQueue<Integer> queue = run.simpleQueue();
        var consumer = run.process(WindowIT::consumes, queue).start();
        var producer = run.process(WindowIT::produces, queue, 0, MANY).start();
        queue.closeWhenProducersGone(List.of(producer));

        assertThat(consumer.join().value()).isEqualTo(numbers(0, MANY));
    }

    @Test
    void betweenFourProducersAndFourConsumersNothingIsLostAndNothingGivenTwice() throws Exception {
        Queue<Integer> queue = run.queue(100);
        var consumers = new ArrayList<Process>();
        var producers = new ArrayList<Process>();
        for (int i = 0; i < 4; i++) {
            consumers.add(run.process(WindowIT::consumes, queue).start());
            producers.add(run.process(WindowIT::produces, queue, i * MANY, MANY).start());
        }
        queue.closeWhenProducersGone(producers);

        var all = new ArrayList<Integer>();
        for (var consumer : consumers) {
            @SuppressWarnings("unchecked")
            var got = (List<Integer>) consumer.join().value();
            for (int producer = 0; producer < 4; producer++) {
                int from = producer * MANY;
                assertThat(got.stream().filter(i -> i >= from && i < from + MANY)).isSorted();
            }
            all.addAll(got);
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(0, 4 * MANY));
    }

    @Test
    void throughAPipeNothingIsLostAndTheOrderIsKept() throws Exception {
        var pipe = run.pipe();
        var sender = run.process(WindowIT::sends, pipe.first(), MANY).start();
        pipe.first().close();
        try (var in = pipe.second().window(WINDOW)) {
            for (int i = 0; i < MANY; i++) {
                assertThat(in.receive()).isEqualTo(i);
            }
            assertThatThrownBy(in::receive).isInstanceOf(procession.EndOfStreamException.class);
        }
        assertThat(sender.join().exitCode()).isZero();
        pipe.second().close();
    }

    private static void sends(Connection end, int count) throws InterruptedException {
        @SuppressWarnings("resource") // It is left to the end of the process.
        var window = end.window(WINDOW);
        for (int i = 0; i < count; i++) {
            window.send(i);
        }
    }

    // Ends.

    @Test
    void aProcessEndsWithoutAReaderAndWhatItPutIsThereInItsOrder() throws Exception {
        Queue<Integer> queue = run.queue(3);
        var producer = run.process(WindowIT::leavesItsWindowOpen, queue, 40).start();

        assertThat(producer.join().exitCode()).isZero();
        assertThat(queue.size()).isEqualTo(3);
        queue.putAsync(99);
        for (int i = 0; i < 40; i++) {
            assertThat(queue.get(LONG)).isEqualTo(i);
        }
        assertThat(queue.get(LONG)).isEqualTo(99);
    }

    private static void leavesItsWindowOpen(SimpleQueue<Integer> queue, int count) throws InterruptedException {
        @SuppressWarnings("resource") // It is left to the end of the process.
        var window = queue.window(WINDOW);
        for (int i = 0; i < count; i++) {
            window.put(i);
        }
    }

    @Test
    void soItDoesWhenItExitsFromWithin() throws Exception {
        Queue<Integer> queue = run.queue(3);

        assertThat(run.process(WindowIT::exits, queue).start().join().exitCode()).isEqualTo(7);
        for (int i = 0; i < 40; i++) {
            assertThat(queue.get(LONG)).isEqualTo(i);
        }
    }

    private static void exits(SimpleQueue<Integer> queue) throws InterruptedException {
        leavesItsWindowOpen(queue, 40);
        Procession.exit(7);
    }

    @Test
    void theQueueShutsDownBehindWhatItsProducersLeftInLine() throws Exception {
        Queue<Integer> queue = run.queue(3);
        var producer = run.process(WindowIT::leavesItsWindowOpen, queue, 40).start();
        queue.closeWhenProducersGone(List.of(producer));
        producer.join();

        for (int i = 0; i < 40; i++) {
            assertThat(queue.get(LONG)).isEqualTo(i);
        }
        assertThatThrownBy(queue::get).isInstanceOf(ShutDownException.class);
    }

    @Test
    void whatAProcessHeldAndDidNotConsumeGoesBackWhenItEnds() throws Exception {
        Queue<Integer> queue = run.queue();
        for (int i = 0; i < 30; i++) {
            queue.put(i);
        }

        assertThat(run.process(WindowIT::getsTwo, queue).start().join().value()).isEqualTo(1);
        for (int i = 2; i < 30; i++) {
            assertThat(queue.get(LONG)).isEqualTo(i);
        }
    }

    private static int getsTwo(Queue<Integer> queue) throws InterruptedException {
        @SuppressWarnings("resource") // It is left to the end of the process.
        var window = queue.window(WINDOW);
        window.get();
        return window.get();
    }

    // Kills.

    @Test
    void aProducerThatIsKilledLosesItsLastPutsAtMost() throws Exception {
        Queue<Integer> queue = run.queue();
        SimpleQueue<Integer> progress = run.simpleQueue();
        var producer = run.process(WindowIT::producesForEver, queue, progress).start();
        int told = progress.get(LONG);
        test.kill(producer);

        for (Integer later = next(progress); later != null; later = next(progress)) {
            told = later;
        }
        int count = queue.size();
        assertThat(count).as("what was put before it was killed, but for its window").isGreaterThanOrEqualTo(told - WINDOW);
        for (int i = 0; i < count; i++) {
            assertThat(queue.get()).isEqualTo(i);
        }
    }

    private static Integer next(SimpleQueue<Integer> queue) throws InterruptedException {
        try {
            return queue.get(java.time.Duration.ZERO);
        } catch (EmptyException none) {
            return null;
        }
    }

    /** Says now and then how many it has put. */
    private static void producesForEver(SimpleQueue<Integer> queue, SimpleQueue<Integer> progress) throws InterruptedException {
        try (var window = queue.window(WINDOW)) {
            for (int i = 0; ; i++) {
                window.put(i);
                if (i % 1000 == 999) {
                    progress.put(i + 1);
                }
            }
        }
    }

    @Test
    void whatAConsumerHadThatIsKilledComesBackAndOnlyTheLastOfItIsGivenTwice() throws Exception {
        Queue<Integer> queue = run.queue();
        for (int i = 0; i < 500; i++) {
            queue.put(i);
        }
        Queue<Integer> consumed = run.queue();
        var consumer = run.process(WindowIT::passesOn, queue, consumed).start();
        for (int i = 0; i < 120; i++) {
            assertThat(consumed.get(LONG)).isEqualTo(i);
        }
        test.kill(consumer);

        int passedOn = 120 + consumed.size();
        var rest = new ArrayList<Integer>();
        for (Integer one = next(queue); one != null; one = next(queue)) {
            rest.add(one);
        }
        assertThat(rest).isSorted().endsWith(499);
        assertThat(rest.getFirst()).as("nothing is lost").isLessThanOrEqualTo(passedOn + 1);
        assertThat(rest.getFirst()).as("no more than the window is given twice").isGreaterThanOrEqualTo(passedOn - WINDOW);
        var all = new TreeSet<>(numbers(0, passedOn));
        all.addAll(rest);
        assertThat(all).hasSize(500);
    }

    private static void passesOn(SimpleQueue<Integer> queue, SimpleQueue<Integer> consumed) throws InterruptedException {
        try (var window = queue.window(WINDOW)) {
            while (true) {
                consumed.put(window.get());
            }
        }
    }

    @Test
    void whatWasHandedToTheKeeperStaysThoughItsProducerIsKilled() throws Exception {
        Queue<Integer> queue = run.queue(2);
        Event put = run.event();
        Lock never = run.lock();
        try (var held = never.acquire()) {
            var producer = run.process(WindowIT::putsAndWaits, queue, put, never).start();
            put.await();
            test.kill(producer);
            for (int i = 0; i < 10; i++) {
                assertThat(queue.get(LONG)).isEqualTo(i);
            }
        }
    }

    private static void putsAndWaits(Queue<Integer> queue, Event put, Lock never) throws InterruptedException {
        try (var window = queue.window(WINDOW)) {
            for (int i = 0; i < 10; i++) {
                window.put(i);
            }
        }
        put.set();
        never.acquire();
    }

    // Joinable ones.

    @Test
    void whatAKilledWorkerHadNotDoneComesBackThroughWindowsToo() throws Exception {
        procession.JoinableQueue<Integer> queue = run.joinableQueue();
        for (int i = 0; i < 20; i++) {
            queue.put(i);
        }
        SimpleQueue<Integer> done = run.simpleQueue();
        Lock never = run.lock();
        try (var held = never.acquire()) {
            var worker = run.process(WindowIT::doesTenGetsTwelve, queue, done, never).start();
            assertThat(done.get(LONG)).isEqualTo(10);
            test.kill(worker);
        }
        var redeliveries = new HashMap<Integer, Integer>();
        for (int i = 0; i < 10; i++) {
            var delivery = queue.getDelivery(LONG);
            redeliveries.put(delivery.item(), delivery.redeliveries());
            delivery.done();
        }
        queue.join(LONG);
        assertThat(redeliveries.keySet()).containsExactlyInAnyOrderElementsOf(numbers(10, 20));
        assertThat(redeliveries).containsEntry(10, 1).containsEntry(11, 1);
    }

    private static void doesTenGetsTwelve(procession.JoinableQueue<Integer> queue, SimpleQueue<Integer> done, Lock never)
            throws InterruptedException {
        try (var window = queue.window(WINDOW)) {
            for (int i = 0; i < 10; i++) {
                window.get();
                queue.taskDone();
            }
            window.get();
            window.get();
            done.put(10);
            never.acquire();
        }
    }
}
