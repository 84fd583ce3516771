package procession;

/**
 * The body of a process with no argument: a reference to a static method, as in {@code run.process(Tickets::buy, …)}.
 *
 * <p>It is serializable only so that the compiler records the method's name; nothing is ever serialized. The child calls the
 * named method, and what it returns is the process's value.
 *
 * <p>In Python: {@code target} of {@code multiprocessing.Process}, which may be anything that can be pickled; here it is a static
 * method.
 *
 * @see Procession#process
 */
@FunctionalInterface
public interface Body0 extends Body, java.io.Serializable {

    /** Never called on the reference itself: the method it names is called, in the child.
     *
     * @throws Exception whatever the method throws; it becomes the process's {@link Outcome.Failed}
     */
    @Override
    void run() throws Exception;
}
