package procession.it.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import procession.Connection;
import procession.EmptyException;
import procession.EndOfStreamException;
import procession.Grant;
import procession.Outcome;
import procession.Predecessor;
import procession.ShutDownException;
import procession.testkit.TestRun;

/** However a process ends, without giving anything back: what the living get of it. */
@ParameterizedClass
@EnumSource(Ending.class)
@Timeout(180)
class EndingsIT {

    private static final String NAME = "doomed";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    private static TestRun test;
    private static Everything everything;
    private static Connection receiver;
    private static Outcome outcome;
    private static CompletableFuture<Grant> afterHolder;
    private static CompletableFuture<Grant> afterTree;
    private static CompletableFuture<Grant> afterPermits;
    private static Grant wanted;

    private final Ending ending;

    EndingsIT(Ending ending) {
        this.ending = ending;
    }

    @BeforeParameterizedClassInvocation
    static void itEnds(Ending ending) throws Exception {
        test = TestRun.start();
        everything = Everything.of(test.run());
        everything.jobs().put("job");
        wanted = everything.wanted().acquire();
        var pipe = test.run().oneWayPipe();
        receiver = pipe.first();
        var child = test.run().process(Everything::use, pipe.second(), ending).name(NAME).start();
        pipe.second().close();
        everything.lines().closeWhenProducersGone(child);
        test.await(LONG, "it waits for all that it does not get", () -> everything.full().inspect().count("waiters") == 1
                && everything.wanted().inspect().count("waiters") == 1 && everything.empty().inspect().count("waiters") == 1
                && everything.told().inspect().count("waiters") == 1);
        afterHolder = everything.held().acquireAsync(LONG);
        afterTree = everything.tree().acquireAsync(LONG);
        afterPermits = everything.permits().acquireAsync(Everything.PERMITS, LONG);
        ending.bringTo(child, everything.told());
        outcome = child.join();
    }

    @AfterParameterizedClassInvocation
    static void endRun() {
        test.close();
    }

    @Test
    void whoJoinsItIsToldHow() {
        assertThat(outcome).isInstanceOf(ending.outcome());
    }

    // As a holder.

    @Test
    void itsLockPassesOnAndTheNextHolderIsTold() throws Exception {
        assertThat(afterHolder.get().abandoned()).map(Predecessor::process).contains(NAME);
    }

    @Test
    void itsReentrantLockPassesOnFromWhateverDepth() throws Exception {
        assertThat(afterTree.get().abandoned()).map(Predecessor::process).contains(NAME);
    }

    @Test
    void itsPermitsComeBackOnce() throws Exception {
        try (var all = afterPermits.get()) {
            assertThat(everything.permits().value()).isZero();
        }
    }

    // As a waiter.

    @Test
    void itsPlaceInTheLineIsFree() throws Exception {
        var next = everything.wanted().acquireAsync(LONG);

        wanted.release();

        assertThat(next.get().abandoned()).isEmpty();
        assertThat(everything.wanted().inspect().waiters()).isEmpty();
    }

    // As a producer.

    @Test
    void whatItHadPutIsThereAndWhatWaitedForRoomIsNot() throws Exception {
        assertThat(everything.full().get()).isZero();
        assertThat(everything.full().get()).isOne();
        assertThatThrownBy(() -> everything.full().get(SHORT)).isInstanceOf(EmptyException.class);
    }

    @Test
    void theQueueOfItsProducersIsDrainedAndThenOver() throws Exception {
        assertThat(everything.lines().get()).isEqualTo("last words");
        assertThatThrownBy(() -> everything.lines().get(LONG)).isInstanceOf(ShutDownException.class);
    }

    @Test
    void itsStreamIsReadToItsEnd() throws Exception {
        assertThat(receiver.receive()).isEqualTo("last message");
        assertThatThrownBy(() -> receiver.receive(LONG)).isInstanceOf(EndOfStreamException.class);
    }

    // As a consumer.

    @Test
    void itsItemThatIsNotDoneComesBackMarked() throws Exception {
        var again = everything.jobs().getDelivery(LONG);

        assertThat(again.item()).isEqualTo("job");
        assertThat(again.redeliveries()).isOne();
        again.done();
        everything.jobs().join(LONG);
    }

    @Test
    void noItemGoesToItAnyMore() throws Exception {
        everything.empty().put("item");

        assertThat(everything.empty().get(LONG)).isEqualTo("item");
    }
}
