package procession;

/**
 * The body of a process with six arguments: a reference to a static method, as in {@code run.process(Tickets::buy, …)}.
 *
 * <p>It is serializable only so that the compiler records the method's name; nothing is ever serialized. The child calls the
 * named method, and what it returns is the process's value.
 *
 * <p>In Python: {@code target} of {@code multiprocessing.Process}, which may be anything that can be pickled; here it is a static
 * method.
 *
 * @param <A> type of argument 1
 * @param <B> type of argument 2
 * @param <C> type of argument 3
 * @param <D> type of argument 4
 * @param <E> type of argument 5
 * @param <F> type of argument 6
 * @see Procession#process
 */
@FunctionalInterface
public interface Body6<A, B, C, D, E, F> extends java.io.Serializable {

    /** Never called on the reference itself: the method it names is called, in the child.
     *
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @param d argument 4
     * @param e argument 5
     * @param f argument 6
     * @throws Exception whatever the method throws; it becomes the process's {@link Outcome.Failed}
     */
    void run(A a, B b, C c, D d, E e, F f) throws Exception;
}
