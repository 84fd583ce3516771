package procession;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;

/**
 * The door from the API to what implements it; found by {@link ServiceLoader}. Not for users.
 *
 * <p>In Python: none.
 */
public interface Provider {

    /**
     * The implementation.
     *
     * @return the first one on the class path
     */
    static Provider get() {
        return Found.PROVIDER;
    }

    /**
     * See {@link Procession#start(Map)}.
     *
     * @param settings settings that win over all others
     * @return the run
     */
    Procession start(Map<String, ?> settings);

    /**
     * See {@link Procession#join(String, Map)}.
     *
     * @param run the run
     * @param settings settings that win over all others
     * @return the run
     */
    Procession join(String run, Map<String, ?> settings);

    /**
     * See {@link Procession#current()}.
     *
     * @return the run
     */
    Procession current();

    /**
     * See {@link Procession#currentProcess()}.
     *
     * @return this process
     */
    Process currentProcess();

    /**
     * See {@link Procession#parentProcess()}.
     *
     * @return the parent
     */
    Optional<Process> parentProcess();

    /**
     * See {@link Procession#exit(int)}.
     *
     * @param status the exit status
     */
    void exit(int status);

    /**
     * See {@link Procession#waitAny(Duration, java.util.Collection)}.
     *
     * @param <W> their type
     * @param timeout how long; empty for ever
     * @param of what to wait for
     * @return all that are ready
     * @throws InterruptedException if interrupted while waiting and nothing is ready
     */
    <W extends Waitable> List<W> waitAny(Optional<Duration> timeout, List<W> of) throws InterruptedException;

    /**
     * See {@link Procession#waitAnyAsync(Duration, java.util.Collection)}.
     *
     * @param <W> their type
     * @param timeout how long; empty for ever
     * @param of what to wait for
     * @return completes with all that are ready
     */
    <W extends Waitable> CompletableFuture<List<W>> waitAnyAsync(Optional<Duration> timeout, List<W> of);

    /**
     * Looks once.
     *
     * <p>In Python: none.
     */
    final class Found {
        private static final Provider PROVIDER = ServiceLoader.load(Provider.class, Provider.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("procession.jar is incomplete: it names no implementation."));

        private Found() {}
    }
}
