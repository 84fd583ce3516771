package procession.bench;

import procession.Connection;
import procession.SimpleQueue;

/** The receiving side of a throughput benchmark. What it has fetched and not given goes back when it is closed. */
@FunctionalInterface
interface Receiver extends AutoCloseable {

    Integer get() throws InterruptedException;

    @Override
    default void close() {
        // Nothing to close.
    }

    static Receiver plain(SimpleQueue<Integer> queue) {
        return queue::get;
    }

    static Receiver window(SimpleQueue<Integer> queue) {
        var window = queue.window(Sender.WINDOW);
        return new Windowed(window::get, window::close);
    }

    static Receiver window(Connection connection) {
        var window = connection.window(Sender.WINDOW);
        return new Windowed(() -> window.receive(Integer.class), window::close);
    }

    /** What both kinds of windows do. */
    record Windowed(Receiver getting, Runnable closing) implements Receiver {

        @Override
        public Integer get() throws InterruptedException {
            return getting.get();
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
