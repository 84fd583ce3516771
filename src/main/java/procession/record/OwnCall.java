package procession.record;

import procession.core.PrimitiveId;

/** What a process does with a lock that is lent to it, by its own word: the keeper hears of it later, or never. */
public sealed interface OwnCall {

    /**
     * When.
     *
     * @return the time by the monotonic clock of the record
     */
    long nanos();

    /**
     * Number of the process.
     *
     * @return the number
     */
    long owner();

    /**
     * Which lock.
     *
     * @return the lock
     */
    PrimitiveId lock();

    /**
     * The fence of the hold.
     *
     * @return the fence
     */
    long fence();

    /**
     * It has granted the lock to itself: a new hold, or with the fence of the last one a level more of it.
     *
     * @param nanos when
     * @param owner number of the process
     * @param strand which of its threads
     * @param lock which lock
     * @param fence the fence of the hold
     */
    record Granted(long nanos, long owner, long strand, PrimitiveId lock, long fence) implements OwnCall {}

    /**
     * It gives back a level of a hold, or all of it, and keeps the loan.
     *
     * @param nanos when
     * @param owner number of the process
     * @param lock which lock
     * @param fence the fence of the hold
     * @param whole whether all of it
     */
    record Released(long nanos, long owner, PrimitiveId lock, long fence, boolean whole) implements OwnCall {}
}
