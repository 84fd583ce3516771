package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import procession.Event;
import procession.Outcome;
import procession.Procession;

/** Processes that wait for their turn to start: only one may be starting at a time here. */
@Timeout(180)
class StartIT {

    private static Procession run;

    @BeforeAll
    static void start() {
        run = Procession.start(Map.of("procession.start.concurrency", 1));
    }

    @AfterAll
    static void close() {
        run.close();
    }

    static void await(Event event) throws InterruptedException {
        event.await();
    }

    @Test
    void aProcessThatIsKilledBeforeItsTurnDoesNotRun() throws Exception {
        var event = run.event();
        var first = run.process(StartIT::await, event);
        var second = run.process(StartIT::await, event);
        first.startAsync();
        var secondStart = second.startAsync();

        second.kill();

        secondStart.get(60, TimeUnit.SECONDS);
        assertThat(second.join()).isEqualTo(new Outcome.Killed(9));
        event.set();
        assertThat(first.join().exitCode()).isZero();
    }
}
