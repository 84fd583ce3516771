package procession;

/**
 * What a worker of a pool does, with two parameters: a reference to a static method that gives a value, as in
 * {@code pool.applyAsync(Words::count, …)}.
 *
 * <p>It is serializable only so that the compiler records the method's name; nothing is ever serialized. A worker calls the named method.
 *
 * <p>In Python: {@code func} of {@code Pool.apply} and its like; here it is a static method.
 *
 * @param <A> type of argument 1
 * @param <B> type of argument 2
 * @param <R> type of the value
 * @see Pool
 */
@FunctionalInterface
public interface Task2<A, B, R> extends java.io.Serializable {

    /**
     * Never called on the reference itself: the method it names is called, in a worker.
     *
     * @param a argument 1
     * @param b argument 2
     * @return the value
     * @throws Exception whatever the method throws; it becomes the task's {@link TaskOutcome.Failed}
     */
    R call(A a, B b) throws Exception;
}
