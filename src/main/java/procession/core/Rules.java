package procession.core;

/**
 * What is the same for every primitive of a run: the settings that the core obeys.
 *
 * @param payloadBudget how many bytes queues, pipes, cells and maps may hold in all; beyond it putters wait, and what is set is refused
 * @param redeliveries how often an item of a joinable queue may return unfinished before it is set aside; 0 or more
 * @param onDeadlock what becomes of a request that closes a cycle of waits
 * @param lends whether a lock that nobody else wants is lent to the process that uses it
 */
public record Rules(long payloadBudget, int redeliveries, OnDeadlock onDeadlock, boolean lends) {

    /** What becomes of a request that closes a cycle of waits. */
    public enum OnDeadlock {
        /** It waits; the cycle is reported. */
        REPORT,
        /** It is refused; the cycle is reported. */
        REFUSE
    }

    /** How often an item returns, unless a setting says otherwise. */
    public static final int REDELIVERIES = 3;

    /**
     * The usual rules.
     *
     * @param payloadBudget how many bytes queues and pipes may hold in all
     * @return the rules
     */
    public static Rules usual(long payloadBudget) {
        return new Rules(payloadBudget, REDELIVERIES, OnDeadlock.REPORT, false);
    }
}
