package procession.it;

import java.util.concurrent.CountDownLatch;
import procession.Procession;

/** A main of its own for {@link OrphansIT}: a child, its child, and a child that does not want to end. */
public final class Family {

    private Family() {}

    /**
     * Starts them and waits for ever.
     *
     * @param args {@code at-once} to say so before any child has come up
     */
    public static void main(String[] args) throws InterruptedException {
        var run = Procession.start();
        var allUp = run.semaphore("up", 0);
        run.process(Family::parent).name("parent").start();
        run.process(Family::stubborn).name("stubborn").start();
        if (args.length == 0) {
            allUp.acquire(3);
        }
        System.out.println("up");
        new CountDownLatch(1).await();
    }

    private static void parent() throws InterruptedException {
        var run = Procession.current();
        run.semaphore("up").release();
        run.process(Family::child).name("child").start().join();
    }

    private static void child() throws InterruptedException {
        Procession.current().semaphore("up").release();
        Procession.current().event().await();
    }

    private static void stubborn() {
        Runtime.getRuntime().addShutdownHook(new Thread(Family::spins));
        Procession.current().semaphore("up").release();
        spins();
    }

    private static void spins() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ignored) {
                // It does not want to.
            }
        }
    }
}
