package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Counter;

/** A counter in one process. */
class CounterTest extends OneProcess {

    @Test
    void itIsWhatWasAddedAndSet() throws Exception {
        var counter = run.counter(5);

        assertThat(counter.add(3)).isEqualTo(8);
        assertThat(counter.increment()).isEqualTo(9);
        assertThat(counter.decrement()).isEqualTo(8);
        assertThat(counter.getAndSet(-2)).isEqualTo(8);
        assertThat(counter.compareAndSet(7, 1)).isFalse();
        assertThat(counter.get()).isEqualTo(-2);
        assertThat(counter.compareAndSet(-2, Long.MIN_VALUE)).isTrue();
        assertThat(counter.get()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aSumBeyondTheRangeIsRefusedAndNothingIsAdded() throws Exception {
        var counter = run.counter("full counter", Long.MAX_VALUE);

        refused(counter, counter::increment).isInstanceOf(ArithmeticException.class).hasMessage("Counter 'full counter': It is"
                + " 9223372036854775807; with 1 added it would be beyond the range of a long. Nothing was added.");
        assertThat(counter.addAsync(-1).get(10, TimeUnit.SECONDS)).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void whatSeveralThreadsAddIsThere() throws Exception {
        var counter = run.counter();
        var adds = new ArrayList<Callable<Void>>();
        for (int thread = 0; thread < 4; thread++) {
            adds.add(() -> {
                for (int i = 0; i < 250; i++) {
                    counter.increment();
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var added : threads.invokeAll(adds)) {
                added.get();
            }
        }
        assertThat(counter.get()).isEqualTo(1000);
    }

    @Test
    void whoWaitsForACountIsWokenByItWhateverFollows() throws Exception {
        var counter = run.counter();
        var waits = counter.awaitAtLeastAsync(3);
        assertThat(counter.awaitAtLeast(1, Duration.ZERO)).isFalse();
        assertThat(counter.awaitAtLeast(1, SHORT)).isFalse();
        counter.add(2);
        assertThat(waits).isNotDone();

        counter.add(1);
        counter.set(0);

        waits.get(10, TimeUnit.SECONDS);
        counter.awaitAtLeast(0);
        assertThat(counter.awaitAtLeast(-1, BEFORE_NOW)).isTrue();
    }

    @Test
    void aNameFindsWhatWasMadeUnderItAndMakesNothing() throws Exception {
        var made = run.counter("tickets", 7);
        made.add(1);

        assertThat(run.counter("tickets").get()).isEqualTo(8);
        assertThat(run.counter("tickets", 7)).isEqualTo(made);
        assertThatThrownBy(() -> run.counter("tickets", 6)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'tickets' is a counter from 7, not a counter from 6.");
        assertThatThrownBy(() -> run.counter("nothing")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no counter named 'nothing'; give its first value to make one.");
    }

    @Test
    void anActorCountsInTheOrderOfItsCommands() throws Exception {
        var counter = run.counter();
        try (var a = new Asker<Counter.Reply>(run)) {
            counter.ref().tell(new Counter.Add(2, a.ref()));
            counter.ref().tell(new Counter.Get(a.ref()));
            counter.ref().tell(new Counter.CompareAndSet(1, 5, a.ref()));
            counter.ref().tell(new Counter.Set(Long.MAX_VALUE, a.ref()));
            counter.ref().tell(new Counter.Add(1, a.ref()));
            counter.ref().tell(new Counter.Set(0, a.ref()));
            counter.ref().tell(new Counter.AwaitAtLeast(1, Optional.of(Duration.ZERO), a.ref()));
            counter.ref().tell(new Counter.AwaitAtLeast(1, Optional.empty(), a.ref()));

            assertThat(a.next()).isEqualTo(new Counter.Value(2));
            assertThat(a.next()).isEqualTo(new Counter.Value(2));
            assertThat(a.next()).isEqualTo(new Counter.Compared(false, 2));
            assertThat(a.next()).isEqualTo(new Counter.Value(2));
            assertThat(a.next(Counter.Refused.class).code()).isEqualTo("overflow");
            assertThat(a.next()).isEqualTo(new Counter.Value(Long.MAX_VALUE));
            assertThat(a.next(Counter.TimedOut.class).message()).endsWith("It is 0.");
            await().until(() -> counter.inspect().waiters().size() == 1);
            counter.add(4);
            assertThat(a.next()).isEqualTo(new Counter.Value(4));
        }
    }
}
