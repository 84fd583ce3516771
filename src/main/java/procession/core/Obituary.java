package procession.core;

/**
 * A process is gone for good.
 *
 * @param owner which
 * @param process its name
 * @param outcome how it ended, in words
 */
public record Obituary(Owner owner, String process, String outcome) {}
