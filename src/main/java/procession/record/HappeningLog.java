package procession.record;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import procession.core.Happening;

/**
 * Writes the keeper's happenings into the record of its run, from a thread of its own: the keeper never waits for a disk. What there is
 * no room for is dropped, and the record says so.
 *
 * <p>For one keeper: {@link #accept} is called by one thread at a time.
 */
public final class HappeningLog implements Consumer<Happening> {

    private static final int ROOM = 1 << 16;
    private static final Line LAST = new Line.Unknown("");

    private final RecordFile file;
    private final BlockingQueue<Line> waiting;
    private final Thread writer = new Thread(this::write, "procession-record");
    private volatile long accepted;
    private volatile long written;
    private long dropped;
    private volatile boolean ending;
    private boolean ended;

    /**
     * A log that writes at once.
     *
     * @param file where to
     */
    public HappeningLog(RecordFile file) {
        this(file, ROOM);
        start();
    }

    HappeningLog(RecordFile file, int room) {
        this.file = file;
        this.waiting = new ArrayBlockingQueue<>(room);
        writer.setDaemon(true);
    }

    void start() {
        writer.start();
    }

    @Override
    public void accept(Happening happening) {
        if (ending) {
            return;
        }
        if (dropped > 0 && waiting.offer(missing(dropped))) {
            dropped = 0;
        }
        if (dropped > 0 || !waiting.offer(new Line.Happened(happening))) {
            dropped++;
        } else {
            accepted++;
        }
    }

    private static Line missing(long count) {
        return new Line.Dropped(System.nanoTime(), 0, "", count);
    }

    private void write() {
        try {
            for (Line next = waiting.take(); next != LAST; next = waiting.take()) {
                file.append(next, HappeningLog::missing);
                written += next instanceof Line.Happened ? 1 : 0;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until what has been accepted so far is in the file.
     *
     * @param patienceMillis how long at most
     * @throws InterruptedException if interrupted while waiting
     */
    public void awaitWritten(long patienceMillis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        for (long all = accepted; written < all && writer.isAlive() && System.nanoTime() - until < 0;) {
            Thread.sleep(1);
        }
    }

    /**
     * The run is over: writes what is waiting, and that it was all. If that takes too long, it does not say so. Nothing is accepted any
     * more; ending again is harmless.
     *
     * @param owner number of the main process
     * @param orderly whether the run was closed and every process that it had started was seen to end
     * @param patienceMillis how long it may take
     * @throws InterruptedException if interrupted while waiting
     */
    public synchronized void end(long owner, boolean orderly, long patienceMillis) throws InterruptedException {
        if (ended) {
            return;
        }
        ended = true;
        ending = true;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        if (waiting.offer(LAST, patienceMillis, TimeUnit.MILLISECONDS)) {
            writer.join(1 + TimeUnit.NANOSECONDS.toMillis(Math.max(0, until - System.nanoTime())));
        }
        if (!writer.isAlive()) {
            if (dropped > 0) {
                file.append(missing(dropped), HappeningLog::missing);
            }
            file.append(new Line.End(System.nanoTime(), owner, orderly), HappeningLog::missing);
        }
    }
}
