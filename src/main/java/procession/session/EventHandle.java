package procession.session;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import procession.Event;
import procession.core.Carried;
import procession.core.Sent;

/** An event, from here. */
final class EventHandle extends Handle implements Event, Polled {

    EventHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    @Override
    public void set() throws InterruptedException {
        done(ask(new procession.core.Command.SetEvent(), Sent.FOR_EVER));
    }

    @Override
    public void clear() throws InterruptedException {
        done(ask(new procession.core.Command.ClearEvent(), Sent.FOR_EVER));
    }

    @Override
    public boolean isSet() throws InterruptedException {
        return count("set") == 1;
    }

    @Override
    public void await() throws InterruptedException {
        done(ask(new procession.core.Command.AwaitEvent(), Sent.FOR_EVER));
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return wasInTime(ask(new procession.core.Command.AwaitEvent(), nanos(timeout)));
    }

    @Override
    public procession.core.Command polling() {
        return new procession.core.Command.AwaitEvent();
    }

    @Override
    public boolean ready(procession.core.Reply reply) {
        return wasInTime(reply);
    }

    @Override
    public CompletableFuture<Void> setAsync() {
        return askAsync(new procession.core.Command.SetEvent(), Sent.FOR_EVER, this::nothing);
    }

    @Override
    public CompletableFuture<Void> clearAsync() {
        return askAsync(new procession.core.Command.ClearEvent(), Sent.FOR_EVER, this::nothing);
    }

    @Override
    public CompletableFuture<Boolean> isSetAsync() {
        return countAsync("set", level -> level == 1);
    }

    @Override
    public CompletableFuture<Void> awaitAsync() {
        return askAsync(new procession.core.Command.AwaitEvent(), Sent.FOR_EVER, this::nothing);
    }

    private Void nothing(procession.core.Reply reply) {
        done(reply);
        return null;
    }

    @Override
    public CompletableFuture<Boolean> awaitAsync(Duration timeout) {
        return askAsync(new procession.core.Command.AwaitEvent(), nanos(timeout), this::wasInTime);
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().event(this);
    }
}
