package procession.pool;

/** How a job ended, as far as is decided here. */
enum Verdict {
    /** Its worker answered. */
    DONE,
    /** Its worker is gone. */
    LOST,
    /** Somebody wanted it no longer. */
    CANCELLED,
    /** There is no worker, and there will be none. */
    BROKEN
}
