package procession.session;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import java.time.Duration;
import java.util.Optional;
import procession.ReadWriteLock;
import procession.core.Command;
import procession.core.Reply;
import procession.core.Request;

/** A read-write lock as an actor. */
final class ReadWriteLockAgent extends Agent<ReadWriteLock.Command, ReadWriteLock.Reply> {

    private final AskersGrants grants = new AskersGrants();

    ReadWriteLockAgent(ActorContext<Object> context, Handle lock) {
        super(context, lock, ReadWriteLock.Command.class);
    }

    @Override
    ActorRef<ReadWriteLock.Reply> asker(ReadWriteLock.Command command) {
        return switch (command) {
            case ReadWriteLock.AcquireRead read -> read.replyTo();
            case ReadWriteLock.AcquireWrite write -> write.replyTo();
            case ReadWriteLock.Release release -> release.replyTo();
        };
    }

    @Override
    void begin(ReadWriteLock.Command command) {
        switch (command) {
            case ReadWriteLock.AcquireRead read -> acquire(read.replyTo(), false, read.timeout());
            case ReadWriteLock.AcquireWrite write -> acquire(write.replyTo(), true, write.timeout());
            case ReadWriteLock.Release release -> release(release);
        }
    }

    private void acquire(ActorRef<ReadWriteLock.Reply> asker, boolean writes, Optional<Duration> timeout) {
        operate(asker, Command.AcquireReadWrite.to(writes), timeout, reply -> granted(asker, (Reply.Granted) reply));
    }

    private ReadWriteLock.Reply granted(ActorRef<ReadWriteLock.Reply> asker, Reply.Granted granted) {
        grants.add(asker, granted.fence(), granted.units());
        return new ReadWriteLock.Granted(granted.fence(), granted.abandoned().map(Handle::predecessor));
    }

    private void release(ReadWriteLock.Release release) {
        if (grants.remove(release.fence())) {
            operate(release.replyTo(), new Command.ReleaseReadWrite(release.fence()), FOR_EVER, reply -> new ReadWriteLock.Released());
        } else {
            refuseNotHeld(release.replyTo(), release.fence(), "nothing was released");
        }
    }

    @Override
    void untold(Request asked, Reply reply) {
        if (reply instanceof Reply.Granted granted) {
            quietly(new Command.ReturnReadWrite(granted.fence()));
        }
    }

    @Override
    void stopped(ActorRef<ReadWriteLock.Reply> asker) {
        grants.takeAll(asker).forEach(held -> quietly(new Command.ReleaseReadWrite(held.fence())));
    }

    @Override
    ReadWriteLock.Reply timedOut(String message) {
        return new ReadWriteLock.TimedOut(message);
    }

    @Override
    ReadWriteLock.Reply refused(String code, String message) {
        return new ReadWriteLock.Refused(code, message);
    }
}
