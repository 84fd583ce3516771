package procession.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import procession.Condition;
import procession.Lock;
import procession.core.Carried;
import procession.core.Request;
import procession.core.Sent;

/**
 * A condition of a lock, from here: the lock's own copy, and a key. While its caller waits, the grants of the hold it gave up are asleep,
 * so that nobody gives back what is not there.
 */
final class ConditionHandle extends Handle implements Condition {

    private final LockHandle lock;
    private final String key;

    ConditionHandle(Handles home, Carried carried, LockHandle lock) {
        super(home, carried);
        this.lock = lock;
        this.key = carried.aspect().orElseThrow();
    }

    @Override
    String label() {
        return "condition '" + key + "' of " + lock.label();
    }

    @Override
    public Optional<String> name() {
        return key.startsWith(Session.UNIQUE) ? Optional.empty() : Optional.of(key);
    }

    @Override
    public Lock lock() {
        return lock;
    }

    @Override
    public void await() throws InterruptedException {
        await(Sent.FOR_EVER);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return await(nanos(timeout));
    }

    private boolean await(long timeout) throws InterruptedException {
        if (timeout <= 0) {
            held("waited for");
            return false;
        }
        var hold = asleep(held("waited for"));
        boolean signalled = resumed(hold, answer(hold, timeout));
        if (!signalled && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return signalled;
    }

    private procession.core.Reply answer(List<HeldGrant> hold, long timeout) throws InterruptedException {
        try {
            return ask(awaiting(hold), timeout);
        } catch (InterruptedException | IllegalStateException notSent) {
            hold.forEach(HeldGrant::staysAwake);
            throw notSent;
        } catch (RuntimeException unknown) {
            lost(hold);
            throw unknown;
        }
    }

    @Override
    public boolean awaitUntil(BooleanSupplier predicate, Duration timeout) throws InterruptedException {
        long limit = nanos(timeout);
        if (limit == Sent.FOR_EVER) {
            awaitUntil(predicate);
            return true;
        }
        long start = System.nanoTime();
        while (!predicate.getAsBoolean()) {
            long left = limit - (System.nanoTime() - start);
            if (left <= 0) {
                held("waited for");
                return false;
            }
            if (!await(left)) {
                return predicate.getAsBoolean();
            }
        }
        return true;
    }

    @Override
    public CompletableFuture<Void> awaitAsync() {
        return awaitAsync(Sent.FOR_EVER, signalled -> null);
    }

    @Override
    public CompletableFuture<Boolean> awaitAsync(Duration timeout) {
        if (nanos(timeout) <= 0) {
            held("waited for");
            return CompletableFuture.completedFuture(false);
        }
        return awaitAsync(nanos(timeout), signalled -> signalled);
    }

    private <T> CompletableFuture<T> awaitAsync(long timeout, java.util.function.Function<Boolean, T> result) {
        var grants = held("waited for");
        if (grants.stream().anyMatch(HeldGrant::hasThread)) {
            throw new IllegalStateException(capitalized(lock.label()) + " is held by this thread, which would not be waiting; use await().");
        }
        var hold = asleep(grants);
        var isOver = new AtomicBoolean();
        try {
            var future = this.<T>askAsync(awaiting(hold), timeout, reply -> {
                isOver.set(true);
                return result.apply(resumed(hold, reply));
            });
            future.whenComplete((value, error) -> {
                if (!isOver.get()) { // Who was told earlier that it is over may wait again already.
                    lost(hold);
                }
            });
            return future;
        } catch (RuntimeException notSent) {
            hold.forEach(HeldGrant::staysAwake);
            throw notSent;
        }
    }

    @Override
    public void signal(int waiters) {
        var hold = held("signalled");
        if (waiters > 0) {
            home.session().tell(new Request.Operate(target(),
                    new procession.core.Command.Signal(key, hold.getFirst().fence(), waiters)));
        }
    }

    private procession.core.Command.AwaitCondition awaiting(List<HeldGrant> hold) {
        return new procession.core.Command.AwaitCondition(key, hold.getFirst().fence(), hold.size());
    }

    private List<HeldGrant> held(String what) {
        var hold = lock.hold();
        if (hold.isEmpty()) {
            throw lock.notHeld("a condition is " + what + " by who holds its lock");
        }
        return hold;
    }

    private List<HeldGrant> asleep(List<HeldGrant> hold) {
        var sleepers = new ArrayList<HeldGrant>();
        for (var grant : hold) {
            if (grant.fallAsleep()) {
                sleepers.add(grant);
            }
        }
        if (sleepers.isEmpty()) {
            throw lock.notHeld("a condition is waited for by who holds its lock");
        }
        return sleepers;
    }

    private boolean resumed(List<HeldGrant> hold, procession.core.Reply reply) {
        if (reply instanceof procession.core.Reply.Resumed resumed) {
            hold.forEach(grant -> grant.wake(resumed.fence(), resumed.abandoned().map(Handle::predecessor)));
            return resumed.signalled();
        }
        hold.forEach(HeldGrant::staysAwake);
        throw unexpected(reply);
    }

    private void lost(List<HeldGrant> hold) {
        hold.stream().filter(HeldGrant::isLost).forEach(grant -> home.grants().remove(lock.key(), grant));
    }
}
