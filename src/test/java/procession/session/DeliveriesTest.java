package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.DeadLetter;
import procession.DecodingException;
import procession.Delivery;
import procession.EmptyException;
import procession.EncodingException;
import procession.JoinableQueue;
import procession.Predecessor;
import procession.Row;
import procession.ShutDownException;
import procession.TimedOutException;

/** Items with a name, in one process. */
class DeliveriesTest extends OneProcess {

    private final JoinableQueue<Object> queue = run.joinableQueue();

    private long unfinished() throws InterruptedException {
        return queue.inspect().count("unfinished");
    }

    @Test
    @Row("G15")
    void theDeliveryThatSaysSoIsDoneAndNotTheOldest() throws Exception {
        queue.put("first");
        queue.put("second");
        var first = queue.getDelivery();
        var second = queue.getDelivery(LONG);
        assertThat(second.item()).isEqualTo("second");
        assertThat(second.redeliveries()).isZero();

        second.done();

        assertThat(unfinished()).isEqualTo(1);
        first.done();
        queue.join(Duration.ZERO);
    }

    @Test
    @Row({"G15", "JQ-03"})
    void aDeliveryIsDoneOnce() throws Exception {
        queue.put("one");
        queue.put("other");
        var one = queue.getDelivery();
        queue.getDelivery();
        one.done();

        refused(queue, one::done).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("That item is not this process's to finish: it is done already; nothing was counted.");
        assertThat(one.doneAsync()).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(IllegalStateException.class);
        assertThat(unfinished()).isEqualTo(1);
    }

    @Test
    void taskDoneFinishesWhatADeliveryHasNotFinished() throws Exception {
        queue.put("first");
        queue.put("second");
        queue.getDelivery().done();
        var second = queue.getDeliveryAsync().get(10, TimeUnit.SECONDS);

        queue.taskDone();

        queue.join(Duration.ZERO);
        refused(queue, second::done).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Row("JQ-05")
    void anotherThreadOfItsProcessFinishesItToo() throws Exception {
        queue.put("item");
        var delivery = queue.getDelivery();

        Elsewhere.call(() -> delivery.doneAsync().get(10, TimeUnit.SECONDS)).result();

        queue.join(Duration.ZERO);
    }

    @Test
    void whereThereIsNothingThereIsNoDelivery() throws Exception {
        assertThatThrownBy(() -> queue.getDelivery(SHORT)).isInstanceOf(EmptyException.class);
        assertThatThrownBy(() -> queue.getDelivery(Duration.ZERO)).isInstanceOf(EmptyException.class);
        queue.shutdown();
        assertThatThrownBy(queue::getDelivery).isInstanceOf(ShutDownException.class);
        assertThat(queue.getDeliveryAsync()).failsWithin(LONG);
    }

    @Test
    void whatCannotBeRebuiltStaysUnfinished() throws Exception {
        queue.put(Things.poison());
        assertThatThrownBy(queue::getDelivery).isInstanceOf(DecodingException.class);
        assertThat(unfinished()).isEqualTo(1);

        queue.taskDone();

        queue.join(Duration.ZERO);
    }

    @Test
    void aDeliveryDoesNotTravel() throws Exception {
        queue.put("item");
        Delivery<Object> delivery = queue.getDelivery();

        assertThatThrownBy(() -> queue.put(delivery)).isInstanceOf(EncodingException.class);
        assertThat(delivery).hasToString("Delivery[item]");
    }

    @Test
    @Row({"JQ-12", "G15", "G30"})
    void whoJoinsForALimitedTimeIsToldWhoStillOwesWhat() throws Exception {
        queue.put("got");
        queue.put("not got");
        queue.get();

        assertThatThrownBy(() -> queue.join(SHORT)).isInstanceOf(TimedOutException.class).message()
                .matches("Joinable queue .* was not done within 0\\.02 s\\. 2 of its items are not done: 1 still in the queue,"
                        + " 1 with MainProcess \\(pid \\d+\\) for \\d\\.\\d s\\.");
        assertThat(queue.joinAsync(SHORT)).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(TimedOutException.class);
    }

    @Test
    void withoutDeathsThereAreNoDeadLetters() throws Exception {
        assertThat(queue.deadLetters()).isEmpty();
        assertThat(queue.inspect().count("dead-letters")).isZero();
    }

    @Test
    void whatIsNoLetterOfTheQueueIsRefused() throws Exception {
        refused(queue, () -> queue.removeDeadLetter(new Forged())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A forged letter is no dead letter of joinable queue ");
    }

    private static final class Forged implements DeadLetter<Object> {
        @Override
        public Object item() {
            return null;
        }

        @Override
        public int deliveries() {
            return 1;
        }

        @Override
        public Predecessor last() {
            return new Predecessor("nobody", "returned");
        }

        @Override
        public String toString() {
            return "A forged letter";
        }
    }
}
