package procession;

/**
 * Makes the arguments of single tasks for {@link Pool#starmap}. More than four make a record, for {@link Pool#map}.
 *
 * <p>In Python: a tuple of the iterable that {@code Pool.starmap} takes.
 */
public interface Args {

    /**
     * Two arguments.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param a argument 1
     * @param b argument 2
     * @return them
     */
    static <A, B> Args2<A, B> of(A a, B b) {
        return new Args2<>(a, b);
    }

    /**
     * Three arguments.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @return them
     */
    static <A, B, C> Args3<A, B, C> of(A a, B b, C c) {
        return new Args3<>(a, b, c);
    }

    /**
     * Four arguments.
     *
     * @param <A> type of argument 1
     * @param <B> type of argument 2
     * @param <C> type of argument 3
     * @param <D> type of argument 4
     * @param a argument 1
     * @param b argument 2
     * @param c argument 3
     * @param d argument 4
     * @return them
     */
    static <A, B, C, D> Args4<A, B, C, D> of(A a, B b, C c, D d) {
        return new Args4<>(a, b, c, d);
    }
}
