package procession.core;

/**
 * What a process says of itself when it comes.
 *
 * @param parent number of its parent's owner; 0 for one that has none: the main process, and those that join from outside
 * @param child its number among its parent's children; 0 for the main process; for one that joins, a number of its own that nobody else
 *     has, and it itself only once
 * @param name its name
 * @param pid the operating system's number for it
 * @param startToken tells it from another process that gets the same pid later
 */
public record Hello(long parent, long child, String name, long pid, String startToken) {

    /**
     * Whether this is the main process.
     *
     * @return whether it is
     */
    public boolean isMain() {
        return parent == 0 && child == 0;
    }

    /**
     * Whether it joins from outside: nobody of the run has started it.
     *
     * @return whether it does
     */
    public boolean isJoining() {
        return parent == 0 && child != 0;
    }

    /** What a hello comes to. */
    public enum Verdict {
        /** It takes part. */
        WELCOME,
        /** Its parent has not announced it yet: ask again. */
        UNKNOWN,
        /** It, or its parent, is gone: nothing of it is accepted. */
        GONE
    }
}
