package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.EncodingException;
import procession.Event;
import procession.FullException;
import procession.JoinableQueue;
import procession.Process;
import procession.Queue;
import procession.Row;
import procession.TimedOutException;

/** A queue that counts what is done, among real processes. */
class JoinableQueueIT extends OneRun {

    @Test
    @Row("JQ-01")
    void whatNeverHadAnItemIsDone() throws Exception {
        var queue = run.joinableQueue();

        queue.join();
        queue.join(Duration.ZERO);
    }

    @Test
    @Row("JQ-03")
    void oneItemIsDoneOnce() throws Exception {
        JoinableQueue<String> queue = run.joinableQueue();
        queue.put("work");
        queue.get();

        queue.taskDone();

        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("taskDone() was called more often than this process got items");
        queue.join();
    }

    @Test
    @Row({"JQ-06", "JQ-12", "G15"})
    void anItemThatNobodyGotCannotBeDone() throws Exception {
        JoinableQueue<String> queue = run.joinableQueue("jobs");
        queue.put("work");

        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.join(SHORT)).isInstanceOf(TimedOutException.class)
                .hasMessage("Joinable queue 'jobs' was not done within 0.1 s. 1 of its items are not done: 1 still in the queue.");
    }

    @Test
    @Row({"JQ-10", "JQ-11", "G15"})
    void anItemThatWasRefusedDoesNotCount() throws Exception {
        JoinableQueue<Object> queue = run.joinableQueue(1);
        queue.put("work");
        assertThatThrownBy(() -> queue.putNow("too much")).isInstanceOf(FullException.class);
        queue.get();
        assertThatThrownBy(() -> queue.putNow(new Thread())).isInstanceOf(EncodingException.class);

        queue.taskDone();

        queue.join(Duration.ZERO);
        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Row("JQ-04")
    void joinReturnsWhenTheLastOfTenItemsIsDoneByAnyWorker() throws Exception {
        JoinableQueue<Integer> queue = run.joinableQueue();
        var workers = List.of(run.process(JoinableQueueIT::works, queue).start(), run.process(JoinableQueueIT::works, queue).start());
        for (int i = 0; i < 10; i++) {
            queue.put(i);
        }

        queue.join(LONG);
        assertThat(queue.isEmpty()).isTrue();
        queue.put(null);
        queue.put(null);

        int done = 0;
        for (var worker : workers) {
            done += (int) worker.join().value();
        }
        assertThat(done).isEqualTo(10);
    }

    private static int works(JoinableQueue<Integer> queue) throws InterruptedException {
        int done = 0;
        while (queue.get() != null) {
            queue.taskDone();
            done++;
        }
        return done;
    }

    @Test
    @Row({"JQ-05", "JQ-12", "G15"})
    void joinWaitsForWhatIsGotAndNotDoneAndSaysWhoHasIt() throws Exception {
        JoinableQueue<String> queue = run.joinableQueue();
        var mayFinish = run.event();
        queue.put("work");
        run.process(JoinableQueueIT::getsAndFinishesWhenTold, queue, mayFinish).name("worker").start();
        test.awaitWaiting("worker");

        assertThatThrownBy(() -> queue.join(SHORT)).isInstanceOf(TimedOutException.class).hasMessageContaining("1 with worker (pid ");
        mayFinish.set();

        queue.join(LONG);
    }

    private static void getsAndFinishesWhenTold(JoinableQueue<String> queue, Event mayFinish) throws InterruptedException {
        queue.get();
        mayFinish.await();
        queue.taskDone();
    }

    @Test
    @Row("JQ-07")
    void theLastItemReleasesAllWhoJoin() throws Exception {
        JoinableQueue<String> queue = run.joinableQueue();
        queue.put("work");
        var joiners = List.of(run.process(JoinableQueueIT::joins, queue).name("a").start(),
                run.process(JoinableQueueIT::joins, queue).name("b").start());
        test.awaitWaiting("a");
        test.awaitWaiting("b");
        var here = queue.joinAsync();

        queue.get();
        queue.taskDone();

        here.get(5, TimeUnit.SECONDS);
        for (var joiner : joiners) {
            assertThat(joiner.join().value()).isEqualTo("all done");
        }
    }

    private static String joins(JoinableQueue<String> queue) throws InterruptedException {
        queue.join();
        return "all done";
    }

    @Test
    @Row({"JQ-08", "G15"})
    void whatADeadWorkerHadNotDoneGoesToTheNextInItsOldPlace() throws Exception {
        JoinableQueue<String> queue = run.joinableQueue();
        queue.put("first");
        queue.put("second");
        var worker = run.process(JoinableQueueIT::getsAndFinishesWhenTold, queue, run.event()).name("worker").start();
        test.awaitWaiting("worker");

        test.kill(worker);

        assertThat(List.of(queue.getNow(), queue.getNow())).containsExactly("first", "second");
        queue.taskDone();
        queue.taskDone();
        queue.join(Duration.ZERO);
    }

    /** How a worker ends with an item in its hands. */
    private enum End { RETURNS, THROWS, EXITS, IS_KILLED }

    @Test
    @Row({"JQ-08", "G15"})
    void anItemThatEndsEveryWorkerHoweverTheyEndBecomesADeadLetterAndCountsAsDone() throws Exception {
        JoinableQueue<String> queue = run.joinableQueue("deadly");
        JoinableQueue<String> other = run.joinableQueue();
        Queue<Integer> seen = run.queue();
        var workers = new ArrayList<Process>();
        for (var end : End.values()) {
            workers.add(run.process(JoinableQueueIT::getsAndEnds, seen, end).name(end.name()).start());
        }

        try (var captured = new Captured()) {
            queue.put("work");
            queue.join(LONG);
        }

        assertThat(List.of(seen.getNow(), seen.getNow(), seen.getNow(), seen.getNow())).containsExactly(0, 1, 2, 3);
        var letter = queue.deadLetters().getFirst();
        assertThat(letter.item()).isEqualTo("work");
        assertThat(letter.deliveries()).isEqualTo(4);
        assertThat(workers).extracting(Process::name).contains(letter.last().process());
        assertThatThrownBy(() -> other.removeDeadLetter(letter)).isInstanceOf(IllegalArgumentException.class);
        assertThat(queue.removeDeadLetter(letter)).isTrue();
        assertThat(queue.removeDeadLetter(letter)).isFalse();
        assertThat(queue.deadLetters()).isEmpty();
    }

    private static void getsAndEnds(Queue<Integer> seen, End end) throws Exception {
        var delivery = procession.Procession.current().<String>joinableQueue("deadly").getDelivery();
        seen.put(delivery.redeliveries());
        switch (end) {
            case RETURNS -> { }
            case THROWS -> throw new IllegalStateException("cannot be done");
            case EXITS -> System.exit(5);
            case IS_KILLED -> {
                new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid())).start().waitFor();
                Thread.sleep(LONG);
            }
        }
    }

    @Test
    @Row({"JQ-09", "G04"})
    void theDeathOfAJoinerSpoilsNothing() throws Exception {
        JoinableQueue<String> queue = run.joinableQueue();
        queue.put("work");
        var joiner = run.process(JoinableQueueIT::joins, queue).name("joiner").start();
        test.awaitWaiting("joiner");

        test.kill(joiner);
        queue.get();
        queue.taskDone();

        queue.join(Duration.ZERO);
    }

    @Test
    void aPausedWorkerKeepsItsItem() throws Exception {
        JoinableQueue<String> queue = run.joinableQueue();
        var mayFinish = run.event();
        queue.put("work");
        var worker = run.process(JoinableQueueIT::getsAndFinishesWhenTold, queue, mayFinish).name("worker").start();
        test.awaitWaiting("worker");
        test.pause(worker);

        mayFinish.set();
        assertThatThrownBy(() -> queue.join(Duration.ofSeconds(2))).isInstanceOf(TimedOutException.class);
        test.resume(worker);

        queue.join(LONG);
        assertThat(worker.join().exitCode()).isZero();
    }

    @Test
    void aNamedOneIsFoundByAChild() throws Exception {
        JoinableQueue<Integer> queue = run.joinableQueue("shop");
        queue.put(1);
        queue.put(null);

        assertThat(run.process(JoinableQueueIT::worksByName).start().join().value()).isEqualTo(1);
    }

    private static int worksByName() throws InterruptedException {
        return works(procession.Procession.current().joinableQueue("shop"));
    }
}
