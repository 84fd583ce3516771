package procession.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * A barrier lets as many go as it has parties, in the order in which they came, or none; and by their own clocks, none of them is told so
 * before all of them had asked. When a step of the keeper is over, a barrier that is not broken has not as many waiting; and the end of
 * one that waits breaks it.
 */
final class BarriersGather extends Law {

    private final Map<PrimitiveId, BarrierModel> models = new HashMap<>();
    private final Set<PrimitiveId> touched = new HashSet<>();
    private final Map<PrimitiveId, List<List<Call.Key>>> rounds = new HashMap<>();

    BarriersGather(Evidence evidence) {
        super("barriers gather", "All parties of a round go on, when all have come, or none.", evidence);
    }

    @Override
    boolean followsTheKeeper() {
        return true;
    }

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Happening.Kind.PROCESS_ENDED) {
            models.forEach((id, model) -> {
                model.departed(happening.owner());
                touched.add(id);
            });
        }
        happening.primitive().filter(id -> evidence.primitive(id).is(Primitive.Kind.BARRIER)).ifPresent(id -> {
            if (happening.kind() == Happening.Kind.OVER) {
                models.remove(id);
                touched.remove(id);
            } else {
                touched.add(id);
                models.computeIfAbsent(id, this::model).happened(happening, entry);
            }
        });
    }

    private BarrierModel model(PrimitiveId id) {
        var complete = rounds.computeIfAbsent(id, barrier -> new ArrayList<>());
        return new BarrierModel(evidence.primitive(id), evidence, this::broken, complete::add);
    }

    @Override
    void stepEnded() {
        touched.forEach(id -> models.get(id).stepEnded());
        touched.clear();
    }

    @Override
    void allRead() {
        rounds.forEach((id, complete) -> complete.forEach(round -> together(id, round.stream().map(evidence::of).toList())));
    }

    private void together(PrimitiveId id, List<Call> round) {
        Entry lastAsked = null;
        Entry firstTold = null;
        for (var call : round) {
            if (call.invoked != null && (lastAsked == null || call.invoked.line().nanos() > lastAsked.line().nanos())) {
                lastAsked = call.invoked;
            }
            boolean passed = call.returned("Passed") || call.returned("Act");
            if (passed && (firstTold == null || call.returned.line().nanos() < firstTold.line().nanos())) {
                firstTold = call.returned;
            }
        }
        if (lastAsked != null && firstTold != null && lastAsked.line().nanos() > firstTold.line().nanos()) {
            broken(evidence.primitive(id).title() + " let " + name(firstTold.returned().owner()) + " go before "
                    + name(lastAsked.invoked().owner()) + ", of the same round, had come.", firstTold, lastAsked);
        }
    }
}
