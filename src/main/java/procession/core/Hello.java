package procession.core;

/**
 * What a process says of itself when it comes.
 *
 * @param parent number of its parent's owner; 0 for the main process
 * @param child its number among its parent's children; 0 for the main process
 * @param name its name
 * @param pid the operating system's number for it
 * @param startToken tells it from another process that gets the same pid later
 */
public record Hello(long parent, long child, String name, long pid, String startToken) {

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
