package procession.it.ending;

import procession.Event;
import procession.Outcome;
import procession.Process;
import procession.Procession;

/** How a process may end. */
enum Ending {

    RETURN(Outcome.Returned.class),
    EXCEPTION(Outcome.Failed.class) {
        @Override
        void come() {
            throw new IllegalStateException("as it was told");
        }
    },
    EXIT(Outcome.Exited.class) {
        @Override
        void come() {
            Procession.exit(3);
        }
    },
    SIGTERM(Outcome.Killed.class) {
        @Override
        void bringTo(Process process, Event told) {
            process.terminate();
        }
    },
    SIGKILL(Outcome.Killed.class) {
        @Override
        void bringTo(Process process, Event told) {
            process.kill();
        }
    };

    private final Class<? extends Outcome> outcome;

    Ending(Class<? extends Outcome> outcome) {
        this.outcome = outcome;
    }

    /** What whoever joins the process is told. */
    Class<? extends Outcome> outcome() {
        return outcome;
    }

    /** Ends a process that is in {@link #await}. */
    void bringTo(Process process, Event told) throws InterruptedException {
        told.set();
    }

    /** In the process: goes on until it is to end, and ends as it should, which is to return unless it says otherwise. */
    final void await(Event told) throws InterruptedException {
        told.await();
        come();
    }

    /** In the process: ends it; that is to say, returns. */
    void come() {}
}
