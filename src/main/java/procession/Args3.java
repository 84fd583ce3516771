package procession;

/**
 * The three arguments of one task of {@link Pool#starmap}: see {@link Args}.
 *
 * <p>In Python: a tuple.
 *
 * @param <A> type of argument 1
 * @param <B> type of argument 2
 * @param <C> type of argument 3
 * @param a argument 1
 * @param b argument 2
 * @param c argument 3
 */
public record Args3<A, B, C>(A a, B b, C c) {}
