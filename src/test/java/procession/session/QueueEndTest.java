package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import procession.EmptyException;
import procession.EncodingException;
import procession.Procession;
import procession.Row;
import procession.ShutDownException;
import procession.SimpleQueue;

/** Simple queues, and how a queue of any kind ends, in one process. */
class QueueEndTest extends OneProcess {

    // Simple ones.

    @Test
    @Row("SQ-01")
    void whatIsPutIsGotInItsOrder() throws Exception {
        SimpleQueue<String> queue = run.simpleQueue();
        assertThat(queue.isEmpty()).isTrue();

        queue.put("first");
        queue.put(null);

        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.get()).isEqualTo("first");
        assertThat(queue.get()).isNull();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    @Row({"SQ-02", "G30"})
    void aSimpleQueueKnowsTimeOutsToo() throws Exception {
        SimpleQueue<String> queue = run.simpleQueue();

        assertThatThrownBy(() -> queue.get(SHORT)).isInstanceOf(EmptyException.class);
        assertThatThrownBy(() -> queue.get(Duration.ZERO)).isInstanceOf(EmptyException.class);
        queue.put("item", Duration.ZERO);
        assertThat(queue.get(BEFORE_NOW)).isEqualTo("item");
        assertThat(queue).isNotInstanceOf(procession.Queue.class);
    }

    @Test
    @Row("SQ-03")
    void whatCannotTravelIsRefusedInThePutAndTheQueueGoesOn() throws Exception {
        SimpleQueue<Object> queue = run.simpleQueue();

        refused(queue, () -> queue.put(new Thread())).isInstanceOf(EncodingException.class);

        queue.put("good");
        assertThat(queue.get()).isEqualTo("good");
    }

    @Test
    @Row("SQ-04")
    void aBigItemThatNobodyReadsHoldsUpNobody() throws Exception {
        SimpleQueue<byte[]> queue = run.simpleQueue();

        queue.put(new byte[1 << 20], LONG);

        assertThat(queue.get()).hasSize(1 << 20);
    }

    @Test
    void aNameIsThatOfASimpleQueueOrOfAnother() {
        run.simpleQueue("plain");

        assertThat(run.simpleQueue("plain")).isEqualTo(run.simpleQueue("plain"));
        assertThatThrownBy(() -> run.queue("plain")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'plain' is a simple queue, not a queue without a bound.");
    }

    // Shut down.

    private static List<SimpleQueue<String>> oneOfEach() {
        return List.of(run.simpleQueue(), run.queue(), run.joinableQueue());
    }

    @Test
    @Row({"G14", "QUEUE-21", "SQ-05"})
    void nothingMoreIsPutAndWhatIsThereIsGotAndThenEveryGetIsToldOfTheEnd() throws Exception {
        for (var queue : oneOfEach()) {
            queue.put("last");

            queue.shutdown();

            refused(queue, () -> queue.put("late")).isInstanceOf(ShutDownException.class)
                    .hasMessageContaining("The queue has been shut down; nothing was put.");
            refused(queue, () -> queue.put("late", Duration.ZERO)).isInstanceOf(ShutDownException.class);
            assertThat(queue.get()).isEqualTo("last");
            List<ThrowingCallable> gets = List.of(queue::get, queue::get, () -> queue.get(Duration.ZERO), () -> queue.get(LONG));
            for (var get : gets) {
                assertThatThrownBy(get).isInstanceOf(ShutDownException.class).hasMessageContaining("nothing is left to get");
            }
            assertThatThrownBy(() -> queue.getAsync().get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(ShutDownException.class);
            assertThatThrownBy(() -> queue.putAsync("late").get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(ShutDownException.class);
        }
    }

    @Test
    @Row({"QUEUE-21", "SQ-05"})
    void shuttingDownAgainIsHarmless() throws Exception {
        for (var queue : oneOfEach()) {
            queue.shutdown();

            assertThatCode(queue::shutdown).doesNotThrowAnyException();
            assertThat(queue.shutdownAsync()).succeedsWithin(LONG);
            assertThat(queue.isShutDown()).isTrue();
        }
    }

    @Test
    @Row("G14")
    void whoWaitsIsToldAtOnce() throws Exception {
        procession.Queue<String> full = run.queue(1);
        procession.Queue<String> empty = run.queue();
        full.put("only");
        var putting = Elsewhere.waits(full, () -> {
            full.put("too much");
            return "put";
        });
        var getting = Elsewhere.waits(empty, empty::get);
        var future = empty.getAsync();

        full.shutdown();
        empty.shutdown();

        assertThat(putting.error()).isInstanceOf(ShutDownException.class);
        assertThat(getting.error()).isInstanceOf(ShutDownException.class);
        assertThat(future).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(ShutDownException.class);
        assertThat(full.get()).isEqualTo("only");
    }

    @Test
    @Row({"QUEUE-23", "G14"})
    void howMuchThereIsIsStillTold() throws Exception {
        procession.Queue<String> queue = run.queue(1);
        assertThat(queue.isShutDown()).isFalse();
        queue.put("item");

        queue.shutdown();

        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.isFull()).isTrue();
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.isShutDown()).isTrue();
        queue.get();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    @Row("JQ-13")
    void whatIsUnfinishedIsDoneAndJoinedAsBefore() throws Exception {
        procession.JoinableQueue<String> queue = run.joinableQueue();
        queue.put("item");
        queue.get();
        queue.shutdown();
        var joining = Elsewhere.waits(queue, () -> {
            queue.join();
            return "joined";
        });

        queue.taskDone();

        assertThat(joining.result()).isEqualTo("joined");
    }

    // With its last producer.

    @Test
    void whoeverIsNoProducerOfThisProcessIsRefused() throws Exception {
        var queue = run.<String>queue("jobs");
        var idle = run.process().name("idle");

        refused(queue, queue::closeWhenProducersGone).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Nobody was named as a producer of queue 'jobs'; to end it now, shut it down.");
        refused(queue, () -> queue.closeWhenProducersGone(idle)).isInstanceOf(IllegalStateException.class)
                .hasMessage("Process idle has not been started; it cannot be named as a producer.");
        refused(queue, () -> queue.closeWhenProducersGone(Procession.currentProcess(), idle)).isInstanceOf(IllegalStateException.class);
        queue.put("open");
        assertThat(queue.get()).isEqualTo("open");
    }

    @Test
    void asLongAsThisProcessIsAProducerTheQueueIsOpen() throws Exception {
        var queue = run.<String>queue();

        queue.closeWhenProducersGone(Procession.currentProcess());

        assertThat(queue.isShutDown()).isFalse();
        queue.put("item");
        assertThat(queue.get()).isEqualTo("item");
    }
}
