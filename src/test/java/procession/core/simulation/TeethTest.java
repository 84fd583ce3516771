package procession.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import procession.core.Bug;
import procession.core.SideBySide;

/** The checks bite: every bug is caught by them, and every law catches one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SideBySide
class TeethTest {

    /** So many runs a bug may live through; most are caught in the first ten. */
    private static final int MOST_RUNS = 1500;
    private static final int RUNS = 150;

    private final Map<Law, Bug> caughtBy = new ConcurrentHashMap<>();
    private final Set<Bug> played = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @EnumSource(Bug.class)
    void everyBugIsCaught(Bug bug) {
        var broken = new EnumMap<Law, Integer>(Law.class);
        int caught = 0;
        for (int seed = 1; seed <= RUNS || (caught == 0 && seed <= MOST_RUNS); seed++) {
            try {
                new Simulation(seed, bug).play();
            } catch (Law.Broken law) {
                caught++;
                broken.merge(law.law, 1, Integer::sum);
                caughtBy.putIfAbsent(law.law, bug);
            } catch (RuntimeException confused) {
                caught++; // A bug may also confuse the keeper or the simulation: nobody overlooks that.
            }
        }
        played.add(bug);
        System.out.printf("%s: caught in %d runs, by %s%n", bug, caught, broken);
        assertThat(caught).as("%s", bug).isPositive();
    }

    @AfterAll
    void everyLawCatchesABug() {
        if (played.size() == Bug.values().length) {
            assertThat(caughtBy.keySet()).containsExactlyInAnyOrder(Law.values());
        }
    }
}
