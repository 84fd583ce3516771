package procession.session;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.Grant;
import procession.ReadWriteLock;
import procession.TimedOutException;
import procession.core.Command.AcquireReadWrite;
import procession.core.Command.ReleaseReadWrite;
import procession.core.Reply;
import procession.core.Request;
import procession.core.Sent;

/** One side of a read-write lock, from here. */
final class LockSide implements ReadWriteLock.Side {

    private final ReadWriteLockHandle lock;
    private final AcquireReadWrite asking;
    private final Grants.Key key;

    LockSide(ReadWriteLockHandle lock, boolean writes) {
        this.lock = lock;
        this.asking = AcquireReadWrite.to(writes);
        this.key = new Grants.Key(lock.target(), Optional.of(asking.manner()));
    }

    @Override
    public Grant acquire() throws InterruptedException {
        return granted(lock.ask(asking, Sent.FOR_EVER), Sent.FOR_EVER);
    }

    @Override
    public Grant acquire(Duration timeout) throws InterruptedException {
        return granted(lock.ask(asking, Handle.nanos(timeout)), Handle.nanos(timeout));
    }

    @Override
    public Optional<Grant> tryAcquire(Duration timeout) throws InterruptedException {
        var reply = lock.ask(asking, Handle.nanos(timeout));
        return reply instanceof Reply.TimedOut ? Optional.empty() : Optional.of(granted(reply, Handle.nanos(timeout)));
    }

    @Override
    public CompletableFuture<Grant> acquireAsync() {
        return lock.askAsync(asking, Sent.FOR_EVER, reply -> granted(reply, Sent.FOR_EVER));
    }

    @Override
    public CompletableFuture<Grant> acquireAsync(Duration timeout) {
        return lock.askAsync(asking, Handle.nanos(timeout), reply -> granted(reply, Handle.nanos(timeout)));
    }

    private Grant granted(Reply reply, long timeout) {
        return switch (reply) {
            case Reply.Granted granted -> {
                var grant = new HeldGrant(granted.fence(), 1, granted.abandoned().map(Handle::predecessor), HeldGrant.ANY_THREAD,
                        this::giveBack);
                lock.home.grants().add(key, grant);
                yield grant;
            }
            case Reply.TimedOut late -> throw new TimedOutException(Handle.capitalized(lock.label()) + " was not granted to "
                    + asking.manner() + " " + Handle.seconds(timeout) + ". " + late.situation());
            default -> throw lock.unexpected(reply);
        };
    }

    @Override
    public void release() {
        for (var grant : lock.home.grants().on(key)) {
            if (grant.take(1) == 1) {
                giveBack(grant, 1);
                return;
            }
        }
        throw new IllegalStateException(Handle.capitalized(lock.label()) + " is not held by this process to " + asking.manner()
                + "; only the process that holds a lock releases it.");
    }

    private void giveBack(HeldGrant grant, int units) {
        lock.home.grants().remove(key, grant);
        lock.home.session().tell(new Request.Operate(lock.target(), new ReleaseReadWrite(grant.fence())));
    }

    @Override
    public String toString() {
        return Handle.capitalized(asking.manner()) + " side of " + lock.label();
    }
}
