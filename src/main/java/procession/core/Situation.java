package procession.core;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Says in words why somebody had to wait: who holds, since when, and who is ahead. */
final class Situation {

    private static final int MOST_NAMES = 5;

    private final Function<Owner, String> label;
    private final ToLongFunction<Ticket> askedAt;

    /**
     * How to put it.
     *
     * @param label names a process
     * @param askedAt since when somebody waits, in nanoseconds
     */
    Situation(Function<Owner, String> label, ToLongFunction<Ticket> askedAt) {
        this.label = label;
        this.askedAt = askedAt;
    }

    String of(Spec spec, Command command, View view, Ticket asker, long now) {
        return switch (spec) {
            case Spec.Lock lock -> holders(view, view.count("lent") == 1 ? "It is lent to " : "It is held by ", now) + ahead(view, asker, now);
            case Spec.Semaphore semaphore -> "It has " + view.count("value") + " of " + semaphore.permits() + " permits"
                    + (view.holds().isEmpty() ? "." : "; " + holders(view, "owed by ", now)) + ahead(view, asker, now);
            case Spec.Event event -> "It is not set.";
            case Spec.Queue queue when command instanceof Command.JoinQueue -> view.count("unfinished")
                    + " of its items are not done: " + view.count("size") + " still in the queue"
                    + (view.holds().isEmpty() ? "." : ", " + view.holds().stream().mapToInt(View.Hold::units).sum() + " with " + holders(view, "", now));
            case Spec.Queue queue -> "It has " + items(view.count("size"))
                    + (queue.maxSize() > 0 ? " of at most " + queue.maxSize() : "") + "." + ahead(view, asker, now);
            case Spec.Pipe pipe -> "Under way are " + items(view.count("to-first")) + " to its first end and "
                    + items(view.count("to-second")) + " to its second." + ahead(view, asker, now);
            case Spec.Barrier barrier -> view.count("acting") == 1 ? "All parties have come, and wait for the action of the last."
                    : view.waiting().size() + " of " + barrier.parties() + " parties have come.";
            case Spec.Latch latch -> view.count("count") + " of " + latch.count() + " are missing.";
            case Spec.ReadWriteLock lock -> holders(view,
                    view.count("writers") == 1 ? "It is being written by " : "It is being read by ", now) + ahead(view, asker, now);
            case Spec.Counter counter -> "It is " + view.count("value") + ".";
            case Spec.Cell cell -> "Its version is " + view.count("version") + ".";
            case Spec.SharedMap map -> "Its version is " + view.count("version") + ", and it has " + items(view.count("size")) + ".";
        };
    }

    private static String items(long count) {
        return count == 0 ? "nothing" : count == 1 ? "1 item" : count + " items";
    }

    private String holders(View view, String before, long now) {
        return view.holds().isEmpty() ? "" : before + names(view.holds(),
                hold -> label.apply(hold.owner()) + lasting(now - hold.since(), hold.isLent() ? 0 : hold.fence()),
                view.holds().size()) + ".";
    }

    private static String lasting(long nanos, long fence) {
        return " for " + seconds(nanos) + (fence == 0 ? "" : " (fence " + fence + ")");
    }

    private String ahead(View view, Ticket asker, long now) {
        int place = view.waiting().indexOf(asker);
        int before = place < 0 ? view.waiting().size() : place;
        return before == 0 ? "" : " Ahead: " + names(view.waiting(),
                ticket -> label.apply(ticket.owner()) + " for " + seconds(now - askedAt.applyAsLong(ticket)), before) + ".";
    }

    /** The first of so many, a few of them by name. */
    private static <T> String names(List<T> all, Function<T, String> name, int count) {
        var named = all.stream().limit(Math.min(count, MOST_NAMES)).map(name).collect(Collectors.joining(", "));
        return count <= MOST_NAMES ? named : named + " and " + (count - MOST_NAMES) + " more";
    }

    /** {@code 3.2 s}: how long something has lasted. */
    private static String seconds(long nanos) {
        long tenths = Math.max(0, nanos) / 100_000_000;
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    /** What somebody waits for, in words. */
    static String wants(Command command) {
        return switch (command) {
            case Command.AcquireLock c -> "to acquire it";
            case Command.AwaitCondition c -> "for condition " + c.condition();
            case Command.AcquirePermits c -> c.permits() == 1 ? "to acquire 1 permit" : "to acquire " + c.permits() + " permits";
            case Command.AwaitEvent c -> "for it to be set";
            case Command.Put c -> "to put an item";
            case Command.Get c -> "to get an item";
            case Command.PutAll c -> "to put " + items(c.payloads().size());
            case Command.GetSome c -> "to get up to " + items(c.most());
            case Command.JoinQueue c -> "for everything to be done";
            case Command.Send c -> "to send from end " + c.end();
            case Command.Receive c -> "to receive at end " + c.end();
            case Command.SendAll c -> "to send " + items(c.payloads().size()) + " from end " + c.end();
            case Command.ReceiveSome c -> "to receive up to " + items(c.most()) + " at end " + c.end();
            case Command.Poll c -> "for something to receive at end " + c.end();
            case Command.PollQueue c -> "for something to get";
            case Command.AwaitBarrier c -> "for the other parties";
            case Command.AwaitLatch c -> "for it to be counted down";
            case Command.AcquireReadWrite c -> c.writes() ? "to write" : "to read";
            case Command.AwaitCounter c -> "for it to be at least " + c.atLeast();
            case Command.AwaitValue c -> "for a change after version " + c.version();
            case Command.AwaitMap c -> "for a change after version " + c.version();
            default -> "for its answer";
        };
    }
}
