package procession.core.simulation;

/**
 * What must be true, whatever is lost and whoever dies, stops or wakes. Each law has been seen to be broken by a bug that was put there on
 * purpose: see {@code TeethTest}.
 */
enum Law {
    // Processes and calls.
    ANSWERED_ONCE("Every call is answered once, and nobody is answered who did not ask"),
    WHAT_IS_HELD_IS_THERE("Whoever has a handle on something finds it"),
    ADMITTED_ONCE("A process is admitted once, and not told that it is gone while it lives"),
    DEATH_SETTLES("When its end is told as settled, nothing is held by a process and it waits for nothing"),
    REPORT_ARRIVES("What a process reports about its end reaches its parent"),
    QUIET_IS_DONE("What is asked quietly, by one that may ask it, is done"),
    NO_WAIT_WITHOUT_REASON("At rest, whoever waits has a reason"),
    LOOK_IS_TRUE("Who is seen to wait is who waits, and who is seen to hold is who holds"),
    COPIES_AGREE("At rest, the keeper counts as many copies of a handle as a process has"),
    COMES_TO_REST("When nothing happens any more, everybody comes to rest, and ends"),
    NOTHING_IS_LEFT("When everyone has let go of everything, nothing is left"),

    // Locks.
    ONE_HOLDER("At most one holds a lock"),
    FENCES_RISE("Fences rise with every grant"),
    DEATH_IS_TOLD("Who gets a lock after the death of its holder is told of that one, and nobody else is"),
    LOCK_IS_HELD_AS_KNOWN("At rest, a lock is held by whom its users know, as deep as they know"),
    HOLDER_MAY("Whoever holds a lock may release it, wait for its conditions and signal them"),
    SIGNAL_WAKES("A signal wakes as many as it says, if so many wait"),
    DEADLOCKS_ARE_FOUND("A cycle of waits is found, and nothing else is"),

    // Semaphores.
    PERMITS_BOUNDED("No more permits are with the living than there are"),
    PERMITS_CONSERVED("value + owed is conserved, and owed is what users hold"),
    SIGNALS_COUNTED("A semaphore has as many permits as were signalled and not taken"),
    BOUND_KEPT("A bounded semaphore stays within its bound"),

    // Events.
    SET_WAKES_ALL("A set wakes all who wait"),
    LEVEL_KEPT("An event is as it was set last"),

    // Queues and pipes.
    PUT_BEFORE_GOT("What is got was put, there, and its put did not fail"),
    GIVEN_TO_ONE("Nothing is given to two of the living, or again when it is done"),
    NOT_LOST("What was put is there, or was got"),
    IN_ORDER("Items of one producer are given out in their order, but for those that came back"),
    REDELIVERY_MARKED("An item tells how often it came back unfinished, and becomes a dead letter when that is too often"),
    LETTERS_ARE_KEPT("A dead letter is there to be read until it is removed"),
    JOIN_WAITS("Who joins a queue waits until everything put before is done"),
    END_AFTER_ALL("The end of a stream comes after everything sent, when nobody holds the sending end, and nothing comes after it"),
    BROKEN_WHEN_GONE("A pipe is broken only when nobody holds its other end"),
    READY_IS_TOLD("Who waits to see something in a queue is told as soon as it is there, or as the end is"),
    READY_IS_THERE("Who is told that there is something to get could get it then"),
    NOTHING_PUT_AFTER_SHUTDOWN("A queue that is shut down takes nothing more, and is shut down only when it was to be"),

    // Barriers.
    ALL_OR_NONE("A barrier lets all parties of a round go, or none"),
    NOBODY_WAITS_FOR_THE_DEAD("The death of one who waits at a barrier breaks it"),

    // Latches.
    LATCH_OPENS_AT_ZERO("Who waits for a latch goes on when its count is zero, and not before"),

    // Read-write locks.
    READERS_OR_ONE_WRITER("Many read, or one writes"),
    FIRST_COME_FIRST_SERVED("The first in line is served before all others, and as soon as those who hold the lock let it in"),

    // Counters, cells and maps.
    NO_UPDATE_LOST("A value is what its changes have made it"),
    CHANGED_AS_EXPECTED("What is changed if it is as seen is as it was seen"),
    VERSIONS_RISE_BY_ONE("Every change has the version after that of the one before"),
    TOLD_AS_CHANGED("Whoever changes something is told so, and nobody else is"),
    READ_AS_WRITTEN("What is read was written, under that version"),
    READ_AT_ONE_MOMENT("A map that is read as a whole is as it was at one moment");

    /** Of each thread, as tests of bugs run side by side. */
    private static final ThreadLocal<Boolean> TOLERANT = ThreadLocal.withInitial(() -> false);

    private final String sentence;

    Law(String sentence) {
        this.sentence = sentence;
    }

    /** Lets runs go on in which laws are broken, to see what else finds that; but not for ever. */
    static void tolerate(boolean whether) {
        TOLERANT.set(whether);
    }

    /** Fails if it is broken. */
    void holds(boolean kept, String how, Object... arguments) {
        if (!kept && (!TOLERANT.get() || this == COMES_TO_REST)) {
            throw new Broken(this, how.formatted(arguments));
        }
    }

    /** A law has been broken. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1;

        final Law law;

        Broken(Law law, String how) {
            super(law + " (" + law.sentence + ") is broken: " + how);
            this.law = law;
        }
    }
}
