package procession;

/**
 * The body of a process with two arguments: a reference to a static method, as in {@code run.process(Tickets::buy, …)}.
 *
 * <p>It is serializable only so that the compiler records the method's name; nothing is ever serialized. The child calls the
 * named method, and what it returns is the process's value.
 *
 * <p>In Python: {@code target} of {@code multiprocessing.Process}, which may be anything that can be pickled; here it is a static
 * method.
 *
 * @param <A> type of argument 1
 * @param <B> type of argument 2
 * @see Procession#process
 */
@FunctionalInterface
public interface Body2<A, B> extends java.io.Serializable {

    /** Never called on the reference itself: the method it names is called, in the child.
     *
     * @param a argument 1
     * @param b argument 2
     * @throws Exception whatever the method throws; it becomes the process's {@link Outcome.Failed}
     */
    void run(A a, B b) throws Exception;
}
