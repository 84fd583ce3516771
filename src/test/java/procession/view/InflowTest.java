package procession.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import procession.core.Happening;

/** The keeper tells, and is never held up. */
class InflowTest {

    private final Inflow inflow = new Inflow(4);

    private void tell(int from, int to) {
        for (int step = from; step <= to; step++) {
            inflow.tell(new Happening(step, step, Happening.Kind.SET, 1, "p", Optional.empty(), Optional.empty(), 0, 0, 0, 0, ""));
        }
    }

    private List<String> taken(int most) throws InterruptedException {
        var taken = new ArrayList<String>();
        for (var told = inflow.take(0); told != null; told = taken.size() < most ? inflow.take(0) : null) {
            taken.add(switch (told) {
                case Inflow.Told.Happened(var happening) -> String.valueOf(happening.step());
                case Inflow.Told.Lost(long nanos, long count) -> count + " lost";
                case Inflow.Told.Ended ended -> "end";
            });
        }
        return taken;
    }

    @Test
    void whatIsToldIsTakenInItsOrder() throws Exception {
        tell(1, 4);

        assertThat(taken(9)).containsExactly("1", "2", "3", "4");
    }

    @Test
    void whatThereIsNoRoomForIsCountedAndSaidInItsPlace() throws Exception {
        tell(1, 10);
        assertThat(taken(9)).containsExactly("1", "2", "3", "4");
        tell(11, 12);

        assertThat(taken(9)).containsExactly("6 lost", "11", "12");
    }

    @Test
    void nothingIsTakenInAgainUntilHalfOfTheRoomIsFree() throws Exception {
        tell(1, 5);
        assertThat(taken(1)).containsExactly("1");
        tell(6, 6);
        assertThat(taken(1)).containsExactly("2");
        tell(7, 7);

        assertThat(taken(9)).containsExactly("3", "4", "2 lost", "7");
    }

    @Test
    void theEndIsToldHoweverFullItIs() throws Exception {
        tell(1, 6);
        inflow.end(9, true);

        assertThat(taken(9)).containsExactly("1", "2", "3", "4", "2 lost", "end");
    }
}
