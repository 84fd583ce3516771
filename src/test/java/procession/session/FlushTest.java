package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.core.Spec;

/** The keeper may wait before it acknowledges; who waits for that has it hurry. */
class FlushTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    private final Wired wired = new Wired();

    private CompletableFuture<Boolean> flushed() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return wired.session.flush(LONG);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
    }

    @Test
    void theKeeperIsAskedToAcknowledgeAtOnce() throws Exception {
        wired.session.create(new Spec.Lock(false));
        wired.reachKeeper();
        assertThat(wired.hasAnswered()).as("acknowledged alone").isFalse();

        var flushed = flushed();
        await().until(wired::hasSent);
        wired.settle();

        assertThat(flushed.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothingIsSentWhenTheKeeperHasEverything() throws Exception {
        assertThat(wired.session.flush(LONG)).isTrue();
        assertThat(wired.hasSent()).isFalse();
    }
}
