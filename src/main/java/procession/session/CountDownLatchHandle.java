package procession.session;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import procession.CountDownLatch;
import procession.core.Carried;
import procession.core.Command.AwaitLatch;
import procession.core.Request;
import procession.core.Sent;

/** A latch, from here. */
final class CountDownLatchHandle extends Handle implements CountDownLatch, Polled {

    CountDownLatchHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    @Override
    public void countDown(int by) {
        home.session().tell(new Request.Operate(target(), counting(by)));
    }

    @Override
    public CompletableFuture<Void> countDownAsync(int by) {
        return askAsync(counting(by), Sent.FOR_EVER, this::nothing);
    }

    static procession.core.Command.CountDown counting(int by) {
        if (by < 1) {
            throw new IllegalArgumentException("A latch is counted down by 1 or more, not by " + by + ".");
        }
        return new procession.core.Command.CountDown(by);
    }

    @Override
    public int count() throws InterruptedException {
        return (int) count("count");
    }

    @Override
    public CompletableFuture<Integer> countAsync() {
        return countAsync("count", Long::intValue);
    }

    @Override
    public void await() throws InterruptedException {
        done(ask(new AwaitLatch(), Sent.FOR_EVER));
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return wasInTime(ask(new AwaitLatch(), nanos(timeout)));
    }

    @Override
    public CompletableFuture<Void> awaitAsync() {
        return askAsync(new AwaitLatch(), Sent.FOR_EVER, this::nothing);
    }

    @Override
    public CompletableFuture<Boolean> awaitAsync(Duration timeout) {
        return askAsync(new AwaitLatch(), nanos(timeout), this::wasInTime);
    }

    /** At zero it is answered at once, and it takes nothing. */
    @Override
    public procession.core.Command polling() {
        return new AwaitLatch();
    }

    @Override
    public boolean ready(procession.core.Reply reply) {
        return wasInTime(reply);
    }

    private Void nothing(procession.core.Reply reply) {
        done(reply);
        return null;
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().latch(this);
    }
}
