package procession;

import java.util.Iterator;
import java.util.function.Function;

/** What the methods of {@link Pool} have in common. */
final class Submissions {

    /** How often a repeatable task runs again, if nobody says. */
    static final int REPEATS = 3;

    private Submissions() {}

    static int checked(int chunkSize) {
        if (chunkSize < 1) {
            throw new IllegalArgumentException("A chunk has 1 or more tasks, not " + chunkSize + ".");
        }
        return chunkSize;
    }

    static <R> R awaited(Result<R> result) throws InterruptedException {
        try {
            return result.get();
        } catch (InterruptedException interrupted) {
            result.cancel();
            throw interrupted;
        }
    }

    static Iterable<Object[]> arguments1(Iterable<?> items) {
        return each(items, item -> new Object[] {item});
    }

    static <A, B> Iterable<Object[]> arguments2(Iterable<Args2<A, B>> items) {
        return each(items, args -> new Object[] {args.a(), args.b()});
    }

    static <A, B, C> Iterable<Object[]> arguments3(Iterable<Args3<A, B, C>> items) {
        return each(items, args -> new Object[] {args.a(), args.b(), args.c()});
    }

    static <A, B, C, D> Iterable<Object[]> arguments4(Iterable<Args4<A, B, C, D>> items) {
        return each(items, args -> new Object[] {args.a(), args.b(), args.c(), args.d()});
    }

    private static <T> Iterable<Object[]> each(Iterable<T> items, Function<T, Object[]> arguments) {
        return () -> {
            Iterator<T> source = items.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return source.hasNext();
                }

                @Override
                public Object[] next() {
                    return arguments.apply(source.next());
                }
            };
        };
    }
}
