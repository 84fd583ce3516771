package procession.bench;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import procession.Connection;
import procession.SimpleQueue;

/** The sending side of a throughput benchmark. */
interface Sender {

    /** How many may be under way unconfirmed, and how many items a receiver asks for ahead. */
    int WINDOW = 64;

    void put(Integer item) throws InterruptedException;

    /** Returns when everything has been accepted. */
    void flush() throws InterruptedException;

    static Sender plain(SimpleQueue<Integer> queue) {
        return new Sender() {
            @Override
            public void put(Integer item) throws InterruptedException {
                queue.put(item);
            }

            @Override
            public void flush() {
                // Each put has been confirmed.
            }
        };
    }

    /** One that runs ahead. */
    static Sender ahead(SimpleQueue<Integer> queue) {
        return ahead(queue::putAsync);
    }

    static Sender ahead(Connection connection) {
        return ahead(connection::sendAsync);
    }

    private static Sender ahead(Function<Integer, CompletableFuture<Void>> put) {
        var unconfirmed = new ArrayDeque<CompletableFuture<Void>>();
        return new Sender() {
            @Override
            public void put(Integer item) {
                if (unconfirmed.size() == WINDOW) {
                    unconfirmed.remove().join();
                }
                unconfirmed.add(put.apply(item));
            }

            @Override
            public void flush() {
                while (!unconfirmed.isEmpty()) {
                    unconfirmed.remove().join();
                }
            }
        };
    }
}
