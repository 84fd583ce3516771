package procession.session;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.Counter;
import procession.Waitable;
import procession.core.Carried;
import procession.core.Command.AddToCounter;
import procession.core.Command.AwaitCounter;
import procession.core.Command.SetCounter;
import procession.core.Sent;

/** A counter, from here. */
final class CounterHandle extends Handle implements Counter {

    CounterHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    @Override
    public long get() throws InterruptedException {
        return count("value");
    }

    @Override
    public void set(long value) throws InterruptedException {
        getAndSet(value);
    }

    @Override
    public long getAndSet(long value) throws InterruptedException {
        return value(ask(new SetCounter(value, Optional.empty()), Sent.FOR_EVER));
    }

    @Override
    public boolean compareAndSet(long expected, long next) throws InterruptedException {
        return counted(ask(new SetCounter(next, Optional.of(expected)), Sent.FOR_EVER)).changed();
    }

    @Override
    public long add(long delta) throws InterruptedException {
        return value(ask(new AddToCounter(delta), Sent.FOR_EVER));
    }

    @Override
    public void awaitAtLeast(long value) throws InterruptedException {
        counted(ask(new AwaitCounter(value), Sent.FOR_EVER));
    }

    @Override
    public boolean awaitAtLeast(long value, Duration timeout) throws InterruptedException {
        return isReached(ask(new AwaitCounter(value), nanos(timeout)));
    }

    @Override
    public Waitable atLeast(long value) {
        return new Watched(this, new AwaitCounter(value), "A value of at least " + value);
    }

    private boolean isReached(procession.core.Reply reply) {
        return !(reply instanceof procession.core.Reply.TimedOut) && counted(reply) != null;
    }

    private procession.core.Reply.Counted counted(procession.core.Reply reply) {
        if (reply instanceof procession.core.Reply.Counted counted) {
            return counted;
        }
        throw unexpected(reply);
    }

    private long value(procession.core.Reply reply) {
        return counted(reply).value();
    }

    @Override
    public CompletableFuture<Long> getAsync() {
        return countAsync("value", value -> value);
    }

    @Override
    public CompletableFuture<Void> setAsync(long value) {
        return askAsync(new SetCounter(value, Optional.empty()), Sent.FOR_EVER, this::nothing);
    }

    private Void nothing(procession.core.Reply reply) {
        counted(reply);
        return null;
    }

    @Override
    public CompletableFuture<Long> getAndSetAsync(long value) {
        return askAsync(new SetCounter(value, Optional.empty()), Sent.FOR_EVER, this::value);
    }

    @Override
    public CompletableFuture<Boolean> compareAndSetAsync(long expected, long next) {
        return askAsync(new SetCounter(next, Optional.of(expected)), Sent.FOR_EVER, reply -> counted(reply).changed());
    }

    @Override
    public CompletableFuture<Long> addAsync(long delta) {
        return askAsync(new AddToCounter(delta), Sent.FOR_EVER, this::value);
    }

    @Override
    public CompletableFuture<Void> awaitAtLeastAsync(long value) {
        return askAsync(new AwaitCounter(value), Sent.FOR_EVER, this::nothing);
    }

    @Override
    public CompletableFuture<Boolean> awaitAtLeastAsync(long value, Duration timeout) {
        return askAsync(new AwaitCounter(value), nanos(timeout), this::isReached);
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().counter(this);
    }
}
