package procession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import procession.Grant;
import procession.core.Payload;
import procession.core.Request;

/** A lock that is lent to this process: what costs a message, and what the keeper knows. */
class LentLockTest {

    private final Wired wire = Wired.lending();
    private final LockHandle lock = (LockHandle) wire.handles.lock();

    /** What a thread of its own gets, while the wire works. */
    private <T> T byWire(Callable<T> call) throws Exception {
        var task = new FutureTask<>(call);
        var thread = Thread.ofVirtual().start(task);
        await().until(() -> wire.hasSent() || task.isDone());
        wire.settle();
        var result = task.get(10, TimeUnit.SECONDS);
        thread.join();
        return result;
    }

    /** The lock is lent to this process and not held. */
    private long lent() throws Exception {
        var grant = byWire(lock::acquire);
        grant.release();
        wire.settle();
        return grant.fence();
    }

    @Test
    void toAcquireItAgainCostsNoMessage() throws Exception {
        long fence = lent();

        try (var grant = lock.acquire()) {
            assertThat(grant.fence()).isGreaterThan(fence);
            assertThat(grant.abandoned()).isEmpty();
        }

        assertThat(wire.hasSent()).isFalse();
    }

    @Test
    void theKeeperKnowsThatItIsLent() throws Exception {
        lent();

        var seen = wire.seen(lock.target());

        assertThat(seen.count("lent")).isEqualTo(1);
        assertThat(seen.count("holders")).isZero();
    }

    @Test
    void theKeeperHearsOfAHoldThatLasts() throws Exception {
        lent();
        var grant = lock.acquire();
        await().until(() -> {
            wire.session.tick();
            return wire.hasSent();
        });
        wire.settle();

        assertThat(wire.seen(lock.target()).holders()).singleElement()
                .satisfies(holder -> assertThat(holder.fence()).isEqualTo(grant.fence()));
    }

    @Test
    void whoAsksGetsAnIdleLoanAtOnce() throws Exception {
        lent();

        wire.otherWants(lock.target());
        wire.settle();

        assertThat(wire.seen(lock.target()).holders()).singleElement()
                .satisfies(holder -> assertThat(holder.process()).isEqualTo("other"));
    }

    @Test
    void whoAsksWaitsForTheNextReleaseAndNoLocalThreadOvertakesIt() throws Exception {
        lent();
        var grant = lock.acquire();
        wire.otherWants(lock.target());
        wire.settle();
        assertThat(wire.seen(lock.target()).holders()).singleElement()
                .satisfies(holder -> assertThat(holder.fence()).isEqualTo(grant.fence()));

        var here = lock.acquireAsync();
        grant.release();
        var late = new FutureTask<Grant>(() -> lock.acquire());
        Thread.ofVirtual().start(late);
        await().until(wire::hasSent);
        wire.settle();

        assertThat(wire.seen(lock.target()).holders()).singleElement()
                .satisfies(holder -> assertThat(holder.process()).isEqualTo("other"));
        assertThat(here).isNotDone();
        assertThat(late.isDone()).isFalse();
    }

    @Test
    void twoThreadsHereDoNotHaveItAtOnce() throws Exception {
        lent();
        var grant = lock.acquire();

        var other = byWire(() -> lock.tryAcquire(Duration.ZERO));
        assertThat(other).isEmpty();

        grant.release();
        assertThat(byWire(() -> lock.tryAcquire(Duration.ZERO))).isPresent();
    }

    @Test
    void aReentrantOneIsEnteredAgainWithoutAMessage() throws Exception {
        var rlock = (LockHandle) wire.handles.rlock();
        byWire(() -> {
            rlock.acquire().release();
            return null;
        });
        wire.settle();

        try (var outer = rlock.acquire(); var inner = rlock.acquire()) {
            assertThat(inner.fence()).isEqualTo(outer.fence());
        }
        assertThat(wire.hasSent()).isFalse();
    }

    @Test
    void theDepthOfAHoldThatTheKeeperKnowsIsKnownToo() throws Exception {
        var rlock = (LockHandle) wire.handles.rlock();

        byWire(() -> {
            rlock.acquire();
            return rlock.acquire();
        });
        wire.settle();

        assertThat(wire.seen(rlock.target()).holders()).singleElement().satisfies(holder -> assertThat(holder.units()).isEqualTo(2));
    }

    @Test
    void whatAProcessHasOnLoanGoesBackBeforeItReports() throws Exception {
        lent();

        wire.session.announce(new Request.Report(Payload.NONE));
        wire.settle();

        assertThat(wire.seen(lock.target()).count("lent")).isZero();
    }

    @Test
    void whatAProcessHasOnLoanGoesBackBeforeItsJvmEnds() throws Exception {
        lent();

        wire.session.endLoans();
        wire.settle();

        assertThat(wire.seen(lock.target()).count("lent")).isZero();
    }

    @Test
    void aConditionOfALentLockWorksAsEver() throws Exception {
        lent();
        var condition = lock.newCondition();

        try (var grant = lock.acquire()) {
            byWire(() -> {
                condition.signalAll();
                return null;
            });
        }
        wire.settle();

        assertThat(wire.seen(lock.target()).count("holders")).isZero();
    }

    @Test
    void whatIsInspectedFromHereIsKnownExactly() throws Exception {
        lent();
        var grant = lock.acquire();

        var seen = byWire(lock::inspect);

        assertThat(seen.lentTo()).isEmpty();
        assertThat(seen.holders()).singleElement().satisfies(holder -> assertThat(holder.fence()).isEqualTo(grant.fence()));
    }
}
