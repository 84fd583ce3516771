package procession;

/**
 * The two arguments of one task of {@link Pool#starmap}: see {@link Args}.
 *
 * <p>In Python: a tuple.
 *
 * @param <A> type of argument 1
 * @param <B> type of argument 2
 * @param a argument 1
 * @param b argument 2
 */
public record Args2<A, B>(A a, B b) {}
