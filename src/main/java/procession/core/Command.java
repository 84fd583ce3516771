package procession.core;

import java.util.List;
import java.util.Optional;

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

    /** Asked of a barrier. */
    sealed interface ForBarrier extends Command {}

    /** Asked of a latch. */
    sealed interface ForLatch extends Command {}

    /** Asked of a read-write lock. */
    sealed interface ForReadWriteLock extends Command {}

    /** Asked of a counter. */
    sealed interface ForCounter extends Command {}

    /** Asked of a map. */
    sealed interface ForMap extends Command {}

    /** Asked of a cell, which is a map with one key: {@link Payload#NONE}. */
    sealed interface ForCell extends ForMap {}

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
     * Gives the lock up at whatever depth, and keeps the loan of it: the asker may grant it to itself until it is called in.
     *
     * @param fence names the grant
     */
    record KeepLock(long fence) implements ForLock {}

    /**
     * Says that a lock that is lent to the asker is held there, by the ticket's thread.
     *
     * @param fence names the grant, which is one of the loan's or the one with which the loan began
     * @param depth how often it is held over
     * @param since since when, in nanoseconds by the clock that all JVMs of a host share
     * @param kept whether the loan goes on; otherwise this is a hold like any other from now on
     */
    record ClaimLock(long fence, int depth, long since, boolean kept) implements ForLock {}

    /**
     * Gives a loan back: the lock is not held there.
     *
     * @param fence the last grant that the asker made or was given
     */
    record ReturnLoan(long fence) implements ForLock {}

    /**
     * Gives the lock up at whatever depth, waits for a signal, and gets the lock back.
     *
     * @param condition the condition's key, among those of its lock
     * @param fence names the hold
     * @param depth how often the asker holds it over, as far as it knows; it gets back no more than that
     */
    record AwaitCondition(String condition, long fence, int depth) implements ForLock {}

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
     * @param owed whether they are owed: given back when the asker ends
     */
    record AcquirePermits(int permits, boolean owed) implements ForSemaphore {}

    /**
     * Releases permits.
     *
     * @param permits how many
     * @param fence names the grant that is paid back first; 0 for the asker's oldest
     * @param owed whether they pay back what is owed; otherwise they are only added
     */
    record ReleasePermits(int permits, long fence, boolean owed) implements ForSemaphore {}

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

    /**
     * Says that an item is done.
     *
     * @param request number of the asker's request that was answered with it; 0 for the oldest unfinished one of its thread or, if there
     *     is none, of its process
     */
    record TaskDone(long request) implements ForQueue {}

    /** Waits until nothing is unfinished. */
    record JoinQueue() implements ForQueue {}

    /** Takes no more items; those that are there can be got, then every getter is told of the end. */
    record ShutDown() implements ForQueue {}

    /**
     * Shuts the queue down when the last of these processes has ended, and of those named before.
     *
     * @param children numbers of children of the asker; 0 for the asker itself
     * @param producers who they are; filled in by the keeper
     */
    record CloseWhenGone(List<Long> children, List<Owner> producers) implements ForQueue {
        /** Copies the lists. */
        public CloseWhenGone {
            children = List.copyOf(children);
            producers = List.copyOf(producers);
        }
    }

    /**
     * Reads a dead letter, which stays where it is; answered by {@link Reply.DeadLetter} or, when there is none, {@link Reply.Done}.
     *
     * @param from the first one of this number or a higher one
     */
    record ReadDeadLetter(long from) implements ForQueue {}

    /**
     * Throws a dead letter away.
     *
     * @param number its number
     */
    record RemoveDeadLetter(long number) implements ForQueue {}

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
     * Puts several items, one after the other, as there is room for them. They are in the queue's hands from now on: what waits for room
     * stays in line when the asker ends.
     *
     * @param payloads the items
     */
    record PutAll(List<Payload> payloads) implements ForQueue {
        /** Copies the list. */
        public PutAll {
            payloads = List.copyOf(payloads);
        }
    }

    /**
     * Takes as many items as are there, at least one; answered by {@link Reply.Items}. They are out with the asker, but may still come back
     * until it says with {@link Consumed} that it got them.
     *
     * @param most how many at most
     */
    record GetSome(int most) implements ForQueue {}

    /**
     * Sends several messages, one after the other, as there is room for them. They are in the pipe's hands from now on, as with
     * {@link PutAll}.
     *
     * @param end the end they are sent from
     * @param payloads the messages
     */
    record SendAll(int end, List<Payload> payloads) implements ForPipe {
        /** Copies the list. */
        public SendAll {
            payloads = List.copyOf(payloads);
        }
    }

    /**
     * Receives as many messages as are there, at least one, as with {@link GetSome}.
     *
     * @param end the end that receives
     * @param most how many at most
     */
    record ReceiveSome(int end, int most) implements ForPipe {}

    /**
     * Says that the first items of several were got, and do not come back any more.
     *
     * @param request number of the request that was answered with them
     * @param count how many, those of earlier calls included
     */
    record Consumed(long request, int count) implements ForQueue, ForPipe {}

    /**
     * Returns what its asker can no longer take to its place: an item, unless its receipt has been confirmed, or what is left of several
     * behind those that were consumed.
     *
     * @param request number of the request that was answered with it
     */
    record GiveBack(long request) implements ForQueue, ForPipe {}

    /** Waits until there is an item that nobody in line gets, or the end. */
    record PollQueue() implements ForQueue {}

    /**
     * Waits until all parties do.
     *
     * @param action whether the asker has something to do before anyone leaves, should it be the last to come
     */
    record AwaitBarrier(boolean action) implements ForBarrier {}

    /**
     * Says that what the last to come had to do is done, or has failed.
     *
     * @param request number of the asker's request that was answered by {@link Reply.Act}
     * @param error what went wrong; empty if nothing did
     */
    record ActionEnded(long request, Optional<String> error) implements ForBarrier {}

    /**
     * Breaks the barrier for everyone who waits and everyone who comes.
     *
     * @param by who asks, in words; filled in by the keeper
     */
    record AbortBarrier(String by) implements ForBarrier {}

    /**
     * Makes the barrier as it was at first; whoever waits finds it broken.
     *
     * @param by who asks, in words; filled in by the keeper
     */
    record ResetBarrier(String by) implements ForBarrier {}

    /**
     * Counts a latch down, to zero at most.
     *
     * @param by how many
     */
    record CountDown(int by) implements ForLatch {}

    /** Waits until a latch has been counted down to zero. */
    record AwaitLatch() implements ForLatch {}

    /** Asks for a read-write lock. */
    sealed interface AcquireReadWrite extends ForReadWriteLock {

        /**
         * What is asked for.
         *
         * @param writes whether to write; otherwise to read
         * @return the command
         */
        static AcquireReadWrite to(boolean writes) {
            return writes ? new AcquireWrite() : new AcquireRead();
        }

        /**
         * Whether it is to write, and so alone.
         *
         * @return whether it is
         */
        default boolean writes() {
            return this instanceof AcquireWrite;
        }
    }

    /** Asks for a read-write lock to read, beside others that read. */
    record AcquireRead() implements AcquireReadWrite {}

    /** Asks for a read-write lock to write, alone. */
    record AcquireWrite() implements AcquireReadWrite {}

    /**
     * Gives a grant of a read-write lock back.
     *
     * @param fence names the grant
     */
    record ReleaseReadWrite(long fence) implements ForReadWriteLock {}

    /**
     * Gives a grant of a read-write lock back unused, as with {@link ReturnLock}.
     *
     * @param fence names the grant
     */
    record ReturnReadWrite(long fence) implements ForReadWriteLock {}

    /**
     * Whether who asks this waits for those who hold the primitive, so that its wait may close a cycle.
     *
     * @return whether it does
     */
    default boolean waitsForHolders() {
        return this instanceof AcquireLock || this instanceof AcquireReadWrite;
    }

    /**
     * Adds to a counter; answered by {@link Reply.Counted} with the sum.
     *
     * @param delta how much
     */
    record AddToCounter(long delta) implements ForCounter {}

    /**
     * Sets a counter; answered by {@link Reply.Counted} with what it was.
     *
     * @param value the new value
     * @param expected what it must be, or nothing is set; empty for anything
     */
    record SetCounter(long value, Optional<Long> expected) implements ForCounter {}

    /**
     * Waits until a counter is so high; answered by {@link Reply.Counted}.
     *
     * @param atLeast the least value
     */
    record AwaitCounter(long atLeast) implements ForCounter {}

    /**
     * Reads the value of a key; answered by {@link Reply.Value}.
     *
     * @param key the key; it carries no handles
     */
    record ReadValue(Payload key) implements ForCell {}

    /**
     * Sets the value of a key, or takes the key out. Answered by {@link Reply.Stored}; or, if it has another version than expected, by
     * {@link Reply.Value} with what there is, and nothing is changed.
     *
     * @param key the key; it carries no handles
     * @param value the value; {@link Payload#NONE} to take the key out
     * @param expected the version that the key must have, 0 for a key that has no value; {@link #ANY} for whatever there is
     * @param wantsOld whether success is answered by {@link Reply.Value}, too, with what there was
     */
    record WriteValue(Payload key, Payload value, long expected, boolean wantsOld) implements ForCell {

        /** Whatever version there is. */
        public static final long ANY = -1;
    }

    /**
     * Waits until a key has another version; answered by {@link Reply.Value}.
     *
     * @param key the key; it carries no handles
     * @param version the version that was seen; 0 for a key that has no value
     */
    record AwaitValue(Payload key, long version) implements ForCell {}

    /** Takes all keys out; answered by {@link Reply.Stored}. */
    record ClearMap() implements ForMap {}

    /** Reads all keys and values, as they are at one moment; answered by {@link Reply.Entries} with the first of them. */
    record ReadMap() implements ForMap {}

    /**
     * Reads more of what was there when it was asked first; answered by {@link Reply.Entries}.
     *
     * @param request number of the asker's {@link ReadMap}
     */
    record ReadMore(long request) implements ForMap {}

    /**
     * Waits until anything in a map or a cell has been changed; answered by {@link Reply.Stored} with the last change.
     *
     * @param version the version of the map that was seen
     */
    record AwaitMap(long version) implements ForCell {}

    /**
     * The values it brings along.
     *
     * @return the payloads
     */
    default List<Payload> payloads() {
        return switch (this) {
            case Put put -> List.of(put.payload());
            case Send send -> List.of(send.payload());
            case PutAll put -> put.payloads();
            case SendAll send -> send.payloads();
            case WriteValue write -> List.of(write.value());
            default -> List.of();
        };
    }

    /**
     * What it refers to, as a number.
     *
     * @return the fence of a grant, the number of a request, a version, or what is added to a counter or set; 0 if it refers to none
     */
    default long about() {
        return switch (this) {
            case ReleaseLock release -> release.fence();
            case ReturnLock unused -> unused.fence();
            case KeepLock kept -> kept.fence();
            case ClaimLock claim -> claim.fence();
            case ReturnLoan loan -> loan.fence();
            case AwaitCondition await -> await.fence();
            case Signal signal -> signal.fence();
            case ReleasePermits release -> release.fence();
            case TaskDone done -> done.request();
            case GiveBack back -> back.request();
            case Consumed consumed -> consumed.request();
            case ActionEnded ended -> ended.request();
            case ReleaseReadWrite release -> release.fence();
            case ReturnReadWrite unused -> unused.fence();
            case AddToCounter add -> add.delta();
            case SetCounter set -> set.value();
            case AwaitCounter await -> await.atLeast();
            case WriteValue write -> write.expected();
            case AwaitValue await -> await.version();
            case AwaitMap await -> await.version();
            case ReadMore more -> more.request();
            default -> 0;
        };
    }

    /**
     * How many it asks for, gives back or wakes.
     *
     * @return the number of permits, waiters, items or counts; 0 where there is nothing to count
     */
    default int amount() {
        return switch (this) {
            case AcquirePermits acquire -> acquire.permits();
            case ReleasePermits release -> release.permits();
            case Signal signal -> Math.max(0, signal.waiters());
            case PutAll put -> put.payloads().size();
            case SendAll send -> send.payloads().size();
            case GetSome get -> get.most();
            case ReceiveSome receive -> receive.most();
            case Consumed consumed -> consumed.count();
            case CountDown down -> down.by();
            default -> 0;
        };
    }

    /**
     * How it is meant, where its kind does not say so. The items of a pipe are numbered for each direction: {@code to 1} leads to its
     * first end.
     *
     * @return the direction in a pipe, the key of a condition, {@link Carried#UNOWNED} for permits that nobody owes, {@code read} or
     *     {@code write} for a read-write lock; else empty
     */
    default String manner() {
        return switch (this) {
            case Send send -> "to " + (3 - send.end());
            case Receive receive -> "to " + receive.end();
            case SendAll send -> "to " + (3 - send.end());
            case ReceiveSome receive -> "to " + receive.end();
            case Poll poll -> "to " + poll.end();
            case AwaitCondition await -> await.condition();
            case Signal signal -> signal.condition();
            case AcquirePermits acquire when !acquire.owed() -> Carried.UNOWNED;
            case ReleasePermits release when !release.owed() -> Carried.UNOWNED;
            case AcquireReadWrite acquire -> acquire.writes() ? "write" : "read";
            default -> "";
        };
    }
}
