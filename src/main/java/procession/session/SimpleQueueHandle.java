package procession.session;

import akka.actor.typed.ActorRef;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import procession.EmptyException;
import procession.FullException;
import procession.Process;
import procession.Queue;
import procession.QueueWindow;
import procession.ShutDownException;
import procession.SimpleQueue;
import procession.core.Carried;
import procession.core.Command;
import procession.core.Reply;
import procession.core.Sent;

/** A queue of any kind, from here: what all of them can do. */
class SimpleQueueHandle<T> extends Handle implements SimpleQueue<T>, Polled {

    SimpleQueueHandle(Handles home, Carried carried) {
        super(home, carried);
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
        var reply = ask(new Command.Put(home.encode(item)), timeout);
        Reference.reachabilityFence(item); // Handles in it must not be let go of before the keeper has counted them.
        accepted(reply, timeout);
    }

    private Void accepted(Reply reply, long timeout) {
        if (reply instanceof Reply.TimedOut late) {
            throw new FullException(capitalized(label()) + " had no room " + seconds(timeout) + ". " + late.situation());
        }
        return nothing(reply);
    }

    final Void nothing(Reply reply) {
        done(reply);
        return null;
    }

    @Override
    public T get() throws InterruptedException {
        return this.<T>item(got(ask(new Command.Get(), Sent.FOR_EVER), Sent.FOR_EVER));
    }

    @Override
    public T get(Duration timeout) throws InterruptedException {
        return this.<T>item(got(ask(new Command.Get(), nanos(timeout)), nanos(timeout)));
    }

    /** What a request for an item got. */
    final Reply.Item got(Reply reply, long timeout) {
        return switch (reply) {
            case Reply.Item item -> item;
            case Reply.EndOfStream end -> throw new ShutDownException(
                    capitalized(label()) + ": it has been shut down, and nothing is left to get.");
            case Reply.TimedOut late ->
                    throw new EmptyException(capitalized(label()) + " gave no item " + seconds(timeout) + ". " + late.situation());
            default -> throw unexpected(reply);
        };
    }

    @SuppressWarnings("unchecked")
    final <I> I item(Reply.Item item) {
        return (I) home.decode(item.payload());
    }

    @Override
    public Command polling() {
        return new Command.PollQueue();
    }

    @Override
    public boolean ready(Reply reply) {
        return switch (reply) {
            case Reply.Ready ready -> true;
            case Reply.TimedOut late -> false;
            default -> throw unexpected(reply);
        };
    }

    @Override
    public boolean isEmpty() throws InterruptedException {
        return count("size") == 0;
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
        var future = askAsync(new Command.Put(home.encode(item)), timeout, reply -> accepted(reply, timeout));
        Reference.reachabilityFence(item);
        return future;
    }

    @Override
    public CompletableFuture<T> getAsync() {
        return getAsync(Sent.FOR_EVER);
    }

    @Override
    public CompletableFuture<T> getAsync(Duration timeout) {
        return getAsync(nanos(timeout));
    }

    private CompletableFuture<T> getAsync(long timeout) {
        return askAsync(new Command.Get(), timeout, reply -> this.<T>item(got(reply, timeout)));
    }

    @Override
    public QueueWindow<T> window(int n) {
        return new QueueWindowHandle<>(this, n);
    }

    // Its end.

    @Override
    public void shutdown() throws InterruptedException {
        done(ask(new Command.ShutDown(), Sent.FOR_EVER));
    }

    @Override
    public CompletableFuture<Void> shutdownAsync() {
        return askAsync(new Command.ShutDown(), Sent.FOR_EVER, this::nothing);
    }

    @Override
    public boolean isShutDown() throws InterruptedException {
        return count("shut-down") == 1;
    }

    @Override
    public void closeWhenProducersGone(Collection<? extends Process> producers) throws InterruptedException {
        if (producers.isEmpty()) {
            throw new IllegalArgumentException("Nobody was named as a producer of " + label() + "; to end it now, shut it down.");
        }
        var numbers = producers.stream().map(home::childNumber).toList();
        done(ask(new Command.CloseWhenGone(numbers, List.of()), Sent.FOR_EVER));
    }

    @Override
    public ActorRef<Queue.Command> ref() {
        return home.agents().queue(this);
    }
}
