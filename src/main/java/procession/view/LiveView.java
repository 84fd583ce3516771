package procession.view;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import procession.core.Happening;
import procession.view.Inflow.Told;

/**
 * A run as a page, while it goes on: told what happens by the keeper, which it never holds up, it draws the picture in a thread of its own
 * and serves it to browsers of this machine.
 *
 * <p>What the keeper tells faster than it can be drawn is dropped, and the picture says that something is missing. It only shows: nothing
 * can be done to a run through it.
 */
public final class LiveView implements Consumer<Happening>, AutoCloseable {

    private static final int WAITING = 65_536;
    private static final long QUIET_MILLIS = 100;
    private static final long SUMMARY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Inflow inflow = new Inflow(WAITING);
    private final KeptChanges kept;
    private final Timeline timeline;
    private final PageServer server;
    private final Thread drawing;
    private long summarized;

    private LiveView(int port, int most, Header header, long nanos) throws IOException {
        kept = new KeptChanges(header, most);
        timeline = new Timeline(nanos);
        server = new PageServer(port, kept, PATIENCE_NANOS);
        summarized = nanos;
        drawing = Thread.ofPlatform().daemon().name("procession-view-draw").start(this::draw);
    }

    /**
     * Begins to show a run.
     *
     * @param port on which port of 127.0.0.1; 0 for any that is free
     * @param most how many changes are kept for browsers that come later
     * @param header what run it is
     * @param nanos the moment that is 0 in the picture
     * @return the view
     * @throws IOException if the port cannot be had
     */
    public static LiveView begin(int port, int most, Header header, long nanos) throws IOException {
        return new LiveView(port, most, header, nanos);
    }

    /**
     * Where to look.
     *
     * @return the address of the page
     */
    public String address() {
        return "http://127.0.0.1:" + server.port() + "/";
    }

    /** Of the keeper's thread: returns at once. */
    @Override
    public void accept(Happening happening) {
        inflow.tell(happening);
    }

    /**
     * The run is over: what has been told is drawn, and browsers are told that nothing follows. The page can still be looked at until
     * {@link #close}.
     *
     * @param orderly whether it was closed and every process seen to end
     * @param millis how long this may take
     * @throws InterruptedException if interrupted meanwhile
     */
    public void end(boolean orderly, long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        inflow.end(System.nanoTime(), orderly);
        drawing.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        while (server.browsers() > 0 && System.nanoTime() < until) {
            Thread.sleep(10);
        }
    }

    /** The page is there no more. */
    @Override
    public void close() {
        drawing.interrupt();
        server.close();
    }

    private void draw() {
        try {
            while (!kept.isClosed()) {
                var told = inflow.take(QUIET_MILLIS);
                var changes = told == null ? timeline.quiet() : changes(told);
                if (told instanceof Told.Ended) {
                    kept.add(timeline.summary());
                }
                if (!changes.isEmpty()) {
                    kept.add(changes);
                }
                now(System.nanoTime());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Change> changes(Told told) {
        return switch (told) {
            case Told.Happened(var happening) -> timeline.on(happening);
            case Told.Lost(long nanos, long count) -> timeline.gap(nanos, count);
            case Told.Ended(long nanos, boolean orderly) -> timeline.closed(nanos, orderly);
        };
    }

    private void now(long nanos) {
        if (nanos - summarized > SUMMARY_NANOS) {
            summarized = nanos;
            kept.add(timeline.summary());
            server.dropStuck();
        }
    }
}
