package procession;

import java.util.Optional;

/**
 * What an acquire gives: the right that {@link #release()} gives back. Use it in try-with-resources.
 *
 * <p>Thread-safe. It belongs to the process that acquired it; the end of that process gives it back.
 *
 * <p>In Python: none; {@code acquire()} returns {@code True}, and the lock itself is the context manager.
 */
public interface Grant extends AutoCloseable {

    /**
     * A number that rises with every grant the keeper ever makes. A resource that remembers the highest it has seen can refuse a
     * holder that lost its lock without noticing.
     *
     * <p>Re-entering an {@link RLock} is no new grant: it has the same number. Waiting for a {@link Condition} is: the number is higher
     * afterwards.
     *
     * @return the fencing number
     */
    long fence();

    /**
     * Told to the first holder after one that died while holding, as by a robust mutex, or from whom the lock was
     * {@linkplain Lock#breakLock() taken away}; of a {@link ReadWriteLock} to all after a writer that died, until a writer has released it.
     *
     * @return the one that died or lost the lock; empty if the predecessor released properly
     */
    Optional<Predecessor> abandoned();

    /**
     * Gives it back. It does not wait for the keeper.
     *
     * @throws IllegalStateException if it has been given back already, is given up to wait for a {@link Condition}, or is that of an
     *     {@link RLock} that another thread holds
     */
    void release();

    /**
     * Gives it back, unless that has been done.
     *
     * @throws IllegalStateException if it is given up to wait for a {@link Condition}, or is that of an {@link RLock} that another thread
     *     holds
     */
    @Override
    void close();
}
