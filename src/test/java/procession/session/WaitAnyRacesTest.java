package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import procession.KeeperSilentException;
import procession.Process;
import procession.Queue;
import procession.RunEndedException;
import procession.Waitable;

/** Waits on many things whose answers come when the test says. */
@Timeout(60)
class WaitAnyRacesTest {

    private final Wired wire = new Wired();
    private final CompletableFuture<Object> end = new CompletableFuture<>();
    private final WaitAny waiting = new WaitAny(wire.handles, process -> end);
    private final Queue<String> first = wire.handles.queue(0);
    private final Queue<String> second = wire.handles.queue(0);
    private final Process child = (Process) java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] {Process.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "hashCode" -> 7;
                case "equals" -> proxy == arguments[0];
                default -> "a child";
            });

    private int waiters(Queue<String> queue) {
        return wire.seen(((Handle) queue).target()).waiters().size();
    }

    private CompletableFuture<List<Waitable>> waits(Waitable... of) {
        var future = waiting.<Waitable>awaitAsync(Optional.empty(), List.of(of));
        wire.reachKeeper();
        wire.reachSession();
        return future;
    }

    private List<Waitable> told(CompletableFuture<List<Waitable>> future) throws Exception {
        await().pollInSameThread().until(() -> {
            wire.settle();
            return future.isDone();
        });
        return future.get(10, TimeUnit.SECONDS);
    }

    @Test
    void oneThatBecomesReadyWhileTheOthersAreWithdrawnIsTold() throws Exception {
        var waits = waits(first, second);
        first.putAsync("a");
        wire.reachKeeper();
        second.putAsync("b");

        assertThat(told(waits)).containsExactly(first, second);
    }

    @Test
    void whenOneIsReadyTheOthersAreWithdrawn() throws Exception {
        var waits = waits(second, first);
        assertThat(waiters(second)).isEqualTo(1);
        first.putAsync("a");

        assertThat(told(waits)).containsExactly(first);
        assertThat(waiters(second)).isZero();
    }

    @Test
    void theEndOfAChildWithdrawsWhatTheKeeperWasAsked() throws Exception {
        var waits = waits(first, child, second);

        end.complete("it returned");

        assertThat(told(waits)).containsExactly(child);
        assertThat(waiters(first)).isZero();
        assertThat(waiters(second)).isZero();
    }

    @Test
    void aChildThatHasEndedAlreadyComesWithWhatElseIsReady() throws Exception {
        first.putAsync("a");
        end.completeExceptionally(new IllegalStateException("it was never started"));

        assertThat(told(waits(second, child, first))).containsExactly(child, first);
        assertThat(waiters(second)).isZero();
    }

    @Test
    void forChildrenAloneTheKeeperIsNotAsked() throws Exception {
        wire.settle();
        var waits = waiting.<Waitable>awaitAsync(Optional.empty(), List.of(child));
        assertThat(wire.hasSent()).isFalse();

        end.complete("it returned");

        assertThat(waits.get(10, TimeUnit.SECONDS)).containsExactly(child);
        assertThat(wire.hasSent()).isFalse();
    }

    @Test
    void aWaitThatIsOverLeavesNothingWithAChildThatGoesOn() throws Exception {
        first.putAsync("a");
        for (int i = 0; i < 50; i++) {
            assertThat(told(waits(first, child))).containsExactly(first);
        }

        assertThat(end.getNumberOfDependents()).isLessThan(3);
    }

    @Test
    void aSilentKeeperIsToldUnlessSomethingIsKnownToBeReady() throws Exception {
        var silent = waiting.<Waitable>awaitAsync(Optional.of(Duration.ofMillis(1)), List.of(first, second));
        var known = waiting.<Waitable>awaitAsync(Optional.empty(), List.of(first, child));
        end.complete("it returned");

        assertThatThrownBy(() -> silent.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(KeeperSilentException.class);
        assertThat(known.get(10, TimeUnit.SECONDS)).containsExactly(child);

        wire.settle();
        assertThat(waiters(first)).isZero();
        assertThat(waiters(second)).isZero();
    }

    @Test
    void aThreadIsToldOfASilentKeeperToo() {
        assertThatThrownBy(() -> waiting.await(Optional.of(Duration.ofMillis(1)), List.of(first, second)))
                .isInstanceOf(KeeperSilentException.class);

        wire.settle();
        assertThat(waiters(first)).isZero();
    }

    @Test
    void theEndOfTheRunEndsTheWait() {
        var waits = waits(first, second);

        wire.session.end();

        assertThatThrownBy(() -> waits.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(RunEndedException.class);
    }

    @Test
    void aFutureThatIsCancelledLeavesNothing() {
        var waits = waits(first, second);

        assertThat(waits.cancel(false)).isTrue();
        wire.settle();

        assertThat(waiters(first)).isZero();
        assertThat(waiters(second)).isZero();
    }
}
