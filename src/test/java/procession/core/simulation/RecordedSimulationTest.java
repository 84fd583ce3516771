package procession.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import procession.core.Bug;
import procession.core.Owner;
import procession.core.Seeds;
import procession.core.SideBySide;
import procession.record.Judgement;
import procession.record.Violation;

/**
 * Records of simulated runs, judged as those of real ones: in a run as it should be nothing is found, and bugs are found by the traces that
 * they leave.
 */
@SideBySide
class RecordedSimulationTest {

    private static final int SEEDS = 400;

    /** So many runs a bug may live through; most are found in the first ten. */
    private static final int MOST_RUNS = 2000;

    private static final Map<Bug, List<String>> TRACES = Map.ofEntries(
            Map.entry(Bug.DEATH_BELIEVED_ON_SUSPICION, List.of("the dead are silent")),
            Map.entry(Bug.LATE_GRANT_KEPT, List.of("late answers go back")),
            Map.entry(Bug.EXPIRY_UNANSWERED, List.of("calls end")),
            Map.entry(Bug.WAITER_KEPT_ON_DEPARTURE, List.of("locks pass on")),
            Map.entry(Bug.FENCE_NOT_RAISED, List.of("fences rise", "mutual exclusion")),
            Map.entry(Bug.DEATH_UNTOLD, List.of("deaths are told")),
            Map.entry(Bug.GRANT_FORGOTTEN, List.of("locks pass on")),
            Map.entry(Bug.RELEASE_REFUSED, List.of("locks pass on")),
            Map.entry(Bug.RELEASE_BY_ANYONE, List.of("locks pass on", "mutual exclusion")),
            Map.entry(Bug.LOAN_KEPT, List.of("mutual exclusion")),
            Map.entry(Bug.LOAN_OUTLIVES_DEATH, List.of("locks pass on")),
            Map.entry(Bug.LOAN_UNFENCED, List.of("fences rise", "outcomes agree")),
            Map.entry(Bug.SIGNAL_LOST, List.of("signals wake")),
            Map.entry(Bug.PERMIT_LEAKED, List.of("permits add up")),
            Map.entry(Bug.PERMIT_FORGED, List.of("permits add up")),
            Map.entry(Bug.SIGNAL_COUNTED_TWICE, List.of("permits add up")),
            Map.entry(Bug.BOUND_IGNORED, List.of("permits add up")),
            Map.entry(Bug.SET_FORGETS_ONE, List.of("events wake")),
            Map.entry(Bug.CLEAR_IGNORED, List.of("events wake")),
            Map.entry(Bug.REQUEUE_FORGOTTEN, List.of("items are kept")),
            Map.entry(Bug.REQUEUED_TWICE, List.of("items are kept")),
            Map.entry(Bug.ORDER_BROKEN, List.of("items are kept")),
            Map.entry(Bug.LATE_PUT_KEPT, List.of("items are kept")),
            Map.entry(Bug.REDELIVERY_UNMARKED, List.of("items are kept")),
            Map.entry(Bug.JOIN_TOO_EARLY, List.of("items are kept")),
            Map.entry(Bug.END_TOO_EARLY, List.of("items are kept")),
            Map.entry(Bug.SHUT_BUT_OPEN, List.of("items are kept")),
            Map.entry(Bug.CONSUMED_UNHEARD, List.of("items go to one")),
            Map.entry(Bug.BATCH_CUT, List.of("outcomes agree")),
            Map.entry(Bug.BARRIER_TOO_EARLY, List.of("barriers gather")),
            Map.entry(Bug.BARRIER_IGNORES_DEATH, List.of("barriers gather")),
            Map.entry(Bug.LATCH_TOO_EARLY, List.of("latches open")),
            Map.entry(Bug.LATCH_FORGETS_ONE, List.of("latches open")),
            Map.entry(Bug.READER_OVERTAKES, List.of("readers and writers")),
            Map.entry(Bug.WRITER_BESIDE_READERS, List.of("readers and writers")),
            Map.entry(Bug.SHARE_KEPT, List.of("readers and writers")),
            Map.entry(Bug.DEATH_TOLD_ONCE, List.of("readers and writers")),
            Map.entry(Bug.POLLER_TOLD_OF_ANOTHERS, List.of("items are kept")),
            Map.entry(Bug.POLLER_NOT_TOLD_OF_RETURN, List.of("items are kept")),
            Map.entry(Bug.SECOND_POLLER_FORGOTTEN, List.of("items are kept")),
            Map.entry(Bug.COUNTER_WAKES_NOBODY, List.of("updates are kept")),
            Map.entry(Bug.ADDED_TWICE, List.of("updates are kept")),
            Map.entry(Bug.WRITTEN_BLINDLY, List.of("updates are kept")),
            Map.entry(Bug.ABSENT_OVERWRITTEN, List.of("updates are kept")),
            Map.entry(Bug.FAILURE_TOLD_AS_SUCCESS, List.of("outcomes agree")),
            Map.entry(Bug.FAILED_WRITE_KEPT, List.of("updates are kept")),
            Map.entry(Bug.CHANGE_WAKES_NOBODY, List.of("updates are kept")));

    private static Judgement judged(long seed, Bug bug) {
        var simulation = new Simulation(seed, bug);
        var record = simulation.recorded(seed);
        Law.tolerate(bug != null);
        try {
            simulation.play();
            return record.end(new Owner(1)).judge();
        } catch (Law.Broken | RuntimeException confused) {
            if (bug == null) {
                throw confused;
            }
            return record.cut().judge();
        } finally {
            Law.tolerate(false);
        }
    }

    @Test
    void whateverIsLostAndWhoeverDiesTheRecordIsClean() {
        Seeds.each(SEEDS, seed -> {
            var judgement = judged(seed, null);
            assertThat(judgement.violations()).isEmpty();
            assertThat(judgement.reservations()).isEmpty();
        });
    }

    static Stream<Arguments> bugsAndLaws() {
        return TRACES.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .flatMap(bug -> bug.getValue().stream().map(law -> Arguments.of(bug.getKey(), law)));
    }

    @ParameterizedTest
    @MethodSource("bugsAndLaws")
    void aBugIsFoundByItsTraces(Bug bug, String law) {
        assertThat(isFound(bug, law)).as("%s breaks '%s'", bug, law).isTrue();
    }

    private static boolean isFound(Bug bug, String law) {
        for (long seed = 1; seed <= MOST_RUNS; seed++) {
            if (judged(seed, bug).violations().stream().map(Violation::law).anyMatch(law::equals)) {
                return true;
            }
        }
        return false;
    }

    /** The handles of a run, its links, and what a machine or a session keeps to itself are not recorded. */
    @Test
    void theBugsThatLeaveNoTraceAreKnown() {
        var traceless = EnumSet.allOf(Bug.class);
        traceless.removeAll(TRACES.keySet());

        assertThat(traceless).containsExactlyInAnyOrder(Bug.LINK_FORGETS, Bug.LINK_REPEATS, Bug.HANDLE_LEAKED, Bug.HANDLE_DROPPED_TWICE,
                Bug.HELLO_TURNED_AWAY, Bug.EXIT_WITHOUT_FLUSH, Bug.PAYLOAD_LEAKED, Bug.DEADLOCK_OVERLOOKED, Bug.CONFIRMED_EARLY,
                Bug.LETTER_FORGOTTEN, Bug.BROKEN_TOO_EARLY, Bug.LOAN_NOT_CALLED_IN, Bug.BATCH_REVERSED,
                Bug.POLLER_NOT_TOLD_OF_END,
                Bug.COUNTER_SET_BLINDLY, Bug.OVERWRITTEN_KEPT, Bug.READ_AT_TWO_MOMENTS);
    }
}
