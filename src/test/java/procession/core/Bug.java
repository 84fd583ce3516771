package procession.core;

/**
 * Bugs that are put there on purpose, one at a time, to see that the simulation finds them: in the machines ({@link BuggyMachine}), in what
 * crosses between sessions and keeper, in the sessions, and in what is taken for a death.
 */
public enum Bug {
    // Of sessions, links, and the keeper's surroundings.
    LINK_FORGETS("an element that did not arrive is taken for arrived"),
    LINK_REPEATS("an element that arrives again is taken for a new one"),
    LATE_GRANT_KEPT("a grant or an item that comes too late for its asker does not go back"),
    HANDLE_LEAKED("a handle that is let go of stays counted"),
    HANDLE_DROPPED_TWICE("a handle that is let go of is counted off twice"),
    HELLO_TURNED_AWAY("a process that says hello again is told that it is gone"),
    EXIT_WITHOUT_FLUSH("a process ends before the keeper has what it sent"),
    DEATH_BELIEVED_ON_SUSPICION("a process that stands still is taken for dead"),

    // Of any machine.
    EXPIRY_UNANSWERED("a time-out is not told"),
    WAITER_KEPT_ON_DEPARTURE("a dead process stays in line"),
    PAYLOAD_LEAKED("what became of handles in payloads is not told"),

    // Of locks.
    FENCE_NOT_RAISED("a grant has the fence of the one before"),
    DEATH_UNTOLD("the next holder is not told of a death"),
    GRANT_FORGOTTEN("a lock that is released does not pass on"),
    RELEASE_REFUSED("a release by the holder is refused"),
    RELEASE_BY_ANYONE("a stale release releases the hold of another"),
    SIGNAL_LOST("a signal wakes one less than it should"),
    LOAN_KEPT("a process grants itself a lock that it has given back"),
    LOAN_NOT_CALLED_IN("a lock that is lent is never called in"),
    LOAN_OUTLIVES_DEATH("the death of a borrower does not end its loan"),
    LOAN_UNFENCED("a borrower grants under fences that are not set aside for it"),
    DEADLOCK_OVERLOOKED("who holds what is not known when cycles are looked for"),

    // Of semaphores.
    PERMIT_LEAKED("what the dead owed does not come back"),
    PERMIT_FORGED("what the dead owed comes back twice"),
    SIGNAL_COUNTED_TWICE("a release adds a permit too many"),
    BOUND_IGNORED("a bounded semaphore has no bound"),

    // Of events.
    SET_FORGETS_ONE("a set leaves the last waiter waiting"),
    CLEAR_IGNORED("a cleared event stays set"),

    // Of queues and pipes.
    REQUEUE_FORGOTTEN("what the dead had not finished is dropped"),
    REQUEUED_TWICE("what the dead had not finished comes back twice"),
    CONFIRMED_EARLY("an item counts as received when it is sent"),
    ORDER_BROKEN("the second item is handed out before the first"),
    LATE_PUT_KEPT("a put whose time is over is told so, and put all the same"),
    REDELIVERY_UNMARKED("an item that comes back looks like a new one"),
    LETTER_FORGOTTEN("an item that came back too often is dropped"),
    JOIN_TOO_EARLY("who joins waits only until nothing is in line"),
    END_TOO_EARLY("the end of a stream does not wait for what is under way"),
    BROKEN_TOO_EARLY("a pipe is called broken while somebody holds its other end"),
    SHUT_BUT_OPEN("a queue that is shut down takes items"),
    CONSUMED_UNHEARD("what a window says that it got counts as not got"),
    BATCH_CUT("the last item of a batch is dropped"),
    BATCH_REVERSED("the items of a batch are sent in reverse"),

    // Of who waits on many.
    POLLER_TOLD_OF_ANOTHERS("who waits to see an item is told of one that somebody in line gets"),
    POLLER_NOT_TOLD_OF_END("who waits to see an item is not told of the end"),
    POLLER_NOT_TOLD_OF_RETURN("who waits to see an item is not told of one that comes back from the dead"),
    SECOND_POLLER_FORGOTTEN("of those who wait to see an item only the first is told"),

    // Of barriers.
    BARRIER_TOO_EARLY("one party is not waited for"),
    BARRIER_IGNORES_DEATH("a party that died is not missed"),

    // Of latches.
    LATCH_TOO_EARLY("one that is missing is not waited for"),
    LATCH_FORGETS_ONE("when the count is zero, the last waiter waits on"),

    // Of read-write locks.
    READER_OVERTAKES("a reader overtakes a writer that waits"),
    WRITER_BESIDE_READERS("a writer is let in beside readers"),
    SHARE_KEPT("what a dead reader holds does not come back"),
    DEATH_TOLD_ONCE("of the readers after a writer that died only the first is told"),

    // Of counters, cells and maps.
    ADDED_TWICE("what is added to a counter is added twice"),
    COUNTER_SET_BLINDLY("a counter is set whatever was expected"),
    COUNTER_WAKES_NOBODY("a counter that has become high enough wakes nobody"),
    WRITTEN_BLINDLY("a value is written whatever version was expected"),
    FAILED_WRITE_KEPT("a value that was expected to be another is written, though its writer is told that it was not"),
    FAILURE_TOLD_AS_SUCCESS("who expected another version is told that its value was written"),
    ABSENT_OVERWRITTEN("a value that is put if there is none replaces one"),
    CHANGE_WAKES_NOBODY("nobody is woken by the change of a value"),
    OVERWRITTEN_KEPT("handles in a value that is overwritten are not let go of"),
    READ_AT_TWO_MOMENTS("the second part of a map that is read is of another moment");

    private final String what;

    Bug(String what) {
        this.what = what;
    }

    @Override
    public String toString() {
        return name() + ": " + what;
    }
}
