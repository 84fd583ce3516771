package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import java.util.List;
import procession.Semaphore;
import procession.core.Command;
import procession.core.Reply;
import procession.core.Request;

/** A semaphore as an actor. */
final class SemaphoreAgent extends Agent<Semaphore.Command, Semaphore.Reply> {

    private final AskersGrants grants = new AskersGrants();
    private final boolean owed;

    SemaphoreAgent(ActorContext<Object> context, SemaphoreHandle semaphore) {
        super(context, semaphore, Semaphore.Command.class);
        this.owed = semaphore.isOwed();
    }

    @Override
    ActorRef<Semaphore.Reply> asker(Semaphore.Command command) {
        return switch (command) {
            case Semaphore.Acquire acquire -> acquire.replyTo();
            case Semaphore.Release release -> release.replyTo();
        };
    }

    @Override
    void begin(Semaphore.Command command) {
        switch (command) {
            case Semaphore.Acquire acquire -> operate(acquire.replyTo(),
                    new Command.AcquirePermits(SemaphoreHandle.positive(acquire.permits()), owed), acquire.timeout(),
                    reply -> granted(acquire.replyTo(), (Reply.Granted) reply));
            case Semaphore.Release release -> release(release.replyTo(), SemaphoreHandle.positive(release.permits()));
        }
    }

    private Semaphore.Reply granted(ActorRef<Semaphore.Reply> asker, Reply.Granted granted) {
        if (owed) {
            grants.add(asker, granted.fence(), granted.units());
        }
        return new Semaphore.Granted(granted.fence(), granted.units());
    }

    /** The asker's grants pay first; what is left is a signal, like any release by one who owes nothing. */
    private void release(ActorRef<Semaphore.Reply> asker, int permits) {
        var held = grants.take(asker, permits);
        int all = held.stream().mapToInt(AskersGrants.Held::units).sum();
        if (all < permits) {
            releaseMore(asker, permits, held);
        } else {
            held.subList(0, held.size() - 1).forEach(one -> quietly(new Command.ReleasePermits(one.units(), one.fence(), owed)));
            var last = held.getLast();
            operate(asker, new Command.ReleasePermits(last.units(), last.fence(), owed), FOR_EVER, reply -> new Semaphore.Released());
        }
    }

    /** More than it holds may be refused, and then as a whole, with its grants as before. So it is one request. */
    private void releaseMore(ActorRef<Semaphore.Reply> asker, int permits, List<AskersGrants.Held> held) {
        long fence = held.isEmpty() ? 0 : held.getFirst().fence();
        operate(asker, new Command.ReleasePermits(permits, fence, owed), FOR_EVER, reply -> new Semaphore.Released(),
                () -> held.forEach(grants::putBack));
    }

    @Override
    void untold(Request asked, Reply reply) {
        if (reply instanceof Reply.Granted granted) {
            quietly(new Command.ReleasePermits(granted.units(), granted.fence(), owed));
        }
    }

    @Override
    void stopped(ActorRef<Semaphore.Reply> asker) {
        if (!owed) {
            return; // What nobody owes does not come back.
        }
        grants.takeAll(asker).forEach(held -> quietly(new Command.ReleasePermits(held.units(), held.fence(), owed)));
    }

    @Override
    Semaphore.Reply timedOut(String message) {
        return new Semaphore.TimedOut(message);
    }

    @Override
    Semaphore.Reply refused(String code, String message) {
        return new Semaphore.Refused(code, message);
    }
}
