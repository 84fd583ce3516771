package procession;

/**
 * The four arguments of one task of {@link Pool#starmap}: see {@link Args}.
 *
 * <p>In Python: a tuple.
 *
 * @param <A> type of argument 1
 * @param <B> type of argument 2
 * @param <C> type of argument 3
 * @param <D> type of argument 4
 * @param a argument 1
 * @param b argument 2
 * @param c argument 3
 * @param d argument 4
 */
public record Args4<A, B, C, D>(A a, B b, C c, D d) {}
