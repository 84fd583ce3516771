package procession.session;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.Condition;
import procession.Grant;
import procession.Lock;
import procession.TimedOutException;
import procession.core.Carried;
import procession.core.Request;
import procession.core.Sent;
import procession.core.Spec;

/** A lock, from here. */
class LockHandle extends Handle implements Lock {

    private final HeldGrant.Returning returning = this::giveBack;

    LockHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    boolean isReentrant() {
        return ((Spec.Lock) spec()).reentrant();
    }

    @Override
    public Grant acquire() throws InterruptedException {
        return acquired(Sent.FOR_EVER);
    }

    @Override
    public Grant acquire(Duration timeout) throws InterruptedException {
        return acquired(nanos(timeout));
    }

    private Grant acquired(long timeout) throws InterruptedException {
        return granted(asked(timeout), timeout, thread());
    }

    /** Without a message, if the lock is lent to this process. */
    private procession.core.Reply asked(long timeout) throws InterruptedException {
        var here = home.session().acquireLent(target(), isReentrant());
        return here != null ? here : ask(new procession.core.Command.AcquireLock(), timeout);
    }

    @Override
    public Optional<Grant> tryAcquire(Duration timeout) throws InterruptedException {
        var reply = asked(nanos(timeout));
        return reply instanceof procession.core.Reply.TimedOut
                ? Optional.empty()
                : Optional.of(granted(reply, nanos(timeout), thread()));
    }

    @Override
    public CompletableFuture<Grant> acquireAsync() {
        return askAsync(new procession.core.Command.AcquireLock(), Sent.FOR_EVER,
                reply -> granted(reply, Sent.FOR_EVER, HeldGrant.ANY_THREAD));
    }

    @Override
    public CompletableFuture<Grant> acquireAsync(Duration timeout) {
        return askAsync(new procession.core.Command.AcquireLock(), nanos(timeout),
                reply -> granted(reply, nanos(timeout), HeldGrant.ANY_THREAD));
    }

    /** A hold of a re-entrant lock is its thread's; any thread of the process gives back any other. */
    private long thread() {
        return isReentrant() ? Thread.currentThread().threadId() : HeldGrant.ANY_THREAD;
    }

    private Grant granted(procession.core.Reply reply, long timeout, long strand) {
        return switch (reply) {
            case procession.core.Reply.Granted granted -> {
                var grant = new HeldGrant(granted.fence(), 1, granted.abandoned().map(Handle::predecessor), strand, returning);
                home.grants().add(key(), grant);
                yield grant;
            }
            case procession.core.Reply.TimedOut late -> throw new TimedOutException(
                    capitalized(label()) + " was not granted " + seconds(timeout) + ". " + late.situation());
            default -> throw unexpected(reply);
        };
    }

    /**
     * The grants of this process's hold, oldest first; of a re-entrant lock, only what the calling thread may give back. A grant of a lower
     * fence is of a hold that was taken away, which this process has not noticed yet.
     */
    List<HeldGrant> hold() {
        var all = home.grants().on(key());
        if (all.size() == 1) { // The usual case, without the machinery.
            return all.getFirst().isAwake() && all.getFirst().isOfThisThread() ? all : List.of();
        }
        var awake = all.stream().filter(grant -> grant.isAwake() && grant.isOfThisThread()).toList();
        long newest = awake.stream().mapToLong(HeldGrant::fence).max().orElse(0);
        return awake.stream().filter(grant -> grant.fence() == newest).toList();
    }

    @Override
    public void release() {
        for (var grant : hold().reversed()) {
            if (grant.take(1) == 1) {
                giveBack(grant, 1);
                return;
            }
        }
        throw notHeld("only the " + (isReentrant() ? "thread that holds an RLock" : "process that holds a lock") + " releases it");
    }

    IllegalStateException notHeld(String rule) {
        return new IllegalStateException(capitalized(label()) + " is not held by this "
                + (isReentrant() ? "thread" : "process") + "; " + rule + ".");
    }

    private void giveBack(HeldGrant grant, int units) {
        home.grants().remove(key(), grant);
        home.session().releaseLock(target(), grant.fence());
    }

    @Override
    public Condition newCondition() {
        return home.condition(this, home.session().uniqueName());
    }

    @Override
    public Condition newCondition(String name) {
        if (name.startsWith(Session.UNIQUE)) {
            throw new IllegalArgumentException("The name of a condition does not begin with '" + Session.UNIQUE + "', as '" + name + "' does.");
        }
        return home.condition(this, Handles.checkedName(name));
    }

    @Override
    public void breakLock() throws InterruptedException {
        done(ask(new procession.core.Command.BreakLock("", ""), Sent.FOR_EVER));
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().lock(this);
    }
}
