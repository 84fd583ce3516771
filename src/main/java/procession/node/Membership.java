package procession.node;

import akka.actor.AddressFromURIString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import procession.session.SessionActor;

/**
 * What becomes of a process that has joined a run: the run may end, and the process live on; or it is cut off from a run that goes on,
 * and must stop, since what it believes to hold is another's by then.
 *
 * <p>A main process that ends its run says so. One that was killed is gone from the system. And for a message that was lost: a run
 * removes its file at its end, which is a reason to look whether anybody listens at its address still.
 */
final class Membership implements SessionActor.Fate {

    private static final int STATUS = 1;
    private static final int LOOK_MILLIS = 100;
    private static final int CONNECT_MILLIS = 1_000;
    private static final long KNOCK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private enum Stage { BEGINNING, TAKING_PART, ENDING }

    private final RunSearch.Found joined;
    private final InetSocketAddress main;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Stage stage = Stage.BEGINNING;
    private volatile boolean letGo;
    private long knocked = System.nanoTime() - KNOCK_EVERY;

    Membership(RunSearch.Found joined) {
        this.joined = joined;
        var address = AddressFromURIString.parse(joined.run().seed());
        this.main = new InetSocketAddress(address.host().get(), (Integer) address.port().get());
    }

    /** The keeper has accepted this process: from now on it may hold something. */
    void begins() {
        stage = Stage.TAKING_PART;
    }

    /** This process leaves, or ends: whatever the keeper says now, it holds nothing any more. */
    void ends() {
        stage = Stage.ENDING;
    }

    /** Whether the keeper has turned this process away, as it should when it leaves. */
    boolean isLetGo() {
        return letGo;
    }

    @Override
    public void runOver() {
        over.countDown();
    }

    @Override
    public void turnedAway() {
        letGo = true;
        if (stage == Stage.TAKING_PART && over.getCount() > 0 && !isMainGone()) {
            System.err.println("procession: this process has been cut off from its run and stops.");
            Runtime.getRuntime().halt(STATUS);
        }
    }

    /** Waits until the run is over, for whatever reason. */
    void awaitOver() throws InterruptedException {
        while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (isOver()) {
                over.countDown();
            }
        }
    }

    boolean isOver() {
        return over.getCount() == 0 || isMainGone() || (Files.notExists(joined.file()) && nobodyListens());
    }

    /** Whether there is nothing to be joined any more. */
    boolean isTooLate() {
        return letGo || isMainGone();
    }

    private boolean isMainGone() {
        try {
            return joined.run().isStale();
        } catch (UncheckedIOException unknown) {
            return false;
        }
    }

    /**
     * A main process that is stopped still listens: the system does for it. Asked seldom, since others than the run may have removed
     * its file, and it goes on.
     */
    private boolean nobodyListens() {
        if (System.nanoTime() - knocked < KNOCK_EVERY) {
            return false;
        }
        knocked = System.nanoTime();
        try (var socket = new Socket()) {
            socket.connect(main, CONNECT_MILLIS);
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException slow) {
            return false;
        }
    }
}
