package procession.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import procession.JoinableQueue;
import procession.TimedOutException;
import procession.core.Carried;
import procession.core.Sent;

/** A joinable queue, from here. */
final class JoinableQueueHandle<T> extends QueueHandle<T> implements JoinableQueue<T> {

    JoinableQueueHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    @Override
    public void taskDone() throws InterruptedException {
        done(ask(new procession.core.Command.TaskDone(), Sent.FOR_EVER));
    }

    @Override
    public CompletableFuture<Void> taskDoneAsync() {
        return askAsync(new procession.core.Command.TaskDone(), Sent.FOR_EVER, reply -> joined(reply, Sent.FOR_EVER));
    }

    @Override
    public void join() throws InterruptedException {
        joined(ask(new procession.core.Command.JoinQueue(), Sent.FOR_EVER), Sent.FOR_EVER);
    }

    @Override
    public void join(Duration timeout) throws InterruptedException {
        joined(ask(new procession.core.Command.JoinQueue(), nanos(timeout)), nanos(timeout));
    }

    private Void joined(procession.core.Reply reply, long timeout) {
        if (reply instanceof procession.core.Reply.TimedOut late) {
            throw new TimedOutException(capitalized(label()) + " was not done " + seconds(timeout) + ". " + late.situation());
        }
        done(reply);
        return null;
    }

    @Override
    public CompletableFuture<Void> joinAsync() {
        return askAsync(new procession.core.Command.JoinQueue(), Sent.FOR_EVER, reply -> joined(reply, Sent.FOR_EVER));
    }

    @Override
    public CompletableFuture<Void> joinAsync(Duration timeout) {
        return askAsync(new procession.core.Command.JoinQueue(), nanos(timeout), reply -> joined(reply, nanos(timeout)));
    }
}
