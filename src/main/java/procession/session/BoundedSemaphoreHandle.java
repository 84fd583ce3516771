package procession.session;

import procession.BoundedSemaphore;
import procession.core.Carried;

/** A bounded semaphore, from here. */
final class BoundedSemaphoreHandle extends SemaphoreHandle implements BoundedSemaphore {

    BoundedSemaphoreHandle(Handles home, Carried carried) {
        super(home, carried);
    }
}
