package procession.core;

/** What kind of primitive, with the options that are fixed when it is made. Two primitives of one name have equal specs. */
public sealed interface Spec {

    /**
     * A lock.
     *
     * @param reentrant whether the thread that holds it may acquire it again
     */
    record Lock(boolean reentrant) implements Spec {
        @Override
        public String toString() {
            return reentrant ? "a re-entrant lock" : "a lock";
        }
    }

    /**
     * A semaphore.
     *
     * @param permits its initial count, 0 or more
     */
    record Semaphore(int permits) implements Spec {
        @Override
        public String toString() {
            return "a semaphore of " + permits;
        }
    }

    /** An event. */
    record Event() implements Spec {
        @Override
        public String toString() {
            return "an event";
        }
    }

    /**
     * A queue.
     *
     * @param maxSize how many items it takes; 0 for no bound
     * @param joinable whether items count until they are done
     */
    record Queue(int maxSize, boolean joinable) implements Spec {
        @Override
        public String toString() {
            return (joinable ? "a joinable queue" : "a queue") + (maxSize == 0 ? " without a bound" : " for " + maxSize + " items");
        }
    }

    /**
     * A pipe.
     *
     * @param duplex whether both ends send and receive; otherwise end 1 receives and end 2 sends
     * @param buffer how many bytes each direction takes before senders wait; one message is always taken
     */
    record Pipe(boolean duplex, long buffer) implements Spec {
        @Override
        public String toString() {
            return duplex ? "a pipe" : "a one-way pipe";
        }
    }

    /**
     * A machine as it is at first.
     *
     * @param rules what is the same for all machines
     * @return the machine
     */
    default Machine<?, ?> machine(Rules rules) {
        return switch (this) {
            case Lock lock -> LockMachine.of(lock);
            case Semaphore semaphore -> SemaphoreMachine.of(semaphore.permits());
            case Event event -> EventMachine.DOWN;
            case Queue queue -> QueueMachine.of(queue);
            case Pipe pipe -> PipeMachine.of(pipe);
        };
    }

    /**
     * Whether such a primitive can be asked this.
     *
     * @param command what
     * @return whether it can
     */
    default boolean understands(Command command) {
        return switch (this) {
            case Lock lock -> command instanceof Command.ForLock;
            case Semaphore semaphore -> command instanceof Command.ForSemaphore;
            case Event event -> command instanceof Command.ForEvent;
            case Queue queue -> command instanceof Command.ForQueue;
            case Pipe pipe -> command instanceof Command.ForPipe;
        };
    }
}
