package procession.core.simulation;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import procession.Row;
import procession.core.Seeds;
import procession.core.SideBySide;

@SideBySide
class SimulationTest {

    /** {@code -Dtest.seeds=N} for more, {@code -Dtest.seed=N} for one, {@code -Dtest.trace=true} to see it. */
    private static final int SEEDS = 5000;

    @Test
    @Row({"K2", "K5", "G01", "G08", "G21"})
    void whateverIsLostAndWhoeverDiesTheLawsHold() {
        var played = new ArrayList<Simulation.Played>();

        Seeds.each(SEEDS, seed -> played.add(new Simulation(seed).play()));

        System.out.printf("%d runs: %d processes, %d deaths, %d grants, %d deliveries, %d deadlocks, %d frames lost, %d steps%n", played.size(),
                played.stream().mapToLong(Simulation.Played::processes).sum(),
                played.stream().mapToLong(Simulation.Played::deaths).sum(),
                played.stream().mapToLong(Simulation.Played::grants).sum(),
                played.stream().mapToLong(Simulation.Played::deliveries).sum(),
                played.stream().mapToLong(Simulation.Played::deadlocks).sum(),
                played.stream().mapToLong(Simulation.Played::lostFrames).sum(),
                played.stream().mapToLong(Simulation.Played::tasks).sum());
    }
}
