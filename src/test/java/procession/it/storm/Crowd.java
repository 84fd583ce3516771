package procession.it.storm;

import java.util.Random;
import procession.BrokenPipeException;
import procession.Connection;
import procession.EmptyException;
import procession.EndOfStreamException;
import procession.FullException;
import procession.KeeperSilentException;
import procession.Process;
import procession.Procession;
import procession.TimedOutException;
import procession.core.Seeds;

/** The bodies of those who are in a storm: each does one thing after another, in two threads, until the storm is over. */
final class Crowd {

    /** One in so many deeds is to hold the lock, so that others have to wait for it. */
    private static final int HOLDS = 4;

    private Crowd() {}

    static void worker(World world, long seed) throws InterruptedException {
        world.arrivals().release();
        var second = new Thread(() -> busy(world, Seeds.random(-seed)), "second");
        second.start();
        busy(world, Seeds.random(seed));
        second.join();
    }

    private static void busy(World world, Random random) {
        var deeds = Deed.values();
        try {
            while (!world.over().isSet()) {
                (random.nextInt(HOLDS) == 0 ? Deed.HOLD : deeds[random.nextInt(deeds.length)]).tried(world, random);
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts the crowd", interrupted);
        }
    }

    /** A parent between main and a child of its own, to which it talks through a pipe. */
    static void parent(World world, long seed) throws InterruptedException {
        world.arrivals().release();
        var random = Seeds.random(seed);
        for (long child = seed; !world.over().isSet(); child++) {
            talk(world, random, child);
        }
    }

    private static void talk(World world, Random random, long seed) throws InterruptedException {
        try (var pipe = Procession.current().oneWayPipe()) {
            var listener = Procession.current().process(Crowd::listener, pipe.first(), world, seed)
                    .name(Procession.currentProcess().name() + "'s child").start();
            pipe.first().close();
            for (long number = 0; listener.isAlive() && !world.over().isSet(); number++) {
                tell(pipe.second(), number, random);
                Deed.HOLD.tried(world, random);
            }
            pipe.second().close();
            ended(listener);
        }
    }

    private static void tell(Connection connection, long number, Random random) throws InterruptedException {
        try {
            connection.send(number, Deed.moment(random));
        } catch (FullException | TimedOutException | BrokenPipeException | KeeperSilentException inVain) {
            // The listener is busy, or dead.
        }
    }

    private static void ended(Process child) throws InterruptedException {
        child.join();
    }

    /** Works, and listens: what was said comes in order, and then the end. */
    static void listener(Connection connection, World world, long seed) throws InterruptedException {
        var random = Seeds.random(seed);
        long last = -1;
        try {
            while (true) {
                last = heard(connection, last, random);
                Deed.TAKE_PERMITS.tried(world, random);
            }
        } catch (EndOfStreamException end) {
            // Whoever spoke has stopped, or is dead.
        }
    }

    private static long heard(Connection connection, long last, Random random) throws InterruptedException {
        try {
            long number = (long) connection.receive(Deed.moment(random));
            if (number <= last) {
                throw new IllegalStateException("message " + number + " came after " + last);
            }
            return number;
        } catch (EmptyException | TimedOutException | KeeperSilentException nothing) {
            return last;
        }
    }
}
