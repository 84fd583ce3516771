package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import procession.Barrier;
import procession.BoundedSemaphore;
import procession.Condition;
import procession.CountDownLatch;
import procession.Event;
import procession.Procession;
import procession.Queue;
import procession.RLock;
import procession.ReadWriteLock;
import procession.Row;
import procession.Semaphore;
import procession.ShutDownException;
import procession.SimpleQueue;

/** How the rest of the vocabulary travels, counts and ends among real processes. */
class VocabularyIT extends OneRun {

    /** One of each kind. */
    private record Vocabulary(RLock rlock, Condition condition, BoundedSemaphore bounded, Semaphore unowned, Barrier barrier,
            CountDownLatch latch, ReadWriteLock pages, SimpleQueue<String> results) {}

    @Test
    @Row({"G24", "SQ-01"})
    void everyKindTravelsInAMessageAndWorksWhereItArrives() throws Exception {
        var semaphore = run.semaphore(1);
        var rlock = run.rlock();
        var all = new Vocabulary(rlock, rlock.newCondition(), run.boundedSemaphore(1), semaphore.unowned(), run.barrier(1),
                run.countDownLatch(1), run.readWriteLock(), run.simpleQueue());
        Queue<Vocabulary> sent = run.queue();
        var child = run.process(VocabularyIT::usesEverything, sent).name("user").start();
        assertThat(all.results().isEmpty()).isTrue();

        sent.put(all);

        assertThat(child.join().value()).isEqualTo(all);
        assertThat(all.results().isEmpty()).isFalse();
        assertThat(all.results().get()).isEqualTo("held 2 times, not signalled");
        assertThat(all.results().get()).isEqualTo("passed as 0");
        assertThat(all.results().isEmpty()).isTrue();
        assertThat(all.bounded().value()).as("came back").isEqualTo(1);
        assertThat(all.latch().await(SHORT)).isTrue();
        assertThat(all.pages().readLock().acquire(LONG).abandoned()).as("who ended writing").isPresent();
        assertThat(semaphore.value()).as("did not come back").isZero();
    }

    private static Vocabulary usesEverything(Queue<Vocabulary> sent) throws InterruptedException {
        var all = sent.get();
        try (var outer = all.rlock().acquire(); var inner = all.rlock().acquire()) {
            boolean signalled = all.condition().await(SHORT);
            all.results().put("held " + all.rlock().inspect().holders().getFirst().units() + " times, "
                    + (signalled ? "signalled" : "not signalled"));
        }
        all.bounded().acquire();
        all.unowned().acquire();
        all.results().put("passed as " + all.barrier().await());
        all.latch().countDown();
        all.pages().writeLock().acquire();
        return all;
    }

    @Test
    @Row({"BSEM-03", "G02"})
    void whoNeverAcquiredMayReleaseUpToTheBoundAndNoFurther() throws Exception {
        var semaphore = run.boundedSemaphore("lockers", 2);
        semaphore.acquire();

        assertThat(run.process(VocabularyIT::releasesTwice).start().join().value())
                .isEqualTo("Bounded semaphore 'lockers': The semaphore is bounded by 2 permits; it has 2, so 1 more were not added.");
        assertThat(semaphore.value()).isEqualTo(2);
    }

    private static String releasesTwice() {
        var semaphore = Procession.current().boundedSemaphore("lockers");
        semaphore.release();
        try {
            semaphore.release();
            return "added";
        } catch (IllegalStateException refused) {
            return refused.getMessage();
        }
    }

    @Test
    @Row({"SEM-09", "G01"})
    void whatATerminatedProcessOwesABoundedSemaphoreComesBackOnce() throws Exception {
        var semaphore = run.boundedSemaphore(3);
        var owing = run.process(VocabularyIT::takesTwo, semaphore, run.event()).name("owing").start();
        test.awaitWaiting("owing");
        semaphore.release();

        test.terminate(owing);

        assertThat(semaphore.value()).as("one was written off before").isEqualTo(3);
        assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
    }

    private static void takesTwo(BoundedSemaphore semaphore, Event never) throws InterruptedException {
        semaphore.acquire(2);
        never.await();
    }

    @Test
    @Row("G14")
    void aQueueShutsDownWithItsLastProducerAndNotWhenOneOnlyStandsStill() throws Exception {
        Queue<String> queue = run.queue();
        var steady = run.process(VocabularyIT::puts, queue, "steady").name("steady").start();
        var doomed = run.process(VocabularyIT::putsAndWaits, queue, run.event()).name("doomed").start();
        queue.closeWhenProducersGone(steady, doomed);
        steady.join();
        test.awaitWaiting("doomed");
        test.pause(doomed);
        assertThat(queue.isShutDown()).isFalse();

        test.kill(doomed);

        assertThat(queue.isShutDown()).isTrue();
        assertThat(java.util.List.of(queue.get(), queue.get())).containsExactlyInAnyOrder("steady", "doomed");
        assertThatThrownBy(queue::get).isInstanceOf(ShutDownException.class);
        assertThatThrownBy(() -> queue.put("late")).isInstanceOf(ShutDownException.class);
    }

    private static void puts(Queue<String> queue, String item) throws InterruptedException {
        queue.put(item);
    }

    private static void putsAndWaits(Queue<String> queue, Event never) throws InterruptedException {
        queue.put("doomed");
        never.await();
    }
}
