package procession.core;

/**
 * What the keeper lends to one step of a machine.
 *
 * @param nextFence the next fencing number that is free; a step that grants k times uses k of them, in the order of its answers
 * @param room how many bytes of payload the keeper can still take in
 * @param now the time in nanoseconds, by the clock that all JVMs of a host share
 * @param who whose time is over, in words, where that is what happens; otherwise empty
 */
public record Allowance(long nextFence, long room, long now, String who) {

    /** For steps of machines that neither grant nor hold payloads, and for tests. */
    public static final Allowance PLENTY = new Allowance(1, Long.MAX_VALUE, 0, "");
}
