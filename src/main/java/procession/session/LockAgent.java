package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import procession.Lock;
import procession.Predecessor;
import procession.core.Command;
import procession.core.Refusals;
import procession.core.Reply;

/** A lock as an actor. */
final class LockAgent extends Agent<Lock.Command, Lock.Reply> {

    private final AskersGrants grants = new AskersGrants();

    LockAgent(ActorContext<Object> context, Handle lock) {
        super(context, lock, Lock.Command.class);
    }

    @Override
    ActorRef<Lock.Reply> asker(Lock.Command command) {
        return switch (command) {
            case Lock.Acquire acquire -> acquire.replyTo();
            case Lock.Release release -> release.replyTo();
        };
    }

    @Override
    void begin(Lock.Command command) {
        switch (command) {
            case Lock.Acquire acquire -> operate(acquire.replyTo(), new Command.AcquireLock(), acquire.timeout(),
                    reply -> granted(acquire.replyTo(), (Reply.Granted) reply));
            case Lock.Release release -> release(release);
        }
    }

    private Lock.Reply granted(ActorRef<Lock.Reply> asker, Reply.Granted granted) {
        grants.add(asker, granted.fence(), granted.units());
        return new Lock.Granted(granted.fence(), granted.abandoned().map(who -> new Predecessor(who.process(), who.outcome())));
    }

    private void release(Lock.Release release) {
        if (grants.remove(release.fence())) {
            operate(release.replyTo(), new Command.ReleaseLock(release.fence()), FOR_EVER, reply -> new Lock.Released());
        } else {
            refuse(release.replyTo(), Refusals.NOT_HELD, Handle.capitalized(handle.label()) + " is not held under fence "
                    + release.fence() + " by an actor of this process; nothing was released.");
        }
    }

    @Override
    void untold(Reply reply) {
        if (reply instanceof Reply.Granted granted) {
            quietly(new Command.ReturnLock(granted.fence()));
        }
    }

    @Override
    void stopped(ActorRef<Lock.Reply> asker) {
        grants.takeAll(asker).forEach(held -> quietly(new Command.ReleaseLock(held.fence())));
    }

    @Override
    Lock.Reply timedOut(String message) {
        return new Lock.TimedOut(message);
    }

    @Override
    Lock.Reply refused(String code, String message) {
        return new Lock.Refused(code, message);
    }
}
