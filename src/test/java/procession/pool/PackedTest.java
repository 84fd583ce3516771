package procession.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackedTest {

    static Stream<Arguments> arrays() {
        return Stream.<Object[]>of(
                new Object[] {1, -2, Integer.MIN_VALUE},
                new Object[] {1L, -2L, Long.MAX_VALUE},
                new Object[] {0.5, -0.0, Double.NaN},
                new Object[] {1, 2L, 3.0},
                new Object[] {1, null, 3},
                new Object[] {(short) 1, (byte) 2, 3f},
                new Object[] {"a", new int[] {1}, List.of(2)},
                new Object[] {null},
                new Object[] {}).map(array -> Arguments.of((Object) array));
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void whatComesOutIsWhatWentInOfTheSameClasses(Object[] values) {
        assertThat(Packed.values(Packed.of(values))).isExactlyInstanceOf(Object[].class).isEqualTo(values);
    }

    @Test
    void numbersOfOneClassGoAsAPrimitiveArray() {
        assertThat(Packed.of(new Object[] {1, 2})).isEqualTo(new int[] {1, 2});
        assertThat(Packed.of(new Object[] {1L, 2L})).isEqualTo(new long[] {1, 2});
        assertThat(Packed.of(new Object[] {1.0, 2.0})).isEqualTo(new double[] {1, 2});
    }
}
