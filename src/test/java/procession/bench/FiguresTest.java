package procession.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @Test
    void aLatencyIsTheMedianOfEachRoundAndP99OfAllInMicroseconds() {
        var few = LongStream.rangeClosed(1, 99).map(micro -> micro * 1_000).toArray();
        var slow = new long[] {500_000};

        var latency = Latency.ofNanos(List.of(few, slow), 1);

        assertThat(latency.rounds()).containsExactly(50.0, 500.0);
        assertThat(latency.p99()).isEqualTo(500.0);
    }

    @Test
    void operationsThatAreTimedTogetherShareTheTime() {
        assertThat(Latency.ofNanos(List.of(new long[] {64_000}), 32).rounds()).containsExactly(2.0);
    }

    @Test
    void figuresCrossFromOneJvmToAnotherAsText() {
        var latency = new Latency(List.of(1.5, 2.5), 9.25);
        var measured = new Measured("queue.roundtrip", List.of(1.5, 2.5), Double.NaN);

        assertThat(Latency.parse(latency.text())).isEqualTo(latency);
        assertThat(Measured.isText(measured.text())).isTrue();
        assertThat(Measured.parse(measured.text())).isEqualTo(measured);
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(new Measured("a", List.of(4.0, 1.0, 2.0, 9.0), Double.NaN).median()).isEqualTo(3.0);
    }

    @ParameterizedTest
    @CsvSource({"123456.7, 123457", "99.94, 99.9", "1.234, 1.23", "0.05678, 0.057", "20, 20"})
    void numbersAreShownAsExactlyAsTheyAreMeant(double value, String shown) {
        assertThat(Table.number(value)).isEqualTo(shown);
    }
}
