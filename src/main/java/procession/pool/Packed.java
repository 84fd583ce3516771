package procession.pool;

/**
 * Arrays of values on their way. Where all are boxed numbers of one class, their numbers go as one primitive array: a chunk of tiny tasks
 * then costs next to nothing to encode. What comes out has the classes that went in.
 */
final class Packed {

    private Packed() {}

    /** The values, or a primitive array of them. Plain loops: a worker has the first tier of the compiler only. */
    static Object of(Object[] values) {
        if (isAll(Integer.class, values)) {
            var numbers = new int[values.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (Integer) values[i];
            }
            return numbers;
        }
        if (isAll(Long.class, values)) {
            var numbers = new long[values.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (Long) values[i];
            }
            return numbers;
        }
        if (isAll(Double.class, values)) {
            var numbers = new double[values.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (Double) values[i];
            }
            return numbers;
        }
        return values;
    }

    private static boolean isAll(Class<?> type, Object[] values) {
        for (var value : values) {
            if (value == null || value.getClass() != type) {
                return false;
            }
        }
        return values.length > 0;
    }

    /** The values again. */
    static Object[] values(Object packed) {
        return switch (packed) {
            case int[] numbers -> {
                var values = new Object[numbers.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = numbers[i];
                }
                yield values;
            }
            case long[] numbers -> {
                var values = new Object[numbers.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = numbers[i];
                }
                yield values;
            }
            case double[] numbers -> {
                var values = new Object[numbers.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = numbers[i];
                }
                yield values;
            }
            default -> (Object[]) packed;
        };
    }
}
