package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import procession.Connection;
import procession.EndOfStreamException;
import procession.Event;
import procession.Outcome;
import procession.Procession;
import procession.Queue;
import procession.Row;
import procession.SimpleQueue;
import procession.Waitable;

/** Waiting on many things among real processes. */
class WaitAnyIT extends OneRun {

    private static final int EACH = 10;

    private static void sends(Connection end, int from, SimpleQueue<Integer> pace) throws InterruptedException {
        for (int i = 0; i < EACH; i++) {
            pace.get();
            end.send(from + i);
        }
    }

    private static void puts(SimpleQueue<Integer> queue, int item) throws InterruptedException {
        queue.put(item);
    }

    private static void waitsFor(Event event) throws InterruptedException {
        event.await();
    }

    /** Slow are those of whom so few may send before the message before has been received. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4 * EACH})
    @Row("WAIT-01")
    void fourReadersFedByFourProcessesGetEveryMessageOnceAndTheLoopEnds(int atOnce) throws Exception {
        var open = new ArrayList<Connection>();
        var pace = run.<Integer>simpleQueue();
        for (int i = 0; i < atOnce; i++) {
            pace.put(i);
        }
        for (int i = 0; i < 4; i++) {
            var pipe = run.oneWayPipe();
            run.process(WaitAnyIT::sends, pipe.second(), i * EACH, pace).start();
            pipe.second().close();
            open.add(pipe.first());
        }

        var messages = new ArrayList<Integer>();
        while (!open.isEmpty()) {
            for (var ready : Procession.waitAny(open)) {
                try {
                    messages.add(ready.receive(Integer.class));
                    pace.put(messages.size());
                } catch (EndOfStreamException end) {
                    open.remove(ready);
                    ready.close();
                }
            }
        }

        assertThat(messages).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 4 * EACH).boxed().toList());
    }

    @Test
    @Row("WAIT-03")
    void queuesThatProcessesHavePutIntoComeInTheOrderGiven() throws Exception {
        var queues = List.of(run.<Integer>queue(), run.<Integer>queue(), run.<Integer>queue());
        run.process(WaitAnyIT::puts, (SimpleQueue<Integer>) queues.get(2), 2).start().join();
        run.process(WaitAnyIT::puts, (SimpleQueue<Integer>) queues.get(0), 0).start().join();

        assertThat(Procession.waitAny(LONG, queues)).containsExactly(queues.get(0), queues.get(2));
        assertThat(Procession.waitAny(LONG, queues)).containsExactly(queues.get(0), queues.get(2));
        assertThat(queues.get(2).getNow()).isEqualTo(2);
        assertThat(Procession.waitAny(LONG, queues)).containsExactly(queues.get(0));
    }

    @Test
    @Row("WAIT-04")
    void theEndOfAChildIsSeenAloneAndThenTogetherWithAMessage() throws Exception {
        var pipe = run.pipe();
        var go = run.event();
        var child = run.process(WaitAnyIT::waitsFor, go).name("child").start();
        var other = run.process(WaitAnyIT::waitsFor, run.event()).name("other").start();
        var all = List.<Waitable>of(pipe.first(), other, child);
        assertThat(Procession.waitAny(SHORT, all)).isEmpty();

        go.set();

        assertThat(Procession.waitAny(all)).containsExactly(child);
        assertThat(child.outcome()).hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Returned.class));
        pipe.second().send("now");
        assertThat(Procession.waitAny(all)).containsExactly(pipe.first(), child);
        assertThat(Procession.waitAny(LONG, child)).as("as often as it is asked").containsExactly(child);
        assertThat(pipe.first().inspect().waiters()).isEmpty();
        pipe.close();
    }

    @Test
    @Row({"WAIT-05", "WAIT-04", "K3"})
    void aPeerThatIsKilledMakesItsConnectionReadyAndItselfAsWell() throws Exception {
        var never = run.event();
        var pipe = run.oneWayPipe();
        var quiet = run.oneWayPipe();
        var child = run.process(WaitAnyIT::holds, pipe.second(), never).name("holder").start();
        pipe.second().close();
        test.awaitWaiting("holder");
        assertThat(Procession.<Waitable>waitAny(Duration.ZERO, quiet.first(), pipe.first(), child)).isEmpty();

        test.kill(child);

        var seen = new HashSet<Waitable>();
        while (seen.size() < 2) {
            seen.addAll(Procession.<Waitable>waitAny(quiet.first(), pipe.first(), child));
        }
        assertThat(seen).containsExactlyInAnyOrder(pipe.first(), child);
        assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EndOfStreamException.class);
        pipe.close();
        quiet.close();
    }

    private static void holds(Connection end, Event never) throws InterruptedException {
        never.await();
        end.close();
    }

    @Test
    @Row("WAIT-05")
    void theDeathOfTheLastProducerMakesAQueueReady() throws Exception {
        var queue = run.<Integer>queue();
        var producer = run.process(WaitAnyIT::waitsFor, run.event()).name("producer").start();
        queue.closeWhenProducersGone(producer);
        test.awaitWaiting("producer");
        var ready = Procession.waitAnyAsync(List.of(queue));

        test.kill(producer);

        assertThat(ready.get(20, TimeUnit.SECONDS)).containsExactly(queue);
        assertThat(queue.isShutDown()).isTrue();
    }

    @Test
    void anItemThatComesBackFromAKilledConsumerIsSeen() throws Exception {
        var tasks = run.<Integer>joinableQueue();
        var never = run.event();
        tasks.put(1);
        var consumer = run.process(WaitAnyIT::gets, (SimpleQueue<Integer>) tasks, never).name("consumer").start();
        test.awaitWaiting("consumer");
        var ready = Procession.waitAnyAsync(List.of(tasks));

        test.kill(consumer);

        assertThat(ready.get(20, TimeUnit.SECONDS)).containsExactly(tasks);
        assertThat(tasks.getNow()).isEqualTo(1);
    }

    private static void gets(SimpleQueue<Integer> queue, Event never) throws InterruptedException {
        queue.get();
        never.await();
    }

    @Test
    @Row({"WAIT-01", "WAIT-04", "WAIT-06"})
    void aChildWaitsOnWhatItWasGivenAndOnItsOwnChildrenOnly() throws Exception {
        var queue = run.<Integer>queue();
        var event = run.event();
        var waiter = run.process(WaitAnyIT::waitsInAChild, queue, event).name("waiter").start();
        test.awaitWaiting("waiter");

        queue.put(7);

        assertThat(waiter.join().value()).isEqualTo("[queue] [grandchild] refused");
    }

    private static String waitsInAChild(Queue<Integer> queue, Event event) throws InterruptedException {
        var told = new StringBuilder();
        told.append(Procession.<Waitable>waitAny(event, queue).equals(List.of(queue)) ? "[queue] " : "[?] ");
        queue.get();
        var own = Procession.current().process().start();
        told.append(Procession.<Waitable>waitAny(event, queue, own).equals(List.of(own)) ? "[grandchild] " : "[?] ");
        try {
            Procession.waitAny(Procession.parentProcess().orElseThrow());
        } catch (IllegalStateException refused) {
            told.append("refused");
        }
        return told.toString();
    }

    @Test
    void aWaiterThatIsKilledLeavesNothingBehind() throws Exception {
        var queue = run.<Integer>queue();
        var event = run.event();
        var waiter = run.process(WaitAnyIT::waitsInAChild, queue, event).name("waiter").start();
        test.awaitWaiting("waiter");

        test.kill(waiter);

        assertThat(Procession.<Waitable>waitAny(waiter)).containsExactly(waiter);
        assertThat(queue.inspect().waiters()).isEmpty();
        assertThat(event.inspect().waiters()).isEmpty();
    }
}
