package procession.session;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.Grant;
import procession.Lock;
import procession.Predecessor;
import procession.TimedOutException;
import procession.core.Carried;
import procession.core.Request;
import procession.core.Sent;

/** A lock, from here. */
final class LockHandle extends Handle implements Lock {

    LockHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    @Override
    String label() {
        return label("lock");
    }

    @Override
    public Grant acquire() throws InterruptedException {
        return granted(ask(new procession.core.Command.AcquireLock(), Sent.FOR_EVER), Sent.FOR_EVER);
    }

    @Override
    public Grant acquire(Duration timeout) throws InterruptedException {
        return granted(ask(new procession.core.Command.AcquireLock(), nanos(timeout)), nanos(timeout));
    }

    @Override
    public Optional<Grant> tryAcquire(Duration timeout) throws InterruptedException {
        var reply = ask(new procession.core.Command.AcquireLock(), nanos(timeout));
        return reply instanceof procession.core.Reply.TimedOut ? Optional.empty() : Optional.of(granted(reply, nanos(timeout)));
    }

    @Override
    public CompletableFuture<Grant> acquireAsync() {
        return askAsync(new procession.core.Command.AcquireLock(), Sent.FOR_EVER, reply -> granted(reply, Sent.FOR_EVER));
    }

    @Override
    public CompletableFuture<Grant> acquireAsync(Duration timeout) {
        return askAsync(new procession.core.Command.AcquireLock(), nanos(timeout), reply -> granted(reply, nanos(timeout)));
    }

    private Grant granted(procession.core.Reply reply, long timeout) {
        return switch (reply) {
            case procession.core.Reply.Granted granted -> {
                var abandoned = granted.abandoned().map(who -> new Predecessor(who.process(), who.outcome()));
                var grant = new HeldGrant(granted.fence(), 1, abandoned, this::giveBack);
                home.grants().add(target(), grant);
                yield grant;
            }
            case procession.core.Reply.TimedOut late -> throw new TimedOutException(
                    capitalized(label()) + " was not granted " + seconds(timeout) + ". " + late.situation());
            default -> throw unexpected(reply);
        };
    }

    @Override
    public void release() {
        for (var grant : home.grants().on(target())) {
            if (grant.take(1) == 1) {
                giveBack(grant, 1);
                return;
            }
        }
        throw new IllegalStateException(
                capitalized(label()) + " is not held by this process; only the process that holds a lock releases it.");
    }

    private void giveBack(HeldGrant grant, int units) {
        home.grants().remove(target(), grant);
        home.session().tell(new Request.Operate(target(), new procession.core.Command.ReleaseLock(grant.fence())));
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().lock(this);
    }
}
