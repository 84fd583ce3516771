package procession.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import procession.core.Happening;
import procession.core.PrimitiveId;

/** What a record says, joined: the calls, the processes and the primitives; and how much of it can be missing. */
final class Evidence {

    /** How who has left a run on purpose is said to have ended: it lives on. */
    private static final String LEFT = "left the run";
    private static final String JOINED = ", joined";

    private final Line.Header header;
    private final Map<Call.Key, Call> calls = new HashMap<>();
    private final Map<PrimitiveId, Primitive> primitives = new HashMap<>();
    private final Map<Long, Entry> started = new LinkedHashMap<>();
    private final Map<Long, Entry> ended = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Set<Long> withHistory = new HashSet<>();
    private final Set<Long> withGaps = new HashSet<>();
    private final Set<PrimitiveId> brokenByHand = new HashSet<>();
    private final List<Entry> gaps = new ArrayList<>();
    private Entry keeperGap;
    private Entry end;
    private long last;

    Evidence(Line.Header header) {
        this.header = header;
        this.last = header.nanos();
    }

    void read(Entry entry) {
        switch (entry.line()) {
            case Line.Happened(var happening) -> happened(happening, entry);
            case Line.Invoked invoked -> {
                call(new Call.Key(invoked.owner(), invoked.request())).invoked = entry;
                if (invoked.command().equals("BreakLock")) {
                    brokenByHand.add(invoked.primitive());
                }
                spoke(invoked.owner(), invoked.process(), invoked.nanos());
            }
            case Line.Returned returned -> {
                call(new Call.Key(returned.owner(), returned.request())).returned = entry;
                spoke(returned.owner(), returned.process(), returned.nanos());
            }
            case Line.Dropped dropped -> missing(dropped, entry);
            case Line.End over -> {
                end = entry;
                last = Math.max(last, over.nanos());
            }
            case Line.Header again -> { }
            case Line.Unknown unknown -> { }
        }
    }

    private void spoke(long owner, String process, long nanos) {
        names.putIfAbsent(owner, process);
        withHistory.add(owner);
        last = Math.max(last, nanos);
    }

    private void missing(Line.Dropped dropped, Entry entry) {
        gaps.add(entry);
        if (dropped.owner() != 0) {
            withGaps.add(dropped.owner());
        } else if (keeperGap == null) {
            keeperGap = entry;
        }
    }

    private void happened(Happening happening, Entry entry) {
        last = Math.max(last, happening.nanos());
        switch (happening.kind()) {
            case PROCESS_STARTED -> {
                started.put(happening.owner(), entry);
                names.put(happening.owner(), happening.process());
            }
            case PROCESS_ENDED -> ended.put(happening.owner(), entry);
            case MADE -> happening.primitive().ifPresent(id -> primitives.put(id, Primitive.of(happening)));
            case ASKED -> call(Call.Key.of(happening)).asked = entry;
            case ABANDONED -> call(Call.Key.of(happening)).abandoned = entry;
            default -> {
                if (isAnswer(happening)) {
                    answered(call(Call.Key.of(happening)), entry);
                }
            }
        }
    }

    private static void answered(Call call, Entry entry) {
        call.items += isItem(entry.happening()) ? 1 : 0;
        // Of several items the last one counts; what was put of them is told even if the rest is refused.
        if (call.answered == null || (call.isBatch() && isItem(call.answered.happening()))) {
            call.answered = entry;
        } else if (call.answeredAgain == null) {
            call.answeredAgain = entry;
        }
    }

    private static boolean isItem(Happening happening) {
        return switch (happening.kind()) {
            case PUT, SENT, GOT, RECEIVED -> true;
            default -> false;
        };
    }

    private boolean isAnswer(Happening happening) {
        return switch (happening.kind()) {
            case GRANTED, TIMED_OUT, REFUSED, RETURNED, PUT, GOT, DONE, JOINED, SET, CLEARED, WOKEN, SENT, RECEIVED, READY, END_OF_STREAM,
                    PASSED, COUNTED_DOWN, COUNTED, CHANGED -> true;
            case RELEASED -> !isFallingAsleep(happening);
            default -> false;
        };
    }

    /** A lock that is given up to wait for a condition: said of the call that waits, which is not answered with that. */
    boolean isFallingAsleep(Happening released) {
        return of(released).command().equals("AwaitCondition");
    }

    private Call call(Call.Key key) {
        return calls.computeIfAbsent(key, Call::new);
    }

    // What there was.

    Line.Header header() {
        return header;
    }

    Collection<Call> calls() {
        return calls.values();
    }

    /** A call of which some line tells. */
    Call of(Call.Key key) {
        var known = calls.get(key);
        return known == null ? new Call(key) : known;
    }

    Call of(Happening happening) {
        return of(Call.Key.of(happening));
    }

    Call of(Line.Returned returned) {
        return of(new Call.Key(returned.owner(), returned.request()));
    }

    Primitive primitive(PrimitiveId id) {
        return primitives.getOrDefault(id, Primitive.unknown(id));
    }

    /** The primitive a call is about. */
    Optional<Primitive> primitive(Call call) {
        return call.invoked != null ? Optional.of(primitive(call.invoked.invoked().primitive()))
                : call.asked == null ? Optional.empty() : call.asked.happening().primitive().map(this::primitive);
    }

    Collection<Entry> started() {
        return started.values();
    }

    Map<Long, Entry> ended() {
        return ended;
    }

    /** The line that says that a process has ended; null if none does. */
    Entry endOf(long owner) {
        return ended.get(owner);
    }

    boolean hasLeft(long owner) {
        return ended.containsKey(owner) && ended.get(owner).happening().detail().equals(LEFT);
    }

    /** Whether a process may live on after the run: it has joined, or who started it has. */
    boolean mayLiveOn(long owner) {
        var start = started.get(owner);
        return start != null && (start.happening().detail().endsWith(JOINED) || mayLiveOn(start.happening().number()));
    }

    String name(long owner) {
        return names.getOrDefault(owner, "process " + owner);
    }

    /** When the last line was written, by the monotonic clock. */
    long last() {
        return last;
    }

    // How much of it there is.

    /** Whether the keeper has told everything that happened: there is an end, and nothing was dropped before it. */
    boolean isWhole() {
        return hasOrderlyEnd() && gaps.isEmpty();
    }

    boolean hasOrderlyEnd() {
        return end != null && ((Line.End) end.line()).orderly();
    }

    boolean hasEnd() {
        return end != null;
    }

    List<Entry> gaps() {
        return gaps;
    }

    /** Where the keeper's happenings have their first gap; null if they have none. */
    Entry keeperGap() {
        return keeperGap;
    }

    /** Whether a process has written down all its calls, as far as one can tell. */
    boolean hasWholeHistory(long owner) {
        return withHistory.contains(owner) && !withGaps.contains(owner);
    }

    /** Processes that asked for something and have left no line of their own. */
    List<String> withoutHistory() {
        return calls.values().stream().filter(call -> call.asked != null).map(call -> call.key.owner()).distinct()
                .filter(owner -> !withHistory.contains(owner)).sorted().map(this::name).toList();
    }

    /** Whether somebody asked to have a lock taken away, which a record with gaps may not tell the end of. */
    boolean mayBeBroken(PrimitiveId lock) {
        return brokenByHand.contains(lock);
    }
}
