package procession.record;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import procession.core.Happening;
import procession.core.PrimitiveId;

/**
 * How much there was in a recorded run, and how long some of it took. No figure breaks a law: how fast things are depends on the machine
 * and on what else it does.
 */
public final class Figures {

    private record Takeover(Entry death, Call.Key next) {}

    private final Evidence evidence;
    private final KeptLocks kept;
    private final List<Takeover> takeovers = new ArrayList<>();
    private final List<PrimitiveId> orphaned = new ArrayList<>();
    private Entry death;
    private long calls;
    private long grants;
    private long items;
    private long silences;

    Figures(Evidence evidence) {
        this.evidence = evidence;
        this.kept = new KeptLocks(evidence);
    }

    void invoked() {
        calls++;
    }

    void returned(Line.Returned returned) {
        silences += returned.outcome().equals(Unanswered.KEEPER_SILENT.toString()) ? 1 : 0;
    }

    void happened(Happening happening, Entry entry) {
        if (death != null && happening.step() != death.happening().step()) {
            death = null;
            orphaned.clear();
        }
        switch (happening.kind()) {
            case PROCESS_ENDED -> {
                death = entry;
                orphaned.addAll(kept.ended(happening.owner()));
            }
            case GRANTED -> granted(happening, entry);
            case RELEASED, RETURNED, BROKEN -> kept.gaveBack(happening);
            case GOT, RECEIVED -> items++;
            default -> { }
        }
    }

    private void granted(Happening granted, Entry entry) {
        grants++;
        var id = granted.primitive().orElseThrow();
        if (evidence.primitive(id).is(Primitive.Kind.LOCK)) {
            kept.granted(granted, entry);
            if (orphaned.remove(id)) {
                takeovers.add(new Takeover(death, Call.Key.of(granted)));
            }
        }
    }

    /**
     * How many processes took part.
     *
     * @return the number
     */
    public long processes() {
        return evidence.started().size();
    }

    /**
     * How many of them were killed by a signal, or ended where nobody saw how.
     *
     * @return the number
     */
    public long deaths() {
        return evidence.ended().values().stream().map(end -> end.happening().detail())
                .filter(how -> how.startsWith("killed") || how.equals("ended unseen")).count();
    }

    /**
     * How many requests were made.
     *
     * @return the number
     */
    public long calls() {
        return calls;
    }

    /**
     * How many grants there were, of locks and of permits.
     *
     * @return the number
     */
    public long grants() {
        return grants;
    }

    /**
     * How often an item or a message was handed out.
     *
     * @return the number
     */
    public long items() {
        return items;
    }

    /**
     * How many calls were given up because the keeper had not answered them long after their time-out.
     *
     * @return the number
     */
    public long silences() {
        return silences;
    }

    /**
     * How long the run took, as far as it was recorded.
     *
     * @return nanoseconds
     */
    public long duration() {
        return evidence.last() - evidence.header().nanos();
    }

    /**
     * How much longer than its own time-out each call took that had one. A wait for a condition is none of these: whoever waits gets the
     * lock back first.
     *
     * @return the times
     */
    public Times beyondTimeout() {
        return Times.of(evidence.calls().stream()
                .filter(call -> call.invoked != null && call.returned != null && call.invoked.invoked().hasTimeout())
                .filter(call -> !call.command().equals("AwaitCondition"))
                .mapToLong(call -> call.returned.line().nanos() - call.invoked.line().nanos()
                        - Math.max(0, call.invoked.invoked().timeout())));
    }

    /**
     * How long it took from when the end of a lock's holder was known until the next one, who was waiting, was about to be told.
     *
     * @return the times
     */
    public Times takeovers() {
        return Times.of(takeovers.stream().filter(takeover -> evidence.of(takeover.next()).returned != null)
                .mapToLong(takeover -> evidence.of(takeover.next()).returned.line().nanos() - takeover.death().line().nanos()));
    }

    /**
     * Some times, in nanoseconds.
     *
     * @param count how many
     * @param median half of them are not longer
     * @param p99 of a hundred, 99 are not longer
     * @param longest the longest
     */
    public record Times(int count, long median, long p99, long longest) {

        static Times of(LongStream nanos) {
            long[] all = nanos.sorted().toArray();
            return all.length == 0 ? new Times(0, 0, 0, 0)
                    : new Times(all.length, rank(all, 50), rank(all, 99), all[all.length - 1]);
        }

        private static long rank(long[] sorted, int percent) {
            return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
        }
    }
}
