package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import procession.Procession;
import procession.Semaphore;

/** A semaphore as actors use it. */
class SemaphoreRefTest {

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
    void permitsAreTakenAndReturned() throws Exception {
        var semaphore = run.semaphore(5);
        try (var a = new Asker<Semaphore.Reply>(run)) {
            semaphore.ref().tell(new Semaphore.Acquire(3, FOR_EVER, a.ref()));
            assertThat(a.next(Semaphore.Granted.class).permits()).isEqualTo(3);
            assertThat(semaphore.value()).isEqualTo(2);

            semaphore.ref().tell(new Semaphore.Release(3, a.ref()));

            assertThat(a.next()).isEqualTo(new Semaphore.Released());
            assertThat(semaphore.value()).isEqualTo(5);
        }
    }

    @Test
    void aBigRequestWaitsAndTimesOutSayingWhoOwes() throws Exception {
        var semaphore = run.semaphore(2);
        try (var a = new Asker<Semaphore.Reply>(run); var grant = semaphore.acquire()) {
            semaphore.ref().tell(new Semaphore.Acquire(2, AT_ONCE, a.ref()));

            assertThat(a.next(Semaphore.TimedOut.class).message()).contains("1 of 2 permits").contains("MainProcess");
            assertThat(grant.fence()).isPositive();
        }
    }

    @Test
    void whatAnActorOwesReturnsWhenItStops() throws Exception {
        var semaphore = run.semaphore(4);
        try (var a = new Asker<Semaphore.Reply>(run); var b = new Asker<Semaphore.Reply>(run)) {
            semaphore.ref().tell(new Semaphore.Acquire(1, FOR_EVER, a.ref()));
            semaphore.ref().tell(new Semaphore.Acquire(2, FOR_EVER, a.ref()));
            semaphore.ref().tell(new Semaphore.Acquire(1, FOR_EVER, b.ref()));
            a.next(Semaphore.Granted.class);
            a.next(Semaphore.Granted.class);
            b.next(Semaphore.Granted.class);

            a.stop();

            await().untilAsserted(() -> assertThat(semaphore.value()).isEqualTo(3));
        }
    }

    @Test
    void aReleasePaysTheAskersGrantsOldestFirst() throws Exception {
        var semaphore = (SemaphoreHandle) run.semaphore(6);
        try (var a = new Asker<Semaphore.Reply>(run); var b = new Asker<Semaphore.Reply>(run)) {
            semaphore.ref().tell(new Semaphore.Acquire(1, FOR_EVER, b.ref()));
            semaphore.ref().tell(new Semaphore.Acquire(2, FOR_EVER, a.ref()));
            semaphore.ref().tell(new Semaphore.Acquire(2, FOR_EVER, a.ref()));
            a.next();
            long last = a.next(Semaphore.Granted.class).fence();
            long others = b.next(Semaphore.Granted.class).fence();

            semaphore.ref().tell(new Semaphore.Release(3, a.ref()));
            a.next(Semaphore.Released.class);

            var owed = semaphore.inspect().holders();
            assertThat(owed).extracting(hold -> hold.fence() + ":" + hold.units()).containsExactly(others + ":1", last + ":1");
            a.stop();
            await().untilAsserted(() -> assertThat(semaphore.value()).isEqualTo(5));
        }
    }

    @Test
    void aReleaseThatIsRefusedLeavesTheAskerItsGrants() throws Exception {
        var semaphore = run.boundedSemaphore(2);
        try (var a = new Asker<Semaphore.Reply>(run)) {
            semaphore.ref().tell(new Semaphore.Acquire(1, FOR_EVER, a.ref()));
            a.next(Semaphore.Granted.class);

            semaphore.ref().tell(new Semaphore.Release(2, a.ref()));

            assertThat(a.next(Semaphore.Refused.class).code()).isEqualTo("too-many");
            assertThat(semaphore.value()).isEqualTo(1);
            semaphore.ref().tell(new Semaphore.Release(1, a.ref()));
            assertThat(a.next()).isEqualTo(new Semaphore.Released());
            assertThat(semaphore.value()).isEqualTo(2);
        }
    }

    @Test
    void aReleaseByOneWhoOwesNothingIsASignal() throws Exception {
        var semaphore = run.semaphore(0);
        try (var a = new Asker<Semaphore.Reply>(run)) {
            semaphore.ref().tell(new Semaphore.Release(2, a.ref()));

            assertThat(a.next()).isEqualTo(new Semaphore.Released());
            assertThat(semaphore.value()).isEqualTo(2);
        }
    }

    @Test
    void badNumbersAreRefusedInTheirTurn() throws Exception {
        var semaphore = run.semaphore(1);
        try (var a = new Asker<Semaphore.Reply>(run)) {
            semaphore.ref().tell(new Semaphore.Acquire(1, FOR_EVER, a.ref()));
            semaphore.ref().tell(new Semaphore.Acquire(0, FOR_EVER, a.ref()));
            semaphore.ref().tell(new Semaphore.Release(-1, a.ref()));
            semaphore.ref().tell(new Semaphore.Release(1, a.ref()));
            semaphore.ref().tell(new Semaphore.Release(Integer.MAX_VALUE, a.ref()));

            assertThat(a.next()).isInstanceOf(Semaphore.Granted.class);
            assertThat(a.next(Semaphore.Refused.class).code()).isEqualTo("bad-argument");
            assertThat(a.next(Semaphore.Refused.class).message()).contains("1 or more, not -1");
            assertThat(a.next()).isEqualTo(new Semaphore.Released());
            assertThat(a.next(Semaphore.Refused.class).code()).isEqualTo("too-many");
        }
    }

    @Test
    void anActorsWaitEndsWithIt() throws Exception {
        var semaphore = (SemaphoreHandle) run.semaphore(0);
        try (var a = new Asker<Semaphore.Reply>(run)) {
            semaphore.ref().tell(new Semaphore.Acquire(1, FOR_EVER, a.ref()));
            await().until(() -> semaphore.inspect().waiters().size() == 1);
        }
        await().until(() -> semaphore.inspect().waiters().isEmpty());
    }

    @Test
    void aReleaseBeyondTheBoundIsRefused() throws Exception {
        var semaphore = run.boundedSemaphore(1);
        try (var a = new Asker<Semaphore.Reply>(run)) {
            semaphore.ref().tell(new Semaphore.Acquire(1, FOR_EVER, a.ref()));
            semaphore.ref().tell(new Semaphore.Release(1, a.ref()));
            semaphore.ref().tell(new Semaphore.Release(1, a.ref()));

            assertThat(a.next()).isInstanceOf(Semaphore.Granted.class);
            assertThat(a.next()).isEqualTo(new Semaphore.Released());
            assertThat(a.next(Semaphore.Refused.class).code()).isEqualTo("too-many");
            assertThat(semaphore.value()).isEqualTo(1);
        }
    }

    @Test
    void whatAnActorTakesThroughAnUnownedViewDoesNotComeBackWithItsEnd() throws Exception {
        var semaphore = run.semaphore(2);
        try (var a = new Asker<Semaphore.Reply>(run)) {
            semaphore.unowned().ref().tell(new Semaphore.Acquire(1, FOR_EVER, a.ref()));
            semaphore.ref().tell(new Semaphore.Acquire(1, FOR_EVER, a.ref()));
            a.next(Semaphore.Granted.class);
            a.next(Semaphore.Granted.class);
        }

        await().untilAsserted(() -> assertThat(semaphore.inspect().count("owed")).isZero());
        assertThat(semaphore.value()).isEqualTo(1);
    }
}
