package procession;

/**
 * Who held a lock before and died with it: what it guards may be half changed.
 *
 * @param process name of the process
 * @param outcome how it ended, in words
 */
public record Predecessor(String process, String outcome) {}
