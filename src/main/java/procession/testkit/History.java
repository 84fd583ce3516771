package procession.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import procession.Lock;
import procession.Primitive;
import procession.Procession;
import procession.core.Happening;
import procession.node.Runs;
import procession.record.Hold;
import procession.record.Judgement;

/**
 * What has happened in a run, as its keeper saw it and, if the run is recorded, as its processes did. Python has no such thing.
 *
 * <p>One that is injected into a test tells of what has happened since that test began, one of a {@link TestRun} of what has happened since
 * the run began. Every method tells of everything up to its call: what any process was told before that is in it.
 * {@link ProcessionAssertions#assertThat(History)} says what must be in it.
 *
 * <p>Thread-safe.
 */
public final class History {

    private final Procession run;
    private final Optional<Path> record;
    private final LongSupplier since;

    /**
     * A history.
     *
     * @param run the run, in its main process
     * @param record where it is recorded
     * @param since from when on, by the monotonic clock
     */
    History(Procession run, Optional<Path> record, LongSupplier since) {
        this.run = run;
        this.record = record;
        this.since = since;
    }

    /**
     * What has happened.
     *
     * @return the happenings, in their order
     * @throws IllegalStateException if there were more than are remembered ({@code procession.record.size})
     */
    public List<Happening> happenings() {
        return told().happenings();
    }

    /**
     * What has happened to a primitive.
     *
     * @param primitive a lock, a queue, or any other
     * @return the happenings, in their order
     * @throws IllegalStateException if there were more than are remembered
     */
    public List<Happening> of(Primitive primitive) {
        return told().of(Runs.idOf(primitive));
    }

    /**
     * What has happened to a process.
     *
     * @param process name of the process
     * @return the happenings, in their order
     * @throws IllegalStateException if there were more than are remembered
     */
    public List<Happening> of(String process) {
        return happenings().stream().filter(happening -> happening.process().equals(process)).toList();
    }

    /**
     * How often something has happened.
     *
     * @param expected what
     * @return how often
     * @throws IllegalStateException if there were more happenings than are remembered
     */
    public long count(Expected expected) {
        return happenings().stream().filter(expected::matches).count();
    }

    /**
     * Who held a lock, and when, by the users' own clocks. Grants that a process gave itself, of a lock that was lent to it, are among
     * them.
     *
     * @param lock the lock
     * @return the holds, in their order
     * @throws IllegalStateException if the run is not recorded
     */
    public List<Hold> holds(Lock lock) {
        return seen().holds(Runs.idOf(lock));
    }

    /** Waits until what has happened up to now is known here. */
    void awaitUpToNow() {
        try {
            Runs.awaitRecorded(run);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** All of it up to now. */
    Seen seen() {
        return seen(record);
    }

    /** The same as the keeper saw it. To judge a record takes as long as it is, and some look many times. */
    private Seen told() {
        return seen(Optional.empty());
    }

    private Seen seen(Optional<Path> judged) {
        boolean interrupted = Thread.interrupted();
        try {
            long now = System.nanoTime();
            Runs.awaitRecorded(run);
            return new Seen(Runs.happenings(run), judged.map(file -> judgement(file, now)), since.getAsLong());
        } catch (InterruptedException again) {
            interrupted = true;
            return new Seen(Runs.happenings(run), Optional.empty(), since.getAsLong());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Judgement judgement(Path file, long moment) {
        try {
            return Judgement.until(file, moment);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The record " + file + " cannot be read.", unreadable);
        }
    }

    @Override
    public String toString() {
        return "History[" + run.name() + "]";
    }
}
