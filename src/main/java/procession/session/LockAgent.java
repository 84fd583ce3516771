package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import procession.Lock;
import procession.core.Command;
import procession.core.Reply;
import procession.core.Request;

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
            case Lock.Await await -> await.replyTo();
            case Lock.Signal signal -> signal.replyTo();
            case Lock.Break breaking -> breaking.replyTo();
        };
    }

    @Override
    void begin(Lock.Command command) {
        switch (command) {
            case Lock.Acquire acquire -> operate(acquire.replyTo(), new Command.AcquireLock(), acquire.timeout(),
                    reply -> granted(acquire.replyTo(), (Reply.Granted) reply));
            case Lock.Release release -> release(release);
            case Lock.Await await -> await(await);
            case Lock.Signal signal -> signal(signal);
            case Lock.Break breaking -> operate(breaking.replyTo(), new Command.BreakLock("", ""), FOR_EVER, reply -> new Lock.Broken());
        }
    }

    private Lock.Reply granted(ActorRef<Lock.Reply> asker, Reply.Granted granted) {
        grants.add(asker, granted.fence(), granted.units());
        return new Lock.Granted(granted.fence(), granted.abandoned().map(Handle::predecessor));
    }

    private void release(Lock.Release release) {
        if (grants.remove(release.fence())) {
            operate(release.replyTo(), new Command.ReleaseLock(release.fence()), FOR_EVER, reply -> new Lock.Released());
        } else {
            refuseNotHeld(release.replyTo(), release.fence(), "nothing was released");
        }
    }

    private void await(Lock.Await await) {
        Handles.checkedName(await.condition());
        if (grants.remove(await.fence())) {
            operate(await.replyTo(), new Command.AwaitCondition(await.condition(), await.fence(), 1), await.timeout(),
                    reply -> resumed(await.replyTo(), (Reply.Resumed) reply));
        } else {
            refuseNotHeld(await.replyTo(), await.fence(), "a condition is waited for by who holds its lock");
        }
    }

    private Lock.Reply resumed(ActorRef<Lock.Reply> asker, Reply.Resumed resumed) {
        grants.add(asker, resumed.fence(), 1);
        return new Lock.Resumed(resumed.fence(), resumed.abandoned().map(Handle::predecessor), resumed.signalled());
    }

    private void signal(Lock.Signal signal) {
        Handles.checkedName(signal.condition());
        if (grants.has(signal.fence())) {
            operate(signal.replyTo(), new Command.Signal(signal.condition(), signal.fence(), signal.waiters()), FOR_EVER,
                    reply -> new Lock.Signalled());
        } else {
            refuseNotHeld(signal.replyTo(), signal.fence(), "a condition is signalled by who holds its lock");
        }
    }

    @Override
    void untold(Request asked, Reply reply) {
        switch (reply) {
            case Reply.Granted granted -> quietly(new Command.ReturnLock(granted.fence()));
            case Reply.Resumed resumed -> {
                if (resumed.signalled() && asked instanceof Request.Operate(var lock, Command.AwaitCondition await)) {
                    quietly(new Command.Signal(await.condition(), resumed.fence(), 1));
                }
                quietly(new Command.ReturnLock(resumed.fence()));
            }
            default -> { } // Nothing else has to go back.
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
