package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import procession.Lock;
import procession.Procession;

/** A lock as actors use it. */
class LockRefTest {

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
    void whatAnActorAcquiresItReleases() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run)) {
            lock.ref.tell(new Lock.Acquire(FOR_EVER, a.ref()));
            var granted = a.next(Lock.Granted.class);
            assertThat(granted.abandoned()).isEmpty();
            assertThat(lock.isFree()).isFalse();

            lock.ref.tell(new Lock.Release(granted.fence(), a.ref()));

            assertThat(a.next()).isEqualTo(new Lock.Released());
            assertThat(lock.isFree()).isTrue();
        }
    }

    @Test
    void actorsAreServedInTheOrderInWhichTheyAsked() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run); var b = new Asker<Lock.Reply>(run)) {
            lock.ref.tell(new Lock.Acquire(FOR_EVER, a.ref()));
            lock.ref.tell(new Lock.Acquire(FOR_EVER, b.ref()));
            var first = a.next(Lock.Granted.class);
            assertThat(b.isToldNothing()).isTrue();

            lock.ref.tell(new Lock.Release(first.fence(), a.ref()));

            assertThat(b.next(Lock.Granted.class).fence()).isGreaterThan(first.fence());
        }
    }

    @Test
    void itsLockPassesOnWhenAnActorStops() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run); var b = new Asker<Lock.Reply>(run)) {
            lock.ref.tell(new Lock.Acquire(FOR_EVER, a.ref()));
            a.next(Lock.Granted.class);
            lock.ref.tell(new Lock.Acquire(FOR_EVER, b.ref()));

            a.stop();

            assertThat(b.next()).isInstanceOf(Lock.Granted.class);
        }
    }

    @Test
    void theWaitOfAnActorThatStopsIsWithdrawn() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run)) {
            var held = lock.handle.acquire();
            lock.ref.tell(new Lock.Acquire(FOR_EVER, a.ref()));
            await().until(() -> lock.waiting() == 1);

            a.stop();

            await().until(() -> lock.waiting() == 0);
            held.release();
            assertThat(lock.isFree()).isTrue();
        }
    }

    @Test
    void whoAsksWhenItHasStoppedGetsNothingAndTakesNothing() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run)) {
            a.stop();

            lock.ref.tell(new Lock.Acquire(FOR_EVER, a.ref()));

            try (var b = new Asker<Lock.Reply>(run)) {
                lock.ref.tell(new Lock.Acquire(FOR_EVER, b.ref()));
                assertThat(b.next()).isInstanceOf(Lock.Granted.class);
            }
        }
    }

    @Test
    void whoeverStopsWhileItIsGrantedLeavesTheLockFree() throws Exception {
        var lock = new Locked();
        for (int i = 0; i < 200; i++) {
            try (var a = new Asker<Lock.Reply>(run)) {
                lock.ref.tell(new Lock.Acquire(FOR_EVER, a.ref()));
            }
        }

        assertThat(lock.handle.tryAcquire(Duration.ofSeconds(10))).isPresent();
    }

    @Test
    void aTimeOutSaysWhoHoldsIt() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run)) {
            try (var held = lock.handle.acquire()) {
                lock.ref.tell(new Lock.Acquire(AT_ONCE, a.ref()));

                assertThat(a.next(Lock.TimedOut.class).message()).contains("at once").contains("held by MainProcess");
            }
        }
    }

    @Test
    void anActorDoesNotReleaseWhatAThreadHoldsNorAThreadWhatAnActorHolds() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run)) {
            try (var held = lock.handle.acquire()) {
                lock.ref.tell(new Lock.Release(held.fence(), a.ref()));
                assertThat(a.next(Lock.Refused.class).code()).isEqualTo("not-held");
                assertThat(lock.isFree()).isFalse();
            }
            lock.ref.tell(new Lock.Acquire(FOR_EVER, a.ref()));
            a.next(Lock.Granted.class);
            assertThatThrownBy(lock.handle::release).isInstanceOf(IllegalStateException.class).hasMessageContaining("not held");
            assertThat(lock.isFree()).isFalse();
        }
    }

    @Test
    void releasingTwiceIsRefusedInTheOrderOfTheCommands() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run)) {
            lock.ref.tell(new Lock.Acquire(FOR_EVER, a.ref()));
            long fence = a.next(Lock.Granted.class).fence();

            lock.ref.tell(new Lock.Release(fence, a.ref()));
            lock.ref.tell(new Lock.Release(fence, a.ref()));
            lock.ref.tell(new Lock.Acquire(AT_ONCE, a.ref()));

            assertThat(a.next()).isEqualTo(new Lock.Released());
            assertThat(a.next(Lock.Refused.class).code()).isEqualTo("not-held");
            assertThat(a.next()).isInstanceOf(Lock.Granted.class);
        }
    }

    @Test
    void anotherActorOfTheProcessMayRelease() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run); var b = new Asker<Lock.Reply>(run)) {
            lock.ref.tell(new Lock.Acquire(FOR_EVER, a.ref()));

            lock.ref.tell(new Lock.Release(a.next(Lock.Granted.class).fence(), b.ref()));

            assertThat(b.next()).isEqualTo(new Lock.Released());
        }
    }

    @Test
    void commandsWithHolesAreRefusedAndTheAgentGoesOn() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run)) {
            lock.ref.tell(new Lock.Acquire(FOR_EVER, null));
            lock.ref.tell(new Lock.Acquire(null, a.ref()));
            lock.ref.tell(new Lock.Acquire(FOR_EVER, a.ref()));

            assertThat(a.next(Lock.Refused.class).code()).isEqualTo("bad-argument");
            assertThat(a.next()).isInstanceOf(Lock.Granted.class);
        }
    }

    @Test
    void aMessageAdapterHoldsAsLongAsItsActor() throws Exception {
        var lock = new Locked();
        var granted = new CompletableFuture<Lock.Granted>();
        ActorRef<Object> actor = run.spawn(Behaviors.setup(context -> {
            lock.ref.tell(new Lock.Acquire(FOR_EVER, context.messageAdapter(Lock.Reply.class, reply -> reply)));
            return Behaviors.receiveMessage(message -> {
                if (message instanceof Lock.Granted grant) {
                    granted.complete(grant);
                    return Behaviors.same();
                }
                return Behaviors.stopped();
            });
        }), "adapted");
        granted.get(10, TimeUnit.SECONDS);
        assertThat(lock.isFree()).isFalse();

        actor.tell("stop");

        await().until(lock::isFree);
    }

    @Test
    void whatAnAskIsGrantedReturnsWithItsAnswer() throws Exception {
        var lock = new Locked();
        var granted = new CompletableFuture<Object>();
        run.spawn(Behaviors.<Object>setup(context -> {
            context.ask(Lock.Reply.class, lock.ref, Duration.ofSeconds(10), (ActorRef<Lock.Reply> me) -> new Lock.Acquire(FOR_EVER, me),
                    (reply, error) -> reply);
            return Behaviors.receiveMessage(message -> {
                granted.complete(message);
                return Behaviors.same();
            });
        }), "asking");

        assertThat(granted.get(10, TimeUnit.SECONDS)).isInstanceOf(Lock.Granted.class);
        await().until(lock::isFree);
    }

    @Test
    void blockingInAnActorIsRefused() throws Exception {
        var lock = new Locked();
        var refusal = new CompletableFuture<Throwable>();
        run.spawn(Behaviors.<Object>setup(context -> {
            try {
                lock.handle.acquire();
                refusal.complete(null);
            } catch (IllegalStateException refused) {
                refusal.complete(refused);
            }
            return Behaviors.stopped();
        }), "blocking");

        assertThat(refusal.get(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class).hasMessageContaining("Async");
        assertThat(lock.isFree()).isTrue();
    }

    @Test
    void handlesOnOneLockHaveOneActor() {
        assertThat(run.lock("one").ref()).isSameAs(run.lock("one").ref());
    }

    // Conditions, and breaking.

    private static long granted(Locked lock, Asker<Lock.Reply> asker) throws InterruptedException {
        lock.ref.tell(new Lock.Acquire(FOR_EVER, asker.ref()));
        return asker.next(Lock.Granted.class).fence();
    }

    @Test
    void anActorThatWaitsForAConditionIsResumedBySignalOfAnother() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run); var b = new Asker<Lock.Reply>(run)) {
            long before = granted(lock, a);
            lock.ref.tell(new Lock.Await("full", before, FOR_EVER, a.ref()));
            long others = granted(lock, b);

            lock.ref.tell(new Lock.Signal("full", others, 1, b.ref()));
            assertThat(b.next()).isEqualTo(new Lock.Signalled());
            assertThat(a.isToldNothing()).isTrue();
            lock.ref.tell(new Lock.Release(others, b.ref()));

            var resumed = a.next(Lock.Resumed.class);
            assertThat(resumed.signalled()).isTrue();
            assertThat(resumed.fence()).isGreaterThan(others);
            assertThat(resumed.abandoned()).isEmpty();
            lock.ref.tell(new Lock.Release(resumed.fence(), a.ref()));
            assertThat(a.next()).isEqualTo(new Lock.Released());
        }
    }

    @Test
    void anActorAndAThreadMeetAtAConditionByItsName() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run)) {
            lock.ref.tell(new Lock.Await("full", granted(lock, a), FOR_EVER, a.ref()));

            try (var grant = lock.handle.acquire()) {
                lock.handle.newCondition("full").signal();
            }

            assertThat(a.next(Lock.Resumed.class).signalled()).isTrue();
        }
    }

    @Test
    void anActorWhoseTimeIsOverHasTheLockAgain() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run)) {
            lock.ref.tell(new Lock.Await("full", granted(lock, a), Optional.of(Duration.ofMillis(20)), a.ref()));

            assertThat(a.next(Lock.Resumed.class).signalled()).isFalse();
            assertThat(lock.isFree()).isFalse();
        }
    }

    @Test
    void whoDoesNotHoldTheLockNeitherWaitsNorSignals() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run); var held = lock.handle.acquire()) {
            lock.ref.tell(new Lock.Await("full", held.fence(), FOR_EVER, a.ref()));
            lock.ref.tell(new Lock.Signal("full", held.fence(), 1, a.ref()));
            lock.ref.tell(new Lock.Await(" ", held.fence(), FOR_EVER, a.ref()));

            assertThat(a.next(Lock.Refused.class).code()).isEqualTo("not-held");
            assertThat(a.next(Lock.Refused.class).message()).contains("a condition is signalled by who holds its lock");
            assertThat(a.next(Lock.Refused.class).code()).isEqualTo("bad-argument");
        }
    }

    @Test
    void anActorThatStopsWhileItWaitsForAConditionLeavesTheLockToOthers() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run)) {
            lock.ref.tell(new Lock.Await("full", granted(lock, a), FOR_EVER, a.ref()));
            await().until(() -> lock.waiting() == 1);

            a.stop();

            await().until(() -> lock.waiting() == 0 && lock.isFree());
        }
    }

    @Test
    void anActorBreaksALockOnceAndAFreeOneNot() throws Exception {
        var lock = new Locked();
        try (var a = new Asker<Lock.Reply>(run); var b = new Asker<Lock.Reply>(run)) {
            long lost = granted(lock, a);

            lock.ref.tell(new Lock.Break(b.ref()));
            lock.ref.tell(new Lock.Break(b.ref()));
            lock.ref.tell(new Lock.Release(lost, a.ref()));

            assertThat(b.next()).isEqualTo(new Lock.Broken());
            assertThat(b.next(Lock.Refused.class).code()).isEqualTo("not-held");
            assertThat(a.next(Lock.Refused.class).code()).isEqualTo("not-held");
        }
    }

    /** A lock of its own for each test, and what can be seen of it. */
    private static final class Locked {
        final LockHandle handle = (LockHandle) run.lock();
        final ActorRef<Lock.Command> ref = handle.ref();

        boolean isFree() throws InterruptedException {
            return handle.inspect().holders().isEmpty();
        }

        int waiting() throws InterruptedException {
            return handle.inspect().waiters().size();
        }
    }
}
