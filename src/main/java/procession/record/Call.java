package procession.record;

import java.util.Optional;
import procession.core.Happening;

/**
 * One request of one process, and every line that is about it. What is missing is null: a process may be killed at any moment, and its
 * lines and the keeper's come in any order.
 */
final class Call {

    final Key key;
    Entry invoked;
    Entry returned;
    /** The keeper has heard of it. */
    Entry asked;
    /** The keeper has answered it. */
    Entry answered;
    /** The keeper has answered it again, which must not be. */
    Entry answeredAgain;
    /** How many items the keeper has said of it. */
    int items;
    /** The keeper has told it of a death. */
    Entry abandoned;

    /**
     * Names a request within its run.
     *
     * @param owner number of the process
     * @param request its number in that process's session; below zero for what the process does itself with a lock that is lent to it
     */
    record Key(long owner, long request) {
        static Key of(Happening happening) {
            return new Key(happening.owner(), happening.request());
        }
    }

    Call(Key key) {
        this.key = key;
    }

    /** The command's name, whoever has told of it; empty if nobody has. */
    String command() {
        return invoked != null ? invoked.invoked().command() : asked != null ? asked.happening().detail() : "";
    }

    /** How it was meant: see {@link Line.Invoked#detail()}. Empty if its process has not told. */
    String manner() {
        return invoked == null ? "" : invoked.invoked().detail();
    }

    /** Whether it puts or gets several items, each of which the keeper tells. */
    boolean isBatch() {
        return switch (command()) {
            case "PutAll", "SendAll", "GetSome", "ReceiveSome" -> true;
            default -> false;
        };
    }

    long strand() {
        return invoked != null ? invoked.invoked().strand() : asked != null ? asked.happening().strand() : 0;
    }

    /** Whether the process answered it itself, of a lock that is lent to it. */
    boolean isOfLoan() {
        return key.request() < 0;
    }

    boolean returned(String outcome) {
        return returned != null && returned.returned().outcome().equals(outcome);
    }

    Optional<Happening> answer() {
        return Optional.ofNullable(answered).map(Entry::happening);
    }
}
