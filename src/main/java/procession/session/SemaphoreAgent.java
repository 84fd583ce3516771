package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import procession.Semaphore;
import procession.core.Command;
import procession.core.Reply;

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

    /** The asker's grants pay first, each by its name; what is left is a signal, like any release by one who owes nothing. */
    private void release(ActorRef<Semaphore.Reply> asker, int permits) {
        var last = new Command.ReleasePermits(permits, 0, owed);
        for (var held : grants.take(asker, permits)) {
            if (held.units() == last.permits()) {
                last = new Command.ReleasePermits(held.units(), held.fence(), owed);
            } else {
                quietly(new Command.ReleasePermits(held.units(), held.fence(), owed));
                last = new Command.ReleasePermits(last.permits() - held.units(), 0, owed);
            }
        }
        operate(asker, last, FOR_EVER, reply -> new Semaphore.Released());
    }

    @Override
    void untold(Reply reply) {
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
