package procession.view;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import procession.core.Happening;

/**
 * Who waits for what. What is answered in the moment in which it was asked has not waited: so a wait is shown when time has gone on, or
 * nothing else has come.
 */
final class Waits {

    static final String AGAIN = "to acquire it again";

    private record Key(long owner, long request) {
        static Key of(Happening happening) {
            return new Key(happening.owner(), happening.request());
        }
    }

    private static final class Wait {
        final Tally tally;
        final long strand;
        final String command;
        String wants;
        boolean asleep;
        /** How many items of a batch have not been taken in. */
        long left;
        long since;
        Canvas.OpenBar bar;

        Wait(Tally tally, Happening asked, String wants, long since) {
            this.tally = tally;
            this.strand = asked.strand();
            this.command = asked.detail();
            this.wants = wants;
            this.left = asked.units();
            this.since = since;
        }

        boolean isBatch() {
            return command.equals("PutAll") || command.equals("SendAll");
        }
    }

    /**
     * What became of a wait.
     *
     * @param shown whether there was one
     * @param time how long it was; 0 for a sleep on a condition
     */
    record Waited(boolean shown, long time) {
        static final Waited NOT = new Waited(false, 0);
    }

    private final Canvas canvas;
    private final Map<Key, Wait> waits = new LinkedHashMap<>();
    private final ArrayDeque<Key> fresh = new ArrayDeque<>();

    Waits(Canvas canvas) {
        this.canvas = canvas;
    }

    void asked(Happening asked, Tally tally) {
        var wants = wants(asked);
        if (!wants.isEmpty()) {
            var key = Key.of(asked);
            waits.put(key, new Wait(tally, asked, wants, canvas.now()));
            fresh.add(key);
        }
    }

    /** Something else has come: those who asked before that and have no answer wait. */
    void show(boolean evenNow) {
        for (int left = fresh.size(); left > 0; left--) {
            var key = fresh.poll();
            var wait = waits.get(key);
            if (wait == null || wait.bar != null) {
                continue;
            }
            if (evenNow || wait.since != canvas.now()) {
                begin(key, wait);
            } else {
                fresh.add(key);
            }
        }
    }

    private void begin(Key key, Wait wait) {
        wait.bar = canvas.waits(wait.tally, key.owner(), wait.wants, wait.strand, wait.since);
        atBarrier(wait.tally);
    }

    private void atBarrier(Tally tally) {
        if (tally.kind == Change.Kind.BARRIER) {
            canvas.level(tally, "waiting", tally.waiting);
        }
    }

    /** An item of a batch was taken in, or anything else was answered. */
    Waited answered(Happening answer, String how) {
        var key = Key.of(answer);
        var wait = waits.get(key);
        if (wait == null) {
            return Waited.NOT;
        }
        boolean isItem = answer.kind() == Happening.Kind.PUT || answer.kind() == Happening.Kind.SENT;
        if (wait.isBatch() && isItem && --wait.left > 0) {
            return Waited.NOT;
        }
        waits.remove(key);
        return ended(wait, how);
    }

    private Waited ended(Wait wait, String how) {
        if (wait.bar == null) {
            return Waited.NOT;
        }
        long time = wait.asleep ? 0 : Math.max(0, canvas.now() - wait.since);
        if (!wait.asleep) {
            wait.tally.waited(time);
        }
        canvas.end(wait.bar, how);
        atBarrier(wait.tally);
        return new Waited(true, time);
    }

    /** A lock was given up to wait for a condition. */
    void sleeps(Happening released) {
        var wait = waits.get(Key.of(released));
        if (wait != null) {
            wait.asleep = true;
            wait.wants = "for condition " + released.detail();
        }
    }

    /** One that waited for a condition waits for the lock now; whether it was shown to wait. */
    boolean signalled(Happening signalled) {
        var key = Key.of(signalled);
        var wait = waits.get(key);
        if (wait == null) {
            return false;
        }
        boolean shown = wait.bar != null;
        canvas.end(wait.bar, "signalled");
        wait.asleep = false;
        wait.wants = AGAIN;
        wait.since = canvas.now();
        wait.bar = null;
        fresh.add(key);
        return shown;
    }

    void departed(long owner) {
        end((key, wait) -> key.owner() == owner, "process ended");
    }

    void over(String thing) {
        end((key, wait) -> wait.tally.id.equals(thing), "over");
    }

    void unknown() {
        end((key, wait) -> true, "unknown");
    }

    private interface Which {
        boolean is(Key key, Wait wait);
    }

    private void end(Which which, String how) {
        Predicate<Map.Entry<Key, Wait>> ends = entry -> which.is(entry.getKey(), entry.getValue());
        waits.entrySet().stream().filter(ends).forEach(entry -> ended(entry.getValue(), how));
        waits.entrySet().removeIf(ends);
    }

    /** What a request may have to wait for, in words; empty for one that is always answered at once. */
    private static String wants(Happening asked) {
        return switch (asked.detail()) {
            case "AcquireLock" -> "to acquire it";
            case "AwaitCondition" -> "for a condition";
            case "AcquirePermits" -> "to acquire " + counted(asked.units(), "permit");
            case "AcquireRead" -> "to read";
            case "AcquireWrite" -> "to write";
            case "AwaitEvent" -> "for it to be set";
            case "AwaitBarrier" -> "for the other parties";
            case "AwaitLatch" -> "for it to be counted down";
            case "AwaitCounter" -> "for it to be at least " + asked.number();
            case "AwaitValue", "AwaitMap" -> "for a change after version " + asked.number();
            case "Put" -> "to put an item";
            case "PutAll" -> "to put " + counted(asked.units(), "item");
            case "Get" -> "to get an item";
            case "GetSome" -> "to get up to " + counted(asked.units(), "item");
            case "PollQueue" -> "for something to get";
            case "JoinQueue" -> "for everything to be done";
            case "Send" -> "to send a message";
            case "SendAll" -> "to send " + counted(asked.units(), "message");
            case "Receive" -> "to receive a message";
            case "ReceiveSome" -> "to receive up to " + counted(asked.units(), "message");
            case "Poll" -> "for something to receive";
            default -> "";
        };
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
