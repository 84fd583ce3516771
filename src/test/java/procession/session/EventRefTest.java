package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import procession.Event;
import procession.Procession;

/** An event as actors use it. */
class EventRefTest {

    private static final Optional<Duration> FOR_EVER = Optional.empty();
    private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

    private static Procession run;

    @BeforeAll
    static void start() {
        run = Procession.start();
    }

    @AfterAll
    static void close() {
        run.close();
    }

    @Test
    void commandsAreAnsweredInTheirOrder() throws Exception {
        var event = run.event().ref();
        try (var a = new Asker<Event.Reply>(run)) {
            event.tell(new Event.IsSet(a.ref()));
            event.tell(new Event.Set(a.ref()));
            event.tell(new Event.IsSet(a.ref()));
            event.tell(new Event.Await(FOR_EVER, a.ref()));
            event.tell(new Event.Clear(a.ref()));
            event.tell(new Event.Await(AT_ONCE, a.ref()));

            assertThat(a.next()).isEqualTo(new Event.Level(false));
            assertThat(a.next()).isEqualTo(new Event.Done());
            assertThat(a.next()).isEqualTo(new Event.Level(true));
            assertThat(a.next()).isEqualTo(new Event.Level(true));
            assertThat(a.next()).isEqualTo(new Event.Done());
            assertThat(a.next()).isEqualTo(new Event.TimedOut());
        }
    }

    @Test
    void theOrderHoldsForManyCommands() throws Exception {
        var event = run.event().ref();
        try (var a = new Asker<Event.Reply>(run)) {
            for (int i = 0; i < 500; i++) {
                event.tell(new Event.Set(a.ref()));
                event.tell(new Event.IsSet(a.ref()));
                event.tell(new Event.Clear(a.ref()));
                event.tell(new Event.IsSet(a.ref()));
            }
            for (int i = 0; i < 500; i++) {
                assertThat(a.next()).isEqualTo(new Event.Done());
                assertThat(a.next()).isEqualTo(new Event.Level(true));
                assertThat(a.next()).isEqualTo(new Event.Done());
                assertThat(a.next()).isEqualTo(new Event.Level(false));
            }
        }
    }

    @Test
    void setWakesActorsAndThreads() throws Exception {
        var event = run.event();
        try (var a = new Asker<Event.Reply>(run)) {
            event.ref().tell(new Event.Await(Optional.of(Duration.ofSeconds(60)), a.ref()));
            var thread = event.awaitAsync();
            assertThat(a.isToldNothing()).isTrue();

            event.set();

            assertThat(a.next()).isEqualTo(new Event.Level(true));
            thread.get(10, java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    @Test
    void anActorsWaitEndsWithIt() throws Exception {
        var event = (EventHandle) run.event();
        try (var a = new Asker<Event.Reply>(run)) {
            event.ref().tell(new Event.Await(FOR_EVER, a.ref()));
            await().until(() -> event.inspect().waiters().size() == 1);
        }
        await().until(() -> event.inspect().waiters().isEmpty());
    }

    @Test
    void aHoleIsRefused() throws Exception {
        try (var a = new Asker<Event.Reply>(run)) {
            run.event().ref().tell(new Event.Await(null, a.ref()));

            assertThat(a.next(Event.Refused.class).code()).isEqualTo("bad-argument");
        }
    }
}
