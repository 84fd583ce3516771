package procession.ask;

import java.time.Instant;

/**
 * Which run answers. Nothing here is secret.
 *
 * @param name its name
 * @param pid pid of its main process
 * @param version version of Procession
 * @param start when it began
 */
public record RunFacts(String name, long pid, String version, Instant start) {}
