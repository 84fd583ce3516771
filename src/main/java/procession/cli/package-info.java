/**
 * The command: {@code bin/procession}, and the options of scenarios. Nothing here is loaded in a child process.
 *
 * <p>A subcommand is a class with picocli's {@code @Command}, listed in {@link procession.cli.Main}. What goes wrong becomes an
 * exit code and a sentence in one place, {@code Ending}.
 */
package procession.cli;
