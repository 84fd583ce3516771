package procession.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Event;
import procession.Process;
import procession.Procession;
import procession.Queue;
import procession.Row;

/** An event among real processes. */
class EventIT extends OneRun {

    @Test
    @Row({"EVENT-02", "K4"})
    void aWaitForWhatIsNotSetTimesOut() throws Exception {
        var event = run.event();
        long before = System.nanoTime();

        assertThat(event.isSet()).isFalse();
        assertThat(event.await(Duration.ZERO)).isFalse();
        assertThat(event.await(Duration.ofSeconds(-1))).isFalse();
        assertThat(event.await(SHORT)).isFalse();
        assertThat(System.nanoTime() - before).isGreaterThan(SHORT.toNanos());
    }

    @Test
    @Row({"EVENT-03", "K4"})
    void aWaitForWhatIsSetReturnsAtOnce() throws Exception {
        var event = run.event();

        event.set();
        event.set();

        assertThat(event.isSet()).isTrue();
        event.await();
        assertThat(event.await(Duration.ZERO)).isTrue();
        assertThat(event.await(Duration.ofSeconds(-1))).isTrue();
    }

    @Test
    @Row("EVENT-08")
    void theFlagIsALevelAndNotALatch() throws Exception {
        var event = run.event();

        event.set();
        event.clear();

        assertThat(event.isSet()).isFalse();
        assertThat(event.await(SHORT)).isFalse();
    }

    @Test
    @Row({"EVENT-05", "EVENT-06"})
    void whoWaitsIsWokenByASetOfAnotherProcess() throws Exception {
        var event = run.event();
        var child = run.process(EventIT::sets, event).start();

        assertThat(event.await(LONG)).isTrue();
        assertThat(child.join().exitCode()).isZero();
        assertThat(event.isSet()).isTrue();
    }

    private static void sets(Event event) throws InterruptedException {
        event.set();
    }

    @Test
    @Row({"EVENT-07", "G05"})
    void oneSetWakesAllWhoWereWaitingAlsoIfItIsClearedAtOnce() throws Exception {
        var event = run.event();
        var children = new ArrayList<Process>();
        for (var name : List.of("a", "b", "c")) {
            children.add(run.process(EventIT::waits, event).name(name).start());
            test.awaitWaiting(name);
        }

        event.set();
        event.clear();

        for (var child : children) {
            assertThat(child.join().value()).isEqualTo(true);
        }
        assertThat(event.isSet()).isFalse();
    }

    private static boolean waits(Event event) throws InterruptedException {
        return event.await(LONG);
    }

    @Test
    @Row({"EVENT-10", "K1"})
    void itOutlivesTheProcessThatMadeIt() throws Exception {
        Queue<Event> made = run.queue();
        var maker = run.process(EventIT::makes, made).name("maker").start();
        var event = made.get(LONG);
        var waiter = run.process(EventIT::waits, event).name("waiter").start();
        test.awaitWaiting("waiter");

        test.kill(maker);
        event.set();

        assertThat(waiter.join().value()).isEqualTo(true);
    }

    private static void makes(Queue<Event> made) throws InterruptedException {
        var event = Procession.current().event();
        made.put(event);
        event.await();
    }

    @Test
    @Row({"EVENT-12", "EVENT-13", "G04"})
    void theDeathOfAWaiterSpoilsNothing() throws Exception {
        var event = run.event();
        var doomed = run.process(EventIT::waits, event).name("doomed").start();
        test.awaitWaiting("doomed");

        test.kill(doomed);

        assertThat(event.await(SHORT)).isFalse();
        event.set();
        assertThat(event.isSet()).isTrue();
        event.clear();
        assertThat(event.isSet()).isFalse();
    }

    @Test
    @Row({"G04", "G05"})
    void aPausedWaiterHoldsUpNobodyAndIsWokenWhenItGoesOn() throws Exception {
        var event = run.event();
        var paused = run.process(EventIT::waits, event).name("paused").start();
        test.awaitWaiting("paused");
        test.pause(paused);

        event.set();
        event.clear();
        test.resume(paused);

        assertThat(paused.join().value()).isEqualTo(true);
    }

    @Test
    void aNamedEventIsFoundByAChild() throws Exception {
        var event = run.event("start");

        run.process(EventIT::setsByName).start();

        assertThat(event.await(LONG)).isTrue();
        assertThatThrownBy(() -> run.lock("start")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'start' is an event, not a lock.");
    }

    private static void setsByName() throws InterruptedException {
        Procession.current().event("start").set();
    }

    @Test
    void futuresTellTheSame() throws Exception {
        var event = run.event();
        var waiting = event.awaitAsync();
        var late = event.awaitAsync(SHORT);

        assertThat(late.get(5, TimeUnit.SECONDS)).isFalse();
        event.setAsync().get(5, TimeUnit.SECONDS);
        waiting.get(5, TimeUnit.SECONDS);
        assertThat(event.isSetAsync().get(5, TimeUnit.SECONDS)).isTrue();
        event.clearAsync().get(5, TimeUnit.SECONDS);
        assertThat(event.isSet()).isFalse();
    }

    @Test
    void whatIsReleasedAndThenSetIsSeenInThatOrder() throws Exception {
        var lock = run.lock();
        var event = run.event();
        run.process(EventIT::releasesThenSets, lock, event).start();

        assertThat(event.await(LONG)).isTrue();
        assertThat(lock.tryAcquire()).isPresent();
    }

    private static void releasesThenSets(procession.Lock lock, Event event) throws InterruptedException {
        lock.acquire().release();
        var grant = lock.acquire();
        grant.release();
        event.set();
        event.clear();
        event.await(SHORT);
        event.set();
    }
}
