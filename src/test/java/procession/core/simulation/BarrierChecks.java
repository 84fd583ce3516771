package procession.core.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import procession.core.Happening;
import procession.core.PrimitiveId;

/** Barriers: rounds, as the keeper sees them. */
final class BarrierChecks {

    private record Asked(long owner, long request) {}

    /** One barrier: who has come and not been told, and the round that is being let go. */
    private static final class Gate {
        final List<Asked> came = new ArrayList<>();
        final List<Long> passing = new ArrayList<>();
        /** A process that waited here is dead, and it has not been broken since. */
        boolean missed;
    }

    private final Map<PrimitiveId, Gate> gates = new HashMap<>();

    void happened(PrimitiveId id, int parties, Happening happening) {
        var gate = gates.computeIfAbsent(id, barrier -> new Gate());
        var asked = new Asked(happening.owner(), happening.request());
        switch (happening.kind()) {
            case ASKED -> {
                if (happening.detail().equals("AwaitBarrier")) {
                    gate.came.add(asked);
                }
            }
            case PASSED -> passed(id, parties, gate, asked, happening);
            case TIMED_OUT, REFUSED -> gate.came.remove(asked);
            case BROKEN, RESET -> {
                gate.passing.clear();
                gate.missed = false;
            }
            default -> { }
        }
    }

    /** The last of a round may have been let go before the others, to act. */
    private void passed(PrimitiveId id, int parties, Gate gate, Asked asked, Happening happening) {
        Law.ALL_OR_NONE.holds(gate.came.remove(asked), "%s passes %s, and did not come", asked, id);
        Law.ALL_OR_NONE.holds(!gate.passing.contains(happening.number()) && happening.number() < parties, "%s passes %s as number %s again",
                asked, id, happening.number());
        Law.ALL_OR_NONE.holds(gate.passing.size() + gate.came.size() + 1 >= parties, "%s passes %s, to which not all have come", asked, id);
        gate.passing.add(happening.number());
        if (gate.passing.size() == parties) {
            gate.passing.clear();
        }
    }

    /** Nobody may go on waiting for one that is dead; what its death led to has been told before this. */
    void ended(long owner) {
        gates.values().forEach(gate -> gate.came.removeIf(asked -> {
            gate.missed |= asked.owner() == owner;
            return asked.owner() == owner;
        }));
    }

    /** A step of the keeper is over. */
    void stepEnds() {
        gates.forEach((id, gate) -> Law.NOBODY_WAITS_FOR_THE_DEAD.holds(!gate.missed, "one of the parties of %s is dead, but it is not broken",
                id));
    }
}
