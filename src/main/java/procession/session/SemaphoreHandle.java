package procession.session;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import procession.Grant;
import procession.Semaphore;
import procession.TimedOutException;
import procession.core.Carried;
import procession.core.Request;
import procession.core.Sent;
import procession.core.Spec;

/** A semaphore, from here; or the view of it on which nothing is owed. */
class SemaphoreHandle extends Handle implements Semaphore {

    /** A release of fewer never makes more permits than can be counted, unless it is one of a great many. */
    private static final int SO_MANY = 1 << 20;

    /** A view lives by the handle it was made from, which the keeper counts. */
    private SemaphoreHandle source;

    SemaphoreHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    private boolean isBounded() {
        return ((Spec.Semaphore) spec()).bounded();
    }

    final SemaphoreHandle of(SemaphoreHandle whole) {
        source = whole;
        return this;
    }

    final boolean isOwed() {
        return carried.aspect().isEmpty();
    }

    @Override
    public Semaphore unowned() {
        return isOwed() ? home.unowned(this) : this;
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

    private procession.core.Command.AcquirePermits asking(int permits) {
        return new procession.core.Command.AcquirePermits(positive(permits), isOwed());
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
                home.grants().add(key(), grant);
                yield grant;
            }
            case procession.core.Reply.TimedOut late -> throw new TimedOutException(
                    capitalized(label()) + " gave no permit " + seconds(timeout) + ". " + late.situation());
            default -> throw unexpected(reply);
        };
    }

    @Override
    public void release(int permits) {
        var release = new Request.Operate(target(), new procession.core.Command.ReleasePermits(positive(permits), 0, isOwed()));
        boolean mayBeRefused = isBounded() || permits >= SO_MANY;
        Map<HeldGrant, Integer> taken;
        synchronized (home.grants()) { // Who finds nothing to take asks after what others took is on its way, or it would be let in first.
            taken = taken(permits, home.grants().on(key()));
            mayBeRefused &= taken.values().stream().mapToInt(Integer::intValue).sum() < permits;
            if (!mayBeRefused) {
                home.session().tell(release);
            }
        }
        if (mayBeRefused) {
            releaseUnlessRefused(release, taken);
        }
        taken.keySet().stream().filter(HeldGrant::isSpent).forEach(spent -> home.grants().remove(key(), spent));
    }

    /** What this process holds is never too much to come back; more may be, and then as a whole. */
    private void releaseUnlessRefused(Request release, Map<HeldGrant, Integer> taken) {
        try {
            done(home.session().askUninterrupted(this, release));
        } catch (RuntimeException refused) {
            taken.forEach(HeldGrant::putBack);
            throw refused;
        }
    }

    /**
     * Takes permits off grants, oldest first, so that closing those later gives nothing back twice, and no other thread counts on them.
     * Of what is granted meanwhile nothing is taken: that is another thread's.
     */
    private static Map<HeldGrant, Integer> taken(int permits, List<HeldGrant> held) {
        var taken = new LinkedHashMap<HeldGrant, Integer>();
        int left = permits;
        for (var grant : held) {
            int some = grant.take(left);
            if (some > 0) {
                taken.put(grant, some);
                left -= some;
            }
        }
        return taken;
    }

    private void giveBack(HeldGrant grant, int units) {
        home.grants().remove(key(), grant);
        home.session().tell(new Request.Operate(target(),
                new procession.core.Command.ReleasePermits(units, grant.fence(), isOwed())));
    }

    @Override
    public int value() throws InterruptedException {
        return (int) count("value");
    }

    @Override
    public CompletableFuture<Integer> valueAsync() {
        return countAsync("value", Long::intValue);
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().semaphore(this);
    }
}
