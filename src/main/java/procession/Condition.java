package procession;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Waiting for something to become true, under a {@link Lock}.
 *
 * <p>Whoever calls holds the lock. Waiting gives the lock up, at whatever depth, and gets it back before it returns, however it returns.
 * The {@link Grant}s of the hold stay valid: afterwards they have the {@link Grant#fence() fence} of the new hold, and tell whether a
 * process died holding the lock meanwhile. Several conditions may share one lock; a condition travels like every handle.
 *
 * <p>Those who have waited longest are woken first. A waiter that has died, or whose time is over, uses up no signal, and nobody ever
 * waits for those it wakes. As always with conditions, what was waited for may have passed by the time the lock is held again: ask again,
 * or use {@link #awaitUntil(BooleanSupplier)}.
 *
 * <p>In Python: {@code multiprocessing.Condition}; {@code wait} is {@code await} here, {@code wait_for} is {@code awaitUntil}, and
 * {@code notify} is {@code signal}: the names of {@link java.util.concurrent.locks.Condition}.
 */
public interface Condition extends Primitive {

    /**
     * The lock it belongs to.
     *
     * @return the lock
     */
    Lock lock();

    /**
     * Waits for a signal.
     *
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if interrupted while waiting; the lock is held again
     */
    void await() throws InterruptedException;

    /**
     * Waits for a signal for a limited time. It returns when the lock is held again, which may take longer than that.
     *
     * @param timeout how long; zero or negative is false at once, without giving the lock up
     * @return true if signalled; false if the time was over
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if interrupted while waiting; the lock is held again
     */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Waits until something is true: Python's {@code wait_for}. If it is true already, the lock need not be held.
     *
     * @param predicate asked at first, and after every wait; what it throws is thrown
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if interrupted while waiting; the lock is held again
     */
    default void awaitUntil(BooleanSupplier predicate) throws InterruptedException {
        while (!predicate.getAsBoolean()) {
            await();
        }
    }

    /**
     * Waits until something is true, for a limited time.
     *
     * @param predicate asked at first, and after every wait; what it throws is thrown
     * @param timeout how long; zero or negative to ask once
     * @return what the predicate said last
     * @throws IllegalStateException if the lock is not held
     * @throws InterruptedException if interrupted while waiting; the lock is held again
     */
    boolean awaitUntil(BooleanSupplier predicate, Duration timeout) throws InterruptedException;

    /**
     * Waits for a signal without blocking. Until it completes, the lock is not held by this process.
     *
     * @return completes when the lock is held again; cancelling it gives the lock up for good
     * @throws IllegalStateException if the lock is not held, or is an {@link RLock} that a thread holds
     */
    CompletableFuture<Void> awaitAsync();

    /**
     * Waits for a signal without blocking, for a limited time.
     *
     * @param timeout how long; zero or negative is false at once, without giving the lock up
     * @return completes when the lock is held again, with whether it was signalled; cancelling it gives the lock up for good
     * @throws IllegalStateException if the lock is not held, or is an {@link RLock} that a thread holds
     */
    CompletableFuture<Boolean> awaitAsync(Duration timeout);

    /**
     * Wakes the one that has waited longest, if there is one. It does not wait for the keeper.
     *
     * @throws IllegalStateException if the lock is not held
     */
    default void signal() {
        signal(1);
    }

    /**
     * Wakes those who have waited longest: Python's {@code notify(n)}. It does not wait for the keeper.
     *
     * @param waiters how many at most; zero or negative for none
     * @throws IllegalStateException if the lock is not held
     */
    void signal(int waiters);

    /**
     * Wakes everyone who waits now. It does not wait for the keeper.
     *
     * @throws IllegalStateException if the lock is not held
     */
    default void signalAll() {
        signal(Integer.MAX_VALUE);
    }
}
