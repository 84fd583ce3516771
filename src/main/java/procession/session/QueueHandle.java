package procession.session;

import java.util.concurrent.CompletableFuture;
import procession.Queue;
import procession.core.Carried;
import procession.core.Spec;

/** A queue with a bound, or that is counted, from here. */
class QueueHandle<T> extends SimpleQueueHandle<T> implements Queue<T> {

    QueueHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    @Override
    public int size() throws InterruptedException {
        return (int) count("size");
    }

    @Override
    public boolean isFull() throws InterruptedException {
        return count("full") == 1;
    }

    @Override
    public int maxSize() {
        return ((Spec.Queue) spec()).maxSize();
    }

    @Override
    public CompletableFuture<Integer> sizeAsync() {
        return countAsync("size", Long::intValue);
    }
}
