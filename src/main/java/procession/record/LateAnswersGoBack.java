package procession.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import procession.core.Happening;

/**
 * What comes too late for its asker goes back: a lock, permits or an item that the keeper gave to a call which had been given up. Answers
 * reach a process in the keeper's order; so when it is told of a later one, it has had the one before, and has given it back already.
 */
final class LateAnswersGoBack extends Law {

    /** A grant or an item, named by its fence or by its request. */
    private record Given(long owner, String by, long number) {}

    private final Set<Given> givenBack = new HashSet<>();
    private final Map<Long, List<Call>> answersOf = new HashMap<>();

    LateAnswersGoBack(Evidence evidence) {
        super("late answers go back", "A lock, permits or an item that come too late for their asker go back.", evidence);
    }

    @Override
    boolean suffersFromGaps() {
        return true;
    }

    @Override
    void invoked(Line.Invoked invoked, Entry entry) {
        switch (invoked.command()) {
            case "ReturnLock", "ReturnReadWrite", "ReleasePermits", "GiveBack" ->
                    givenBack.add(new Given(invoked.owner(), invoked.command(), invoked.number()));
            default -> { }
        }
    }

    @Override
    void happened(Happening happening, Entry entry) {
        var call = evidence.of(happening);
        if (call.answered == entry && call.items <= 1) {
            answersOf.computeIfAbsent(happening.owner(), owner -> new ArrayList<>()).add(call);
        }
    }

    @Override
    void allRead() {
        answersOf.forEach((owner, answers) -> {
            if (evidence.hasWholeHistory(owner) && !evidence.hasLeft(owner)) {
                judge(answers);
            }
        });
    }

    private void judge(List<Call> answers) {
        Call later = null;
        for (var call : answers.reversed()) {
            if (later != null && cameTooLate(call) && !givenBack.contains(given(call))) {
                broken(name(call.key.owner()) + " had given up its " + call.command() + ", was answered all the same, and did not give back"
                        + " what it got.", call.returned, call.answered, later.returned);
            }
            if (call.returned != null && call.returned.returned().isAnswer()) {
                later = call;
            }
        }
    }

    private static boolean cameTooLate(Call call) {
        return (call.returned(Unanswered.KEEPER_SILENT.toString()) || call.returned(Unanswered.ABANDONED.toString()))
                && switch (call.answered.happening().kind()) {
                    case GRANTED, GOT, RECEIVED -> true;
                    default -> false;
                };
    }

    private static Given given(Call call) {
        var answer = call.answered.happening();
        long owner = call.key.owner();
        return switch (call.command()) {
            case "AcquirePermits" -> new Given(owner, "ReleasePermits", answer.number());
            case "Get", "Receive", "GetSome", "ReceiveSome" -> new Given(owner, "GiveBack", call.key.request());
            case "AcquireRead", "AcquireWrite" -> new Given(owner, "ReturnReadWrite", answer.number());
            default -> new Given(owner, "ReturnLock", answer.number());
        };
    }
}
