package procession.cli;

import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the value of an option, and says what it expects, so that every refusal sounds the same.
 *
 * @param <T> type of the value
 * @param expected what it takes, such as "a whole number"
 * @param parse turns the text into a value; throws {@link NumberFormatException} where it is none
 * @param allowed whether the value is in range
 */
record Reader<T>(String expected, Function<String, T> parse, Predicate<T> allowed) implements ITypeConverter<T> {

    static final Reader<Integer> COUNT = new Reader<>("a whole number, 0 or more", Integer::valueOf, count -> count >= 0);

    static final Reader<Long> SEED = new Reader<>("a whole number", Long::valueOf, seed -> true);

    static final Reader<Double> PACE =
            new Reader<>("a number more than 0 and at most 1000000", Double::valueOf, pace -> pace > 0 && pace <= 1_000_000);

    @Override
    public T convert(String text) {
        try {
            T value = parse.apply(text);
            if (allowed.test(value)) {
                return value;
            }
        } catch (NumberFormatException none) {
            // Refused below, like one out of range: a person needs the same hint for both.
        }
        throw new TypeConversionException("expected " + expected);
    }
}
