package procession.bench;

import procession.Connection;
import procession.SimpleQueue;

/** The sending side of a throughput benchmark. */
interface Sender extends AutoCloseable {

    /** How many puts a window has unconfirmed at most, and how many items a window holds. */
    int WINDOW = 1000;

    void put(Integer item) throws InterruptedException;

    /** Returns when everything has been accepted. */
    void flush() throws InterruptedException;

    @Override
    default void close() {
        // Nothing to close.
    }

    static Sender plain(SimpleQueue<Integer> queue) {
        return unbuffered(queue::put);
    }

    /** Each put has been confirmed when it returns. */
    static Sender unbuffered(Composed.Putting putting) {
        return new Composed(putting, () -> { }, () -> { });
    }

    static Sender window(SimpleQueue<Integer> queue) {
        var window = queue.window(WINDOW);
        return new Composed(window::put, window::flush, window::close);
    }

    static Sender window(Connection connection) {
        var window = connection.window(WINDOW);
        return new Composed(window::send, window::flush, window::close);
    }

    /** What all kinds do. */
    record Composed(Putting putting, Flushing flushing, Runnable closing) implements Sender {

        /** Puts an item. */
        @FunctionalInterface
        interface Putting {
            void put(Integer item) throws InterruptedException;
        }

        /** Waits until everything is confirmed. */
        @FunctionalInterface
        interface Flushing {
            void flush() throws InterruptedException;
        }

        @Override
        public void put(Integer item) throws InterruptedException {
            putting.put(item);
        }

        @Override
        public void flush() throws InterruptedException {
            flushing.flush();
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
