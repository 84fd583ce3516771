package procession.session;

import akka.actor.typed.ActorRef;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import procession.EmptyException;
import procession.FullException;
import procession.Queue;
import procession.core.Carried;
import procession.core.Sent;
import procession.core.Spec;

/** A queue, from here. */
class QueueHandle<T> extends Handle implements Queue<T> {

    QueueHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    private Spec.Queue queue() {
        return (Spec.Queue) spec();
    }

    @Override
    String label() {
        return label("queue");
    }

    @Override
    public void put(T item) throws InterruptedException {
        put(item, Sent.FOR_EVER);
    }

    @Override
    public void put(T item, Duration timeout) throws InterruptedException {
        put(item, nanos(timeout));
    }

    private void put(T item, long timeout) throws InterruptedException {
        var reply = ask(new procession.core.Command.Put(home.encode(item)), timeout);
        Reference.reachabilityFence(item); // Handles in it must not be let go of before the keeper has counted them.
        accepted(reply, timeout);
    }

    private Void accepted(procession.core.Reply reply, long timeout) {
        if (reply instanceof procession.core.Reply.TimedOut late) {
            throw new FullException(capitalized(label()) + " had no room " + seconds(timeout) + ". " + late.situation());
        }
        done(reply);
        return null;
    }

    @Override
    public T get() throws InterruptedException {
        return item(ask(new procession.core.Command.Get(), Sent.FOR_EVER), Sent.FOR_EVER);
    }

    @Override
    public T get(Duration timeout) throws InterruptedException {
        return item(ask(new procession.core.Command.Get(), nanos(timeout)), nanos(timeout));
    }

    @SuppressWarnings("unchecked")
    private T item(procession.core.Reply reply, long timeout) {
        return switch (reply) {
            case procession.core.Reply.Item item -> (T) home.decode(item.payload());
            case procession.core.Reply.TimedOut late ->
                    throw new EmptyException(capitalized(label()) + " gave no item " + seconds(timeout) + ". " + late.situation());
            default -> throw unexpected(reply);
        };
    }

    @Override
    public int size() throws InterruptedException {
        return (int) look().count("size");
    }

    @Override
    public boolean isFull() throws InterruptedException {
        return look().count("full") == 1;
    }

    @Override
    public int maxSize() {
        return queue().maxSize();
    }

    @Override
    public CompletableFuture<Void> putAsync(T item) {
        return putAsync(item, Sent.FOR_EVER);
    }

    @Override
    public CompletableFuture<Void> putAsync(T item, Duration timeout) {
        return putAsync(item, nanos(timeout));
    }

    private CompletableFuture<Void> putAsync(T item, long timeout) {
        var future = askAsync(new procession.core.Command.Put(home.encode(item)), timeout, reply -> accepted(reply, timeout));
        Reference.reachabilityFence(item);
        return future;
    }

    @Override
    public CompletableFuture<T> getAsync() {
        return askAsync(new procession.core.Command.Get(), Sent.FOR_EVER, reply -> item(reply, Sent.FOR_EVER));
    }

    @Override
    public CompletableFuture<T> getAsync(Duration timeout) {
        return askAsync(new procession.core.Command.Get(), nanos(timeout), reply -> item(reply, nanos(timeout)));
    }

    @Override
    public CompletableFuture<Integer> sizeAsync() {
        return lookAsync(view -> (int) view.count("size"));
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().queue(this);
    }
}
