package procession.core;

/** What a machine can be asked. The ticket, not the command, says who asks. */
public sealed interface Command {

    /** Asked of a lock. */
    sealed interface ForLock extends Command {}

    /** Asked of a semaphore. */
    sealed interface ForSemaphore extends Command {}

    /** Asked of an event. */
    sealed interface ForEvent extends Command {}

    /** Asked of a queue. */
    sealed interface ForQueue extends Command {}

    /** Asked of a pipe. */
    sealed interface ForPipe extends Command {}

    /** Asks for the lock. */
    record AcquireLock() implements ForLock {}

    /**
     * Gives the lock back.
     *
     * @param fence names the grant
     */
    record ReleaseLock(long fence) implements ForLock {}

    /**
     * Gives the lock back unused, as its asker gave up before it was granted. Whoever gets it next is told what this grant would have
     * told: that a holder died.
     *
     * @param fence names the grant
     */
    record ReturnLock(long fence) implements ForLock {}

    /**
     * Gives the lock up at whatever depth, waits for a signal, and gets the lock back.
     *
     * @param condition the condition's key, among those of its lock
     * @param fence names the hold
     */
    record AwaitCondition(String condition, long fence) implements ForLock {}

    /**
     * Wakes those who have waited longest for a condition.
     *
     * @param condition the condition's key
     * @param fence names the asker's hold
     * @param waiters how many at most
     */
    record Signal(String condition, long fence, int waiters) implements ForLock {}

    /**
     * Takes the lock away from whoever holds it.
     *
     * @param holder who holds it, in words; filled in by the keeper
     * @param by who asks, in words; filled in by the keeper
     */
    record BreakLock(String holder, String by) implements ForLock {}

    /**
     * Asks for permits.
     *
     * @param permits how many
     */
    record AcquirePermits(int permits) implements ForSemaphore {}

    /**
     * Releases permits.
     *
     * @param permits how many
     * @param fence names the grant that is paid back first; 0 for the asker's oldest
     */
    record ReleasePermits(int permits, long fence) implements ForSemaphore {}

    /** Sets the event. */
    record SetEvent() implements ForEvent {}

    /** Takes the event down. */
    record ClearEvent() implements ForEvent {}

    /** Waits for the event. */
    record AwaitEvent() implements ForEvent {}

    /**
     * Puts an item.
     *
     * @param payload the item
     */
    record Put(Payload payload) implements ForQueue {}

    /** Takes the first item. */
    record Get() implements ForQueue {}

    /** Says that the asker's oldest unfinished item is done. */
    record TaskDone() implements ForQueue {}

    /** Waits until nothing is unfinished. */
    record JoinQueue() implements ForQueue {}

    /**
     * Sends a message.
     *
     * @param end the end it is sent from
     * @param payload the message
     */
    record Send(int end, Payload payload) implements ForPipe {}

    /**
     * Receives a message.
     *
     * @param end the end that receives
     */
    record Receive(int end) implements ForPipe {}

    /**
     * Waits until there is something to receive.
     *
     * @param end the end that would receive
     */
    record Poll(int end) implements ForPipe {}

    /**
     * Returns an item that its asker can no longer take to its place. It does nothing when the item's receipt has been confirmed.
     *
     * @param request number of the request that was answered with the item
     */
    record GiveBack(long request) implements ForQueue, ForPipe {}
}
