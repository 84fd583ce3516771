package procession.core;

import java.util.Optional;

/** What a request is answered with. */
public sealed interface Reply {

    /**
     * A lock or permits are held by the asker.
     *
     * @param fence the grant's fencing number
     * @param units how many permits; 1 for a lock
     * @param abandoned who died holding it before
     */
    record Granted(long fence, int units, Optional<Obituary> abandoned) implements Reply {}

    /**
     * The lock is held again by who waited for one of its conditions.
     *
     * @param fence the new hold's fencing number
     * @param depth how often it is held over
     * @param abandoned who died holding it meanwhile
     * @param signalled whether a signal woke the asker; otherwise its time was over
     */
    record Resumed(long fence, int depth, Optional<Obituary> abandoned, boolean signalled) implements Reply {}

    /** It has been done. */
    record Done() implements Reply {}

    /**
     * An item, in flight until its receipt is acknowledged.
     *
     * @param payload the item
     */
    record Item(Payload payload) implements Reply {}

    /** There is something to receive, or the end of the stream. */
    record Ready() implements Reply {}

    /** Everything sent has been received, and nobody is left who could send more. */
    record EndOfStream() implements Reply {}

    /**
     * It took too long, or was withdrawn.
     *
     * @param situation who holds and who waits, in words; filled in by the keeper
     */
    record TimedOut(String situation) implements Reply {}

    /**
     * It was not done, and nothing has changed.
     *
     * @param code why, for programs
     * @param message why, for people
     */
    record Refused(String code, String message) implements Reply {}

    /**
     * A primitive found or made by its name.
     *
     * @param primitive which
     * @param spec what it is
     */
    record Opened(PrimitiveId primitive, Spec spec) implements Reply {}

    /**
     * A primitive looked into.
     *
     * @param view what was seen
     */
    record Viewed(View view) implements Reply {}

    /**
     * A process's end is settled.
     *
     * @param report what the process reported about its end before; {@link Payload#NONE} if nothing
     */
    record Settled(Payload report) implements Reply {}
}
