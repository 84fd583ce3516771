package procession.session;

import procession.RLock;
import procession.core.Carried;

/** A re-entrant lock, from here. */
final class RLockHandle extends LockHandle implements RLock {

    RLockHandle(Handles home, Carried carried) {
        super(home, carried);
    }
}
