package procession.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import procession.core.Happening;

/**
 * Reads a record as a story: what the keeper saw, in its order, and between that, by time, what processes did with locks that were lent to
 * them, of which the keeper does not know. What is torn or unknown is skipped, as {@code check} does. It reads on a little ahead, as lines of
 * the keeper come later than those of processes, and keeps no more than that.
 */
public final class RecordedRun implements AutoCloseable {

    /** So many of the keeper's lines are read ahead, for the lines of processes that were written late. */
    private static final int AHEAD = 1024;
    /** So many lines of processes wait for the keeper's before them. */
    private static final int MOST_OWN = 1 << 17;

    /**
     * What run it was.
     *
     * @param run name of the run
     * @param version version of Procession; empty if not known
     * @param start when it began, as an instant in ISO form
     * @param nanos the same moment by the clock of all steps
     */
    public record Header(String run, String version, String start, long nanos) {}

    /** One thing that a record tells. */
    public sealed interface Step {

        /**
         * The keeper has seen something.
         *
         * @param happening what
         */
        record Happened(Happening happening) implements Step {}

        /**
         * A process has done something with a lock that is lent to it.
         *
         * @param call what
         */
        record Own(OwnCall call) implements Step {}

        /**
         * Happenings are missing here.
         *
         * @param nanos when that was noticed
         * @param count how many
         */
        record Missing(long nanos, long count) implements Step {}

        /**
         * The run is over; nothing follows.
         *
         * @param nanos when
         * @param orderly whether it was closed and every process that main had started was seen to end
         */
        record Ended(long nanos, boolean orderly) implements Step {}
    }

    private record Call(long owner, long request) {}

    private record Late(OwnCall call, long place) {}

    private final RecordReader reader;
    private final Header header;
    private final ArrayDeque<Line> kept = new ArrayDeque<>();
    private final PriorityQueue<Late> own = new PriorityQueue<>(
            Comparator.comparingLong((Late late) -> late.call().nanos()).thenComparingLong(Late::place));
    private final Map<Call, Line.Invoked> asked = new HashMap<>();
    private long places;
    private boolean allRead;
    private boolean over;

    private RecordedRun(RecordReader reader) {
        this.reader = reader;
        var line = reader.header();
        this.header = new Header(line.run(), line.version(), line.start(), line.nanos());
    }

    /**
     * Opens a record.
     *
     * @param file the record
     * @return the run
     * @throws NoRecordException if the file is no record; the message is for people
     * @throws IOException if it cannot be read
     */
    public static RecordedRun open(Path file) throws IOException {
        return new RecordedRun(RecordReader.open(file));
    }

    static RecordedRun of(InputStream in) throws IOException {
        return new RecordedRun(RecordReader.of("a record", in));
    }

    /**
     * What run it was.
     *
     * @return the header
     */
    public Header header() {
        return header;
    }

    /**
     * The next step.
     *
     * @return the step; empty at the end
     * @throws IOException if the record cannot be read
     */
    public Optional<Step> next() throws IOException {
        while (!allRead && kept.size() < AHEAD && own.size() < MOST_OWN) {
            var entry = reader.next();
            if (entry.isEmpty()) {
                allRead = true;
            } else {
                read(entry.get().line());
            }
        }
        if (over || (kept.isEmpty() && own.isEmpty())) {
            return Optional.empty();
        }
        boolean isOwnFirst = kept.isEmpty() || (!own.isEmpty() && own.peek().call().nanos() - kept.peek().nanos() <= 0);
        return Optional.of(isOwnFirst ? new Step.Own(own.poll().call()) : step(kept.poll()));
    }

    private Step step(Line line) {
        return switch (line) {
            case Line.Happened(var happening) -> new Step.Happened(happening);
            case Line.Dropped dropped -> new Step.Missing(dropped.nanos(), dropped.count());
            case Line.End end -> {
                over = true;
                yield new Step.Ended(end.nanos(), end.orderly());
            }
            default -> throw new IllegalStateException("No line of the keeper's: " + line);
        };
    }

    private void read(Line line) {
        switch (line) {
            case Line.Happened happened -> kept.add(happened);
            case Line.Dropped dropped when dropped.owner() == 0 -> kept.add(dropped);
            case Line.End end -> kept.add(end);
            case Line.Invoked invoked -> invoked(invoked);
            case Line.Returned returned when returned.request() < 0 -> returned(returned);
            default -> { }
        }
    }

    /** Own grants and their releases have numbers below zero; the release that tells the keeper of the loan has not. */
    private void invoked(Line.Invoked invoked) {
        boolean isOwn = invoked.request() < 0;
        switch (invoked.command()) {
            case "AcquireLock" -> {
                if (isOwn) {
                    asked.put(new Call(invoked.owner(), invoked.request()), invoked);
                }
            }
            case "ReleaseLock" -> {
                if (isOwn) {
                    own(new OwnCall.Released(invoked.nanos(), invoked.owner(), invoked.primitive(), invoked.number(), false));
                }
            }
            case "KeepLock" -> own(new OwnCall.Released(invoked.nanos(), invoked.owner(), invoked.primitive(), invoked.number(), true));
            default -> { }
        }
    }

    private void returned(Line.Returned returned) {
        var call = asked.remove(new Call(returned.owner(), returned.request()));
        if (call != null && returned.outcome().equals("Granted")) {
            own(new OwnCall.Granted(returned.nanos(), returned.owner(), call.strand(), call.primitive(), returned.number()));
        }
    }

    private void own(OwnCall call) {
        own.add(new Late(call, places++));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
