package procession;

/**
 * Who had a lock before and ended with it, or had it taken away by hand: what it guards may be half changed. Or who had a dead letter last.
 *
 * <p>In Python: none; a lock whose holder died stays held.
 *
 * @param process name of the process
 * @param outcome how it ended, or lost the lock, in words; of a body that threw, {@code exited with status 1}
 */
public record Predecessor(String process, String outcome) {}
