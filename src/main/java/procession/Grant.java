package procession;

import java.util.Optional;

/**
 * What an acquire gives: the right that {@link #release()} gives back. Use it in try-with-resources.
 *
 * <p>Thread-safe. It belongs to the process that acquired it; the end of that process gives it back.
 */
public interface Grant extends AutoCloseable {

    /**
     * A number that rises with every grant the keeper ever makes. A resource that remembers the highest it has seen can refuse a
     * holder that lost its lock without noticing.
     *
     * @return the fencing number
     */
    long fence();

    /**
     * Told to the first holder after one that died while holding, as by a robust mutex.
     *
     * @return the one that died; empty if the predecessor released properly
     */
    Optional<Predecessor> abandoned();

    /**
     * Gives it back. It does not wait for the keeper.
     *
     * @throws IllegalStateException if it has been given back already
     */
    void release();

    /** Gives it back, unless that has been done. */
    @Override
    void close();
}
