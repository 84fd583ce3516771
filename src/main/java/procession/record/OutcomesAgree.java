package procession.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import procession.core.Happening;
import procession.core.Happening.Kind;

/**
 * What a process is told of a call is what the keeper says of it: granted under the same fence, refused for the same reason, and so on;
 * the keeper answers a call once, and only one that was made. By the clock that all share it hears of a call when that has been made, and
 * whoever is told of an answer is so after it was given.
 *
 * <p>A lock that is lent to a process is granted by itself, under the fences of the loan.
 *
 * <p>A call that ends without an answer (its time was long over, the run has ended, its caller gave up) agrees with anything: an answer
 * may still have been on its way. Where the keeper's happenings are not all there, a call without one is not held against anybody.
 */
final class OutcomesAgree extends Law {

    /** What is refused before any primitive sees it is not recorded by the keeper. */
    private static final Set<String> REFUSED_UNSEEN = Set.of("not-found", "wrong-kind");

    OutcomesAgree(Evidence evidence) {
        super("outcomes agree", "What a process is told is what the keeper says.", evidence);
    }

    private final List<Happening> loans = new ArrayList<>();

    @Override
    void happened(Happening happening, Entry entry) {
        if (happening.kind() == Kind.LENT) {
            loans.add(happening);
        }
    }

    @Override
    boolean suffersFromGaps() {
        return true;
    }

    @Override
    void allRead() {
        evidence.calls().forEach(this::judge);
    }

    private void judge(Call call) {
        var who = name(call.key.owner());
        if (call.answeredAgain != null) {
            broken("The keeper answered request " + call.key.request() + " of " + who + " twice.", call.answered, call.answeredAgain);
        }
        if (call.asked != null && call.invoked == null && evidence.hasWholeHistory(call.key.owner())) {
            broken("The keeper heard request " + call.key.request() + " of " + who + ", which did not make it.", call.asked);
        }
        inOrder(call, call.invoked, call.asked);
        if (call.returned != null && call.invoked != null && call.returned.returned().isAnswer()) {
            inOrder(call, call.answered, call.returned);
            told(call, call.returned.returned());
        }
    }

    private void inOrder(Call call, Entry first, Entry second) {
        if (first != null && second != null && first.line().nanos() > second.line().nanos()) {
            broken("Request " + call.key.request() + " of " + name(call.key.owner()) + ": what comes second is earlier by the clock.", first,
                    second);
        }
    }

    private void told(Call call, Line.Returned returned) {
        var expected = expected(call.command(), returned);
        if (expected.isEmpty() || isUnseen(call, returned)) {
            return;
        }
        if (call.isOfLoan()) {
            ofLoan(call, returned);
            return;
        }
        var who = name(call.key.owner()) + " was told " + returned.outcome() + " of its " + call.command() + ", but the keeper ";
        if (call.answered == null) {
            if (evidence.isWhole()) {
                broken(who + "says nothing of it.", call.invoked, call.returned);
            }
        } else if (!agrees(call, returned, call.answered.happening(), expected.get())) {
            broken(who + "says otherwise.", call.answered, call.returned);
        }
    }

    /** A lock that is lent is granted by its borrower itself, under the fences that were set aside for it; the keeper hears nothing of it. */
    private void ofLoan(Call call, Line.Returned returned) {
        var lock = call.invoked.invoked().primitive();
        if (evidence.isWhole() && loans.stream().noneMatch(loan -> loan.owner() == call.key.owner()
                && loan.primitive().orElseThrow().equals(lock) && loan.number() <= returned.number()
                && returned.number() < loan.number() + loan.units())) {
            broken(name(call.key.owner()) + " granted itself " + evidence.primitive(lock).label() + " under fence " + returned.number()
                    + ", which was not lent to it.", call.invoked, call.returned);
        }
    }

    private static boolean isUnseen(Call call, Line.Returned returned) {
        return call.asked == null && REFUSED_UNSEEN.contains(returned.code());
    }

    /** What the keeper must have said; empty if it says nothing, or the outcome is one of a later version. */
    private static Optional<Set<Kind>> expected(String command, Line.Returned returned) {
        return Optional.ofNullable(switch (returned.outcome()) {
            case "Granted", "Resumed" -> Set.of(Kind.GRANTED);
            case "Item", "Items" -> Set.of(Kind.GOT, Kind.RECEIVED);
            case "Ready" -> Set.of(Kind.READY);
            case "EndOfStream" -> Set.of(Kind.END_OF_STREAM);
            case "Passed", "Act" -> Set.of(Kind.PASSED);
            case "TimedOut", "Withdrawn" -> Set.of(Kind.TIMED_OUT);
            case "Refused" -> Set.of(Kind.REFUSED);
            case "Done" -> done(command);
            case "Counted" -> counted(command, returned);
            case "Stored", "Value" -> written(command, returned);
            default -> null;
        });
    }

    private static Set<Kind> counted(String command, Line.Returned returned) {
        return command.equals("AwaitCounter") ? Set.of(Kind.WOKEN) : returned.detail().equals("changed") ? Set.of(Kind.COUNTED) : null;
    }

    private static Set<Kind> written(String command, Line.Returned returned) {
        return switch (command) {
            case "AwaitValue", "AwaitMap" -> Set.of(Kind.WOKEN);
            case "WriteValue" -> returned.outcome().equals("Stored") ? Set.of(Kind.CHANGED) : null;
            default -> null;
        };
    }

    private static Set<Kind> done(String command) {
        return switch (command) {
            case "ReleaseLock", "ReleasePermits", "ReleaseReadWrite" -> Set.of(Kind.RELEASED);
            case "ReturnLock", "ReturnReadWrite" -> Set.of(Kind.RETURNED);
            case "SetEvent" -> Set.of(Kind.SET);
            case "ClearEvent" -> Set.of(Kind.CLEARED);
            case "AwaitEvent", "AwaitLatch" -> Set.of(Kind.WOKEN);
            case "CountDown" -> Set.of(Kind.COUNTED_DOWN);
            case "Put", "PutAll" -> Set.of(Kind.PUT);
            case "Send", "SendAll" -> Set.of(Kind.SENT);
            case "TaskDone" -> Set.of(Kind.DONE);
            case "JoinQueue" -> Set.of(Kind.JOINED);
            default -> null;
        };
    }

    private boolean agrees(Call call, Line.Returned returned, Happening said, Set<Kind> expected) {
        if (!expected.contains(said.kind())) {
            return false;
        }
        boolean isGrant = said.number() == returned.number() && said.units() == returned.units()
                && (dead(call) == returned.abandoned() || evidence.keeperGap() != null);
        return switch (returned.outcome()) {
            case "Granted" -> isGrant;
            case "Resumed" -> isGrant && said.detail().equals("signalled") == returned.detail().equals("signalled");
            case "Counted" -> !call.command().equals("AddToCounter") || said.number() == returned.number();
            case "Stored" -> said.kind() == Kind.WOKEN || said.number() == returned.number();
            case "Item" -> said.units() == returned.units();
            case "Items" -> call.items == returned.units() || evidence.keeperGap() != null;
            case "Done" -> !call.isBatch() || call.items == call.invoked.invoked().units() || evidence.keeperGap() != null;
            case "Passed" -> said.number() == returned.number() && said.detail().isEmpty();
            case "Act" -> said.number() == returned.number() && said.detail().equals("acts");
            case "Refused" -> said.detail().startsWith(returned.code() + ":");
            default -> true;
        };
    }

    private static long dead(Call call) {
        return call.abandoned == null ? 0 : call.abandoned.happening().number();
    }
}
