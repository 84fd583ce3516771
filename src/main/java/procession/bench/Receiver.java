package procession.bench;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import procession.Connection;
import procession.SimpleQueue;

/** The receiving side of a throughput benchmark. */
@FunctionalInterface
interface Receiver {

    Integer get() throws InterruptedException;

    static Receiver plain(SimpleQueue<Integer> queue) {
        return queue::get;
    }

    /** One that asks ahead, for no more than it will get: what it had asked for beyond that would be lost. */
    static Receiver ahead(SimpleQueue<Integer> queue, int items) {
        return ahead(queue::getAsync, items);
    }

    static Receiver ahead(Connection connection, int items) {
        return ahead(connection::receiveAsync, items);
    }

    private static Receiver ahead(Supplier<? extends CompletableFuture<?>> get, int items) {
        var asked = new ArrayDeque<CompletableFuture<?>>();
        var left = new int[] {items};
        return () -> {
            while (left[0] > 0 && asked.size() < Sender.WINDOW) {
                asked.add(get.get());
                left[0]--;
            }
            return (Integer) asked.remove().join();
        };
    }
}
