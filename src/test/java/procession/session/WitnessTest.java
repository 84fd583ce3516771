package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.core.Command;
import procession.core.Owner;
import procession.core.PrimitiveId;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;

/** Who witnesses the calls of a session hears of each beginning before it is sent, and of each end before the caller does. */
class WitnessTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Wired wire = new Wired(new Witness() {
        @Override
        public void invoked(Owner owner, long number, Sent sent, Request.Operate operate) {
            assertThat(wire.hasSent(number)).as("sent before it was told").isFalse();
            heard.add(owner.number() + " asks " + name(operate.command()) + (sent.quiet() ? ", quietly" : ""));
        }

        @Override
        public void returned(Owner owner, long number, Reply reply) {
            heard.add(owner.number() + " is told " + name(reply));
        }

        @Override
        public void returned(Owner owner, long number, Ending how) {
            heard.add(owner.number() + " is told " + how);
        }

        @Override
        public void met(PrimitiveId primitive, String name) {
            heard.add("met " + name);
        }
    });

    private static String name(Object of) {
        return of.getClass().getSimpleName();
    }

    @Test
    void aCallIsHeardOfBeforeItIsSentAndItsEndBeforeItsCallerIsTold() throws Exception {
        var lock = wire.handles.lock();
        wire.settle();
        var before = new CompletableFuture<List<String>>();

        lock.acquireAsync().thenRun(() -> before.complete(List.copyOf(heard)));
        wire.settle();

        assertThat(before.get(10, TimeUnit.SECONDS)).containsExactly("1 asks AcquireLock", "1 is told Granted");
    }

    @Test
    void whatNobodyWaitsForOnlyBegins() throws Exception {
        var lock = wire.handles.lock();
        var grant = lock.acquireAsync();
        wire.settle();
        var held = grant.get(10, TimeUnit.SECONDS);
        heard.clear();

        held.release();
        wire.settle();

        assertThat(heard).containsExactly("1 asks ReleaseLock, quietly");
    }

    @Test
    void whoWaitsIsToldAfterTheWitness() throws Exception {
        var lock = wire.handles.lock();
        wire.settle();
        var acquired = new FutureTask<>(() -> {
            lock.acquire();
            return List.copyOf(heard);
        });
        Thread.ofPlatform().start(acquired);
        await().until(wire::hasSent);
        wire.settle();

        assertThat(acquired.get(10, TimeUnit.SECONDS)).containsExactly("1 asks AcquireLock", "1 is told Granted");
    }

    @Test
    void aWaitThatWasInterruptedIsWithdrawn() throws Exception {
        var lock = wire.handles.lock();
        lock.acquireAsync();
        wire.settle();
        await().until(() -> heard.contains("1 is told Granted"));
        heard.clear();
        var acquired = new FutureTask<>(lock::acquire);
        var thread = Thread.ofPlatform().start(acquired);
        await().until(wire::hasSent);
        wire.settle();
        await().until(() -> thread.getState() == Thread.State.WAITING);

        thread.interrupt();
        await().until(wire::hasSent);
        wire.settle();

        assertThatThrownBy(() -> acquired.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        assertThat(heard).containsExactly("1 asks AcquireLock", "1 is told WITHDRAWN");
    }

    @Test
    void aCallThatWasGivenUpIsAbandonedAndWhatComesLateIsGivenBack() throws Exception {
        var lock = wire.handles.lock();
        wire.settle();
        var future = lock.acquireAsync();
        wire.reachKeeper();

        future.cancel(true);
        wire.settle();

        assertThat(heard).containsExactly("1 asks AcquireLock", "1 is told ABANDONED", "1 asks ReturnLock, quietly");
    }

    @Test
    void aSilentKeeperIsToldAsSuch() throws Exception {
        var lock = wire.handles.lock();
        wire.settle();

        assertThatThrownBy(() -> lock.acquire(Duration.ofMillis(1))).hasMessageContaining("The keeper has not answered");

        assertThat(heard).containsExactly("1 asks AcquireLock", "1 is told KEEPER_SILENT");
    }

    @Test
    void theEndOfTheRunIsToldForEveryCallThatIsOpen() throws Exception {
        var lock = wire.handles.lock();
        wire.settle();
        lock.acquireAsync();
        var acquired = new FutureTask<>(lock::acquire);
        Thread.ofPlatform().start(acquired);
        await().until(() -> heard.size() == 2);

        wire.session.end();

        assertThat(heard).containsExactly("1 asks AcquireLock", "1 asks AcquireLock", "1 is told RUN_ENDED", "1 is told RUN_ENDED");
    }

    @Test
    void whoeverCallsForAnActorIsToldToo() {
        var lock = (LockHandle) wire.handles.lock();
        wire.settle();
        var toldAfter = new CopyOnWriteArrayList<Integer>();

        wire.session.askTold(lock, new Request.Operate(lock.target(), new Command.AcquireLock()), Sent.FOR_EVER,
                (call, end) -> toldAfter.add(heard.size()));
        wire.settle();

        assertThat(heard).containsExactly("1 asks AcquireLock", "1 is told Granted");
        assertThat(toldAfter).containsExactly(2);
    }

    @Test
    void namesAreMetBeforeTheyAreUsed() throws Exception {
        var opened = new FutureTask<>(() -> wire.handles.lock("tickets").acquireAsync());
        Thread.ofPlatform().start(opened);
        await().until(wire::hasSent);
        wire.settle();
        opened.get(10, TimeUnit.SECONDS);

        assertThat(heard).containsExactly("met tickets", "1 asks AcquireLock");
    }

    @Test
    void whatHasEndedHasBeenTold() throws Exception {
        var lock = wire.handles.lock();
        for (int i = 0; i < 50; i++) {
            lock.acquireAsync(Duration.ZERO);
        }
        wire.settle();

        wire.session.awaitTold(Duration.ofSeconds(10));

        assertThat(heard).hasSize(100);
    }
}
