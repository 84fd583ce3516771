package procession.core;

/**
 * A process is gone for good.
 *
 * @param owner which
 * @param process its name
 * @param outcome how it ended, in words
 * @param orderly whether it ended as it should: by itself and without an error
 */
public record Obituary(Owner owner, String process, String outcome, boolean orderly) {}
