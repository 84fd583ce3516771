package procession.session;

import akka.actor.typed.ActorRef;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import procession.Cell;
import procession.Versioned;
import procession.Waitable;
import procession.core.Carried;
import procession.core.Command.AwaitMap;
import procession.core.Command.AwaitValue;
import procession.core.Command.WriteValue;
import procession.core.Payload;
import procession.core.Sent;

/** A cell, from here: a map with one key, which always has a value. */
final class CellHandle<T> extends ValuesHandle<T> implements Cell<T> {

    static final Payload KEY = Payload.NONE;

    CellHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    /** Gives the cell its first value, unless it has one. */
    void begin(T initial) {
        var value = home.encode(initial);
        var reply = home.session().askUninterrupted(this,
                new procession.core.Request.Operate(target(), new WriteValue(KEY, value, 0, false)));
        Reference.reachabilityFence(initial);
        isStored(reply);
    }

    /** Whether its maker has given it its first value. */
    boolean hasBegun() {
        var reply = home.session().askUninterrupted(this, new procession.core.Request.Inspect(target(), false));
        return reply instanceof procession.core.Reply.Viewed viewed && viewed.snapshot().count("version") > 0;
    }

    @Override
    public T get() throws InterruptedException {
        return read().value();
    }

    @Override
    public Versioned<T> read() throws InterruptedException {
        return present(readValue(KEY));
    }

    private Versioned<T> present(Optional<Versioned<T>> read) {
        return read.orElseThrow(() -> new IllegalStateException(capitalized(label()) + " has no value yet."));
    }

    @Override
    public void set(T value) throws InterruptedException {
        isStored(write(KEY, value, WriteValue.ANY, false));
    }

    @Override
    public T getAndSet(T value) throws InterruptedException {
        return present(versioned(write(KEY, value, WriteValue.ANY, true))).value();
    }

    @Override
    public boolean compareAndSet(Versioned<T> seen, T next) throws InterruptedException {
        return isStored(write(KEY, next, seen.version(), false));
    }

    @Override
    public boolean compareAndSet(T expected, T next) throws InterruptedException {
        return replaced(KEY, expected, next);
    }

    @Override
    public T update(UnaryOperator<T> f) throws InterruptedException {
        return updated(KEY, seen -> f.apply(present(seen).value()));
    }

    @Override
    public Versioned<T> awaitChange(Versioned<T> since) throws InterruptedException {
        return present(versioned(ask(new AwaitValue(KEY, since.version()), Sent.FOR_EVER)));
    }

    @Override
    public Optional<Versioned<T>> awaitChange(Versioned<T> since, Duration timeout) throws InterruptedException {
        return inTime(ask(new AwaitValue(KEY, since.version()), nanos(timeout)));
    }

    @Override
    public Waitable changeSince(Versioned<T> since) {
        return new Watched(this, new AwaitMap(since.version()), "A change");
    }

    private Optional<Versioned<T>> inTime(procession.core.Reply reply) {
        return reply instanceof procession.core.Reply.TimedOut ? Optional.empty() : versioned(reply);
    }

    @Override
    public T await(Predicate<? super T> condition) throws InterruptedException {
        return awaited(KEY, condition, Sent.FOR_EVER).orElseThrow().value();
    }

    @Override
    public Optional<Versioned<T>> await(Predicate<? super T> condition, Duration timeout) throws InterruptedException {
        return awaited(KEY, condition, nanos(timeout));
    }

    @Override
    public CompletableFuture<Versioned<T>> readAsync() {
        return askAsync(new procession.core.Command.ReadValue(KEY), Sent.FOR_EVER, reply -> present(versioned(reply)));
    }

    @Override
    public CompletableFuture<Void> setAsync(T value) {
        return writeAsync(KEY, value, WriteValue.ANY, false, reply -> {
            isStored(reply);
            return null;
        });
    }

    @Override
    public CompletableFuture<T> getAndSetAsync(T value) {
        return writeAsync(KEY, value, WriteValue.ANY, true, reply -> present(versioned(reply)).value());
    }

    @Override
    public CompletableFuture<Boolean> compareAndSetAsync(Versioned<T> seen, T next) {
        return writeAsync(KEY, next, seen.version(), false, this::isStored);
    }

    @Override
    public CompletableFuture<T> updateAsync(UnaryOperator<T> f) {
        return updatedAsync(KEY, seen -> f.apply(present(seen).value()));
    }

    @Override
    public CompletableFuture<Versioned<T>> awaitChangeAsync(Versioned<T> since) {
        return askAsync(new AwaitValue(KEY, since.version()), Sent.FOR_EVER, reply -> present(versioned(reply)));
    }

    @Override
    public CompletableFuture<Optional<Versioned<T>>> awaitChangeAsync(Versioned<T> since, Duration timeout) {
        return askAsync(new AwaitValue(KEY, since.version()), nanos(timeout), this::inTime);
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().cell(this);
    }
}
