package procession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> SAMPLES = List.of("car-market", "hello-process", "ticket-sales", "traffic-light",
            "workshop");

    @ParameterizedTest
    @CsvSource({
        "ticket-sale,ticket-sales",
        "tikcet-sales,ticket-sales",
        "TicketSales,ticket-sales",
        "traficlight,traffic-light",
        "workshpo,workshop",
    })
    void aTypoFindsTheNameThatWasMeant(String typed, String meant) {
        assertThat(Nearest.to(typed, SAMPLES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"philosophers", "x", "work"})
    void aWildGuessIsNotMade(String typed) {
        assertThat(Nearest.to(typed, SAMPLES)).isEmpty();
    }

    @Test
    void nothingIsNearestToNothing() {
        assertThat(Nearest.to("ticket-sales", List.of())).isEmpty();
        assertThat(Nearest.to("", SAMPLES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc,abc,0", "abc,abd,1", "abc,ab,1", "abc,abcd,1", "abc,acb,1", "abc,xyz,3", "'',abc,3"})
    void distanceCountsChangesAdditionsDropsAndSwaps(String from, String to, int distance) {
        assertThat(Nearest.distance(from, to)).isEqualTo(distance);
        assertThat(Nearest.distance(to, from)).isEqualTo(distance);
    }
}
