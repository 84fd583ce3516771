package procession.session;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.Grant;
import procession.Semaphore;
import procession.TimedOutException;
import procession.core.Carried;
import procession.core.Request;
import procession.core.Sent;

/** A semaphore, from here. */
final class SemaphoreHandle extends Handle implements Semaphore {

    SemaphoreHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    @Override
    String label() {
        return label("semaphore");
    }

    @Override
    public Grant acquire(int permits) throws InterruptedException {
        return granted(ask(asking(permits), Sent.FOR_EVER), Sent.FOR_EVER);
    }

    @Override
    public Grant acquire(int permits, Duration timeout) throws InterruptedException {
        return granted(ask(asking(permits), nanos(timeout)), nanos(timeout));
    }

    @Override
    public Optional<Grant> tryAcquire(int permits, Duration timeout) throws InterruptedException {
        var reply = ask(asking(permits), nanos(timeout));
        return reply instanceof procession.core.Reply.TimedOut ? Optional.empty() : Optional.of(granted(reply, nanos(timeout)));
    }

    @Override
    public CompletableFuture<Grant> acquireAsync(int permits) {
        return askAsync(asking(permits), Sent.FOR_EVER, reply -> granted(reply, Sent.FOR_EVER));
    }

    @Override
    public CompletableFuture<Grant> acquireAsync(int permits, Duration timeout) {
        return askAsync(asking(permits), nanos(timeout), reply -> granted(reply, nanos(timeout)));
    }

    private static procession.core.Command.AcquirePermits asking(int permits) {
        return new procession.core.Command.AcquirePermits(positive(permits));
    }

    static int positive(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("A number of permits is 1 or more, not " + permits + ".");
        }
        return permits;
    }

    private Grant granted(procession.core.Reply reply, long timeout) {
        return switch (reply) {
            case procession.core.Reply.Granted granted -> {
                var grant = new HeldGrant(granted.fence(), granted.units(), Optional.empty(), HeldGrant.ANY_THREAD, this::giveBack);
                home.grants().add(target(), grant);
                yield grant;
            }
            case procession.core.Reply.TimedOut late -> throw new TimedOutException(
                    capitalized(label()) + " gave no permit " + seconds(timeout) + ". " + late.situation());
            default -> throw unexpected(reply);
        };
    }

    /** Takes the permits off this process's grants, oldest first, so that closing those later gives nothing back twice. */
    @Override
    public void release(int permits) {
        int left = positive(permits);
        for (var grant : home.grants().on(target())) {
            left -= grant.take(left);
            if (grant.isSpent()) {
                home.grants().remove(target(), grant);
            }
        }
        home.session().tell(new Request.Operate(target(), new procession.core.Command.ReleasePermits(permits, 0)));
    }

    private void giveBack(HeldGrant grant, int units) {
        home.grants().remove(target(), grant);
        home.session().tell(new Request.Operate(target(), new procession.core.Command.ReleasePermits(units, grant.fence())));
    }

    @Override
    public int value() throws InterruptedException {
        return (int) look().count("value");
    }

    @Override
    public CompletableFuture<Integer> valueAsync() {
        return lookAsync(view -> (int) view.count("value"));
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().semaphore(this);
    }
}
