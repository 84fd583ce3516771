package procession.view;

import procession.core.Happening;
import procession.core.Happening.Kind;
import procession.core.PrimitiveId;
import procession.record.Primitive;

/** Makes the track of a primitive: from what is told when it is made or, where that is missing, from what is first heard of it. */
final class Things {

    private Things() {}

    static Track track(Happening first, Canvas canvas, boolean borrowersTell) {
        var made = first.kind() == Kind.MADE ? Primitive.of(first) : null;
        var kind = made == null ? guessed(first) : Change.Kind.valueOf(made.kind().name());
        var id = first.primitive().map(PrimitiveId::toString).orElseThrow();
        var variant = made == null ? "" : made.variant();
        var label = made == null ? noun(kind) + " " + first.name().map(name -> "'" + name + "'").orElse(id) : made.label();
        var tally = new Tally(id, label, kind);
        canvas.add(new Change.Thing(id, label, kind, variant, made == null ? 0 : made.size(), canvas.now()));
        return switch (kind) {
            case LOCK -> new LockTrack(canvas, tally, borrowersTell);
            case READ_WRITE_LOCK, UNKNOWN -> new SharedTrack(canvas, tally);
            case SEMAPHORE -> new SemaphoreTrack(canvas, tally, made == null ? -1 : made.size());
            case QUEUE, PIPE -> new LineTrack(canvas, tally, variant.equals("joinable"), made != null);
            case LATCH -> made == null ? new StateTrack(canvas, tally) : new StateTrack(canvas, tally, made.size());
            case COUNTER -> made == null ? new StateTrack(canvas, tally) : new StateTrack(canvas, tally, beginsWith(first));
            case EVENT, CELL, MAP -> made == null ? new StateTrack(canvas, tally) : new StateTrack(canvas, tally, 0);
            case BARRIER -> new StateTrack(canvas, tally);
        };
    }

    /** {@code a counter from -3}. */
    private static long beginsWith(Happening made) {
        try {
            return Long.parseLong(made.detail().substring(made.detail().lastIndexOf(' ') + 1));
        } catch (NumberFormatException untold) {
            return 0;
        }
    }

    private static String noun(Change.Kind kind) {
        return switch (kind) {
            case UNKNOWN -> "primitive";
            case READ_WRITE_LOCK -> "read-write lock";
            default -> kind.name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static Change.Kind guessed(Happening first) {
        return switch (first.kind()) {
            case ASKED -> asked(first.detail());
            case LENT, CALLED_IN, CLAIMED, HANDED_BACK, SIGNALLED -> Change.Kind.LOCK;
            case PUT, GOT, DONE, JOINED, DEAD_LETTER, SHUT_DOWN -> Change.Kind.QUEUE;
            case SENT, RECEIVED -> Change.Kind.PIPE;
            case SET, CLEARED -> Change.Kind.EVENT;
            case PASSED, RESET -> Change.Kind.BARRIER;
            case COUNTED_DOWN -> Change.Kind.LATCH;
            case COUNTED -> Change.Kind.COUNTER;
            case CHANGED -> Change.Kind.CELL;
            default -> Change.Kind.UNKNOWN;
        };
    }

    private static Change.Kind asked(String command) {
        return switch (command) {
            case "AcquireLock", "ReleaseLock", "ReturnLock", "KeepLock", "ClaimLock", "ReturnLoan", "AwaitCondition", "Signal", "BreakLock" ->
                    Change.Kind.LOCK;
            case "AcquirePermits", "ReleasePermits" -> Change.Kind.SEMAPHORE;
            case "SetEvent", "ClearEvent", "AwaitEvent" -> Change.Kind.EVENT;
            case "Put", "PutAll", "Get", "GetSome", "TaskDone", "JoinQueue", "ShutDown", "CloseWhenGone", "ReadDeadLetter",
                    "RemoveDeadLetter", "PollQueue" -> Change.Kind.QUEUE;
            case "Send", "SendAll", "Receive", "ReceiveSome", "Poll" -> Change.Kind.PIPE;
            case "AwaitBarrier", "ActionEnded", "AbortBarrier", "ResetBarrier" -> Change.Kind.BARRIER;
            case "CountDown", "AwaitLatch" -> Change.Kind.LATCH;
            case "AcquireRead", "AcquireWrite", "ReleaseReadWrite", "ReturnReadWrite" -> Change.Kind.READ_WRITE_LOCK;
            case "AddToCounter", "SetCounter", "AwaitCounter" -> Change.Kind.COUNTER;
            case "ReadValue", "WriteValue", "AwaitValue" -> Change.Kind.CELL;
            case "ClearMap", "ReadMap", "ReadMore", "AwaitMap" -> Change.Kind.MAP;
            default -> Change.Kind.UNKNOWN;
        };
    }
}
