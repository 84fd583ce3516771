package procession.session;

import akka.actor.typed.ActorRef;
import procession.ReadWriteLock;
import procession.core.Carried;

/** A read-write lock, from here. */
final class ReadWriteLockHandle extends Handle implements ReadWriteLock {

    private final Side read = new LockSide(this, false);
    private final Side write = new LockSide(this, true);

    ReadWriteLockHandle(Handles home, Carried carried) {
        super(home, carried);
    }

    @Override
    public Side readLock() {
        return read;
    }

    @Override
    public Side writeLock() {
        return write;
    }

    @Override
    public ActorRef<Command> ref() {
        return home.agents().readWriteLock(this);
    }
}
