package procession.view;

/**
 * What run is shown: the first line of every picture.
 *
 * @param run name of the run
 * @param version version of Procession; empty if not known
 * @param start when it began, as an instant in ISO form
 * @param pid pid of the main process; 0 if not known
 */
public record Header(String run, String version, String start, long pid) {}
