package procession.it.pool;

import java.util.List;
import java.util.concurrent.TimeUnit;
import procession.Event;
import procession.JoinableQueue;
import procession.Procession;
import procession.Semaphore;

/** Tasks for the tests of pools. */
final class Chores {

    private static int initialized;

    private Chores() {}

    static int square(int number) {
        return number * number;
    }

    static int sum(int a, int b) {
        return a + b;
    }

    static String joined(String a, int b, long c, boolean d) {
        return a + b + c + d;
    }

    static long pid() {
        return ProcessHandle.current().pid();
    }

    static long pidFor(int ignored) {
        return pid();
    }

    static String name() {
        return Procession.currentProcess().name();
    }

    static <T> T afterEvent(T value, Event event) throws InterruptedException {
        event.await();
        return value;
    }

    static int firstWaits(int number, Event event) throws InterruptedException {
        return number == 0 ? afterEvent(number, event) : number;
    }

    static int oddFails(int number) {
        if (number % 2 != 0) {
            throw new IllegalStateException("odd " + number);
        }
        return number;
    }

    /** Its constructor needs more than a message. */
    static final class Picky extends Exception {
        private static final long serialVersionUID = 1;

        Picky(String what, int howMuch) {
            super(what + " " + howMuch);
        }
    }

    static int picky() throws Picky {
        throw new Picky("too much:", 7);
    }

    static int waitsFor(Semaphore begun, Event event) throws InterruptedException {
        System.err.println("I am busy");
        begun.release();
        event.await();
        return 1;
    }

    static String exits(int status) {
        Procession.exit(status);
        return "unreachable";
    }

    static String halts(int status) {
        System.exit(status);
        return "unreachable";
    }

    static boolean interruptedFirst(boolean interrupts, int number) {
        if (interrupts) {
            Thread.currentThread().interrupt();
        }
        return Thread.currentThread().isInterrupted();
    }

    static boolean isInterruptedWhileItWaits() throws InterruptedException {
        Thread.currentThread().interrupt();
        TimeUnit.SECONDS.sleep(60);
        return false;
    }

    static Object unencodable(int number) {
        return number == 1 ? new Thread() : (Object) number;
    }

    static void initialize(int value) {
        initialized = value;
    }

    static void failsToInitialize(Semaphore tries) throws Exception {
        tries.release();
        throw new Picky("no licence:", 1);
    }

    static int initialized() {
        return initialized;
    }

    static int counted(int number, JoinableQueue<Integer> queue) throws InterruptedException {
        queue.put(number);
        return number;
    }

    static int moment(int number, Semaphore begun) throws InterruptedException {
        begun.release();
        TimeUnit.MILLISECONDS.sleep(number % 7);
        return number;
    }

    static List<Integer> poolInATask(int number) throws InterruptedException {
        try (var pool = Procession.current().pool(1)) {
            return pool.map(Chores::square, List.of(number, number + 1)).get();
        }
    }

    static JoinableQueue<Integer> filledQueue() throws InterruptedException {
        JoinableQueue<Integer> queue = Procession.current().joinableQueue();
        queue.put(5);
        return queue;
    }
}
