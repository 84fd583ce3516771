package procession;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The door from the API to what implements it; found by {@link ServiceLoader}. Not for users. */
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

    /** Looks once. */
    final class Found {
        private static final Provider PROVIDER = ServiceLoader.load(Provider.class, Provider.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("procession.jar is incomplete: it names no implementation."));

        private Found() {}
    }
}
