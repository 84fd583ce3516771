package procession.core;

/** Codes of refusals. Open: new ones may come. */
public final class Refusals {

    /** What is to be released is not held. */
    public static final String NOT_HELD = "not-held";

    /** The barrier is broken. */
    public static final String BROKEN_BARRIER = "broken-barrier";

    /** The request would have closed a cycle of waits. */
    public static final String DEADLOCK = "deadlock";

    /** The queue takes no more items. */
    public static final String SHUT_DOWN = "shut-down";

    /** More than a semaphore can count, or may. */
    public static final String TOO_MANY = "too-many";

    /** Nothing unfinished is the asker's. */
    public static final String NOTHING_UNFINISHED = "nothing-unfinished";

    /** The other end of the pipe is gone. */
    public static final String BROKEN_PIPE = "broken-pipe";

    /** That end of the pipe does not do this. */
    public static final String WRONG_WAY = "wrong-way";

    /** That queue, or that kind of primitive, does not do this. */
    public static final String WRONG_KIND = "wrong-kind";

    /** Nothing has that name, or that number any more. */
    public static final String NOT_FOUND = "not-found";

    /** The name belongs to something else. */
    public static final String NAME_TAKEN = "name-taken";

    /** The number would be beyond the range of a counter. */
    public static final String OVERFLOW = "overflow";

    /** There is no room for it. */
    public static final String FULL = "full";

    private Refusals() {}
}
