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
            return "a " + kind();
        }
    }

    /**
     * A semaphore.
     *
     * @param permits its initial count, 0 or more
     * @param bounded whether it never has more than that
     */
    record Semaphore(int permits, boolean bounded) implements Spec {
        @Override
        public String toString() {
            return "a " + kind() + " of " + permits;
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
     * @param ability what else it can do
     */
    record Queue(int maxSize, QueueKind ability) implements Spec {

        /**
         * Whether items count until they are done.
         *
         * @return whether they do
         */
        public boolean joinable() {
            return ability == QueueKind.JOINABLE;
        }

        @Override
        public String toString() {
            return "a " + kind() + (maxSize == 0 ? ability == QueueKind.SIMPLE ? "" : " without a bound" : " for " + maxSize + " items");
        }
    }

    /** What queues can do. */
    enum QueueKind {
        /** Put and get. */
        SIMPLE,
        /** The same, and be counted and bounded. */
        PLAIN,
        /** The same, and count what is unfinished. */
        JOINABLE
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
     * A barrier.
     *
     * @param parties how many wait for each other, 1 or more
     * @param timeout how long a wait lasts that names no time itself, in nanoseconds; {@link Sent#FOR_EVER} without a limit
     */
    record Barrier(int parties, long timeout) implements Spec {
        @Override
        public String toString() {
            return "a barrier of " + parties + (timeout == Sent.FOR_EVER ? "" : " with a time-out");
        }
    }

    /**
     * A latch.
     *
     * @param count from what it counts down, 0 or more
     */
    record Latch(int count) implements Spec {
        @Override
        public String toString() {
            return "a latch of " + count;
        }
    }

    /** A read-write lock. */
    record ReadWriteLock() implements Spec {
        @Override
        public String toString() {
            return "a read-write lock";
        }
    }

    /**
     * A counter.
     *
     * @param initial what it begins with
     */
    record Counter(long initial) implements Spec {
        @Override
        public String toString() {
            return "a counter from " + initial;
        }
    }

    /** A cell. It has a value from its first change on, which its maker makes before it tells anybody of it. */
    record Cell() implements Spec {
        @Override
        public String toString() {
            return "a cell";
        }
    }

    /** A map. */
    record SharedMap() implements Spec {
        @Override
        public String toString() {
            return "a map";
        }
    }

    /**
     * What it is called.
     *
     * @return a noun
     */
    default String kind() {
        return switch (this) {
            case Lock lock -> lock.reentrant() ? "re-entrant lock" : "lock";
            case Semaphore semaphore -> semaphore.bounded() ? "bounded semaphore" : "semaphore";
            case Event event -> "event";
            case Queue queue -> switch (queue.ability()) {
                case SIMPLE -> "simple queue";
                case PLAIN -> "queue";
                case JOINABLE -> "joinable queue";
            };
            case Pipe pipe -> "pipe";
            case Barrier barrier -> "barrier";
            case Latch latch -> "latch";
            case ReadWriteLock lock -> "read-write lock";
            case Counter counter -> "counter";
            case Cell cell -> "cell";
            case SharedMap map -> "map";
        };
    }

    /**
     * What must be said to make one.
     *
     * @return a noun with its pronoun
     */
    default String needs() {
        return switch (this) {
            case Counter counter -> "its first value";
            case Cell cell -> "its first value";
            default -> "its size";
        };
    }

    /**
     * A machine as it is at first.
     *
     * @param rules what is the same for all machines
     * @return the machine
     */
    default Machine<?, ?> machine(Rules rules) {
        return switch (this) {
            case Lock lock -> LockMachine.of(lock, rules.lends());
            case Semaphore semaphore -> SemaphoreMachine.of(semaphore);
            case Event event -> EventMachine.DOWN;
            case Queue queue -> QueueMachine.of(queue, rules.redeliveries());
            case Pipe pipe -> PipeMachine.of(pipe);
            case Barrier barrier -> BarrierMachine.of(barrier);
            case Latch latch -> LatchMachine.of(latch);
            case ReadWriteLock lock -> ReadWriteLockMachine.FREE;
            case Counter counter -> CounterMachine.of(counter);
            case Cell cell -> MapMachine.EMPTY;
            case SharedMap map -> MapMachine.EMPTY;
        };
    }

    /**
     * Whether another one is of the same kind, whatever its size.
     *
     * @param other the other
     * @return whether it is
     */
    default boolean isLike(Spec other) {
        return switch (this) {
            case Lock lock -> equals(other);
            case Semaphore semaphore -> other instanceof Semaphore that && that.bounded() == semaphore.bounded();
            case Event event -> equals(other);
            case Queue queue -> other instanceof Queue that && that.ability() == queue.ability();
            case Pipe pipe -> other instanceof Pipe that && that.duplex() == pipe.duplex();
            case Barrier barrier -> other instanceof Barrier;
            case Latch latch -> other instanceof Latch;
            case ReadWriteLock lock -> equals(other);
            case Counter counter -> other instanceof Counter;
            case Cell cell -> equals(other);
            case SharedMap map -> equals(other);
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
            case Barrier barrier -> command instanceof Command.ForBarrier;
            case Latch latch -> command instanceof Command.ForLatch;
            case ReadWriteLock lock -> command instanceof Command.ForReadWriteLock;
            case Counter counter -> command instanceof Command.ForCounter;
            case Cell cell -> command instanceof Command.ForCell;
            case SharedMap map -> command instanceof Command.ForMap;
        };
    }
}
