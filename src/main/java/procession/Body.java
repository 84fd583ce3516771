package procession;

/**
 * The body of a process as an object: a record or a class with fields and a {@code run()}.
 *
 * <p>The object itself travels to the child as an argument does, so its fields need an encoding, and its class must be reachable by
 * name there: no lambda, no anonymous or inner class that holds on to an outer object.
 *
 * <p>In Python: a subclass of {@code multiprocessing.Process} with a {@code run()} of its own.
 */
public interface Body {

    /**
     * Runs in the child, on its main thread.
     *
     * @throws Exception anything; it becomes the process's {@link Outcome.Failed}
     */
    void run() throws Exception;
}
