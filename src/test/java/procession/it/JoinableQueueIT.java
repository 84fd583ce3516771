package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.EncodingException;
import procession.Event;
import procession.FullException;
import procession.JoinableQueue;
import procession.TimedOutException;

/** A queue that counts what is done, among real processes. */
class JoinableQueueIT extends OneRun {

    @Test
    void whatNeverHadAnItemIsDone() throws Exception {
        var queue = run.joinableQueue();

        queue.join();
        queue.join(Duration.ZERO);
    }

    @Test
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
    void anItemThatNobodyGotCannotBeDone() throws Exception {
        JoinableQueue<String> queue = run.joinableQueue("jobs");
        queue.put("work");

        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.join(SHORT)).isInstanceOf(TimedOutException.class)
                .hasMessage("Joinable queue 'jobs' was not done within 0.1 s. 1 of its items are not done: 1 still in the queue.");
    }

    @Test
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

    @Test
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
