package procession.core;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says in words why somebody had to wait: who holds, and who is ahead. */
final class Situation {

    private static final int MOST_NAMES = 5;

    private final Function<Owner, String> label;

    Situation(Function<Owner, String> label) {
        this.label = label;
    }

    String of(Spec spec, Command command, View view, Ticket asker) {
        return switch (spec) {
            case Spec.Lock lock -> holders(view, "It is held by ") + ahead(view, asker);
            case Spec.Semaphore semaphore -> "It has " + view.count("value") + " of " + semaphore.permits() + " permits"
                    + (view.holds().isEmpty() ? "." : "; " + holders(view, "owed by ")) + ahead(view, asker);
            case Spec.Event event -> "It is not set.";
            case Spec.Queue queue when command instanceof Command.JoinQueue -> view.count("unfinished")
                    + " of its items are not done: " + view.count("size") + " still in the queue"
                    + (view.holds().isEmpty() ? "." : ", " + view.holds().size() + " with " + owners(view) + ".");
            case Spec.Queue queue -> "It has " + items(view.count("size"))
                    + (queue.maxSize() > 0 ? " of at most " + queue.maxSize() : "") + "." + ahead(view, asker);
            case Spec.Pipe pipe -> "Under way are " + items(view.count("to-first")) + " to its first end and "
                    + items(view.count("to-second")) + " to its second." + ahead(view, asker);
        };
    }

    private static String items(long count) {
        return count == 0 ? "nothing" : count == 1 ? "1 item" : count + " items";
    }

    private String holders(View view, String before) {
        return view.holds().isEmpty() ? "" : before + owners(view) + ".";
    }

    private String owners(View view) {
        return names(view.holds().stream().map(View.Hold::owner).distinct().toList());
    }

    private String ahead(View view, Ticket asker) {
        var before = view.waiting().stream().takeWhile(ticket -> !ticket.equals(asker)).map(Ticket::owner).toList();
        return before.isEmpty() ? "" : " Ahead: " + names(before) + ".";
    }

    private String names(List<Owner> owners) {
        var named = owners.stream().limit(MOST_NAMES).map(label).collect(Collectors.joining(", "));
        return owners.size() <= MOST_NAMES ? named : named + " and " + (owners.size() - MOST_NAMES) + " more";
    }
}
