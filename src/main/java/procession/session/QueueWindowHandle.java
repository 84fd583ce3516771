package procession.session;

import java.time.Duration;
import procession.QueueWindow;
import procession.core.Command;
import procession.core.Sent;

/** A window of a queue. */
final class QueueWindowHandle<T> extends Window implements QueueWindow<T> {

    private final SimpleQueueHandle<T> queue;

    QueueWindowHandle(SimpleQueueHandle<T> queue, int most) {
        super(queue, most, Command.PutAll::new, Command.GetSome::new);
        this.queue = queue;
    }

    @Override
    public void put(T item) throws InterruptedException {
        put(item, Sent.FOR_EVER);
    }

    @Override
    public void put(T item, Duration timeout) throws InterruptedException {
        put(item, Handle.nanos(timeout));
    }

    @Override
    public T get() throws InterruptedException {
        return get(Sent.FOR_EVER);
    }

    @Override
    public T get(Duration timeout) throws InterruptedException {
        return get(Handle.nanos(timeout));
    }

    private T get(long timeout) throws InterruptedException {
        return queue.item(queue.got(next(timeout), timeout));
    }
}
