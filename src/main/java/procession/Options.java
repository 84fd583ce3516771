package procession;

import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * The options of a scenario's command line: declared, then parsed. {@code --help}, {@code --version}, {@code --pace}, {@code --seed}
 * and the options of every run ({@code --name}, {@code --join}, {@code --record}, {@code --output-dir}, {@code --config}, {@code -D},
 * {@code --color}, {@code --verbose}) are there in any case; an option of one of these names is refused.
 *
 * <pre>{@code
 * var options = Options.of(TicketSales.class)
 *         .count("clients", 20, "how many clients buy")
 *         .flag("no-lock", "sell without the lock")
 *         .parse(args);
 * int clients = options.count("clients");
 * }</pre>
 *
 * <p>Parse before {@link Procession#start()}, as some of them are its settings. Not thread-safe.
 *
 * <p>In Python: {@code argparse.ArgumentParser}.
 */
public interface Options {

    /**
     * No options yet.
     *
     * @param scenario the class with {@code main}; its {@link Scenario} annotation, if any, gives name and purpose
     * @return options to add to
     */
    static Options of(Class<?> scenario) {
        return ServiceLoader.load(Parser.class, Options.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("procession.jar is incomplete: it names no option parser."))
                .options(scenario);
    }

    /**
     * A whole number that is not negative.
     *
     * @param name the option, without its dashes
     * @param byDefault its value where it is not given
     * @param about what it means, for the help
     * @return this
     */
    Options count(String name, int byDefault, String about);

    /**
     * Something on or off.
     *
     * @param name the option, without its dashes
     * @param about what it means, for the help
     * @return this
     */
    Options flag(String name, String about);

    /**
     * A text.
     *
     * @param name the option, without its dashes
     * @param byDefault its value where it is not given; may be null
     * @param about what it means, for the help
     * @return this
     */
    Options text(String name, String byDefault, String about);

    /**
     * A file to read. It must be there and readable when the command line names it.
     *
     * @param name the option, without its dashes
     * @param about what it means, for the help
     * @return this
     */
    Options file(String name, String about);

    /**
     * Sets the pace where {@code --pace} is not given. It is 1 otherwise.
     *
     * @param factor what durations are multiplied with, more than 0
     * @return this
     */
    Options pace(double factor);

    /**
     * Parses a command line. {@code --help} prints the help and ends the program with 0.
     *
     * @param arguments the arguments of {@code main}
     * @return the values
     * @throws UsageException if the command line is wrong; the message says what and suggests what was meant
     */
    Values parse(String[] arguments);

    /**
     * What the command line says.
     *
     * <p>In Python: {@code argparse.Namespace}.
     */
    interface Values {

        /**
         * A declared count.
         *
         * @param name the option, without its dashes
         * @return its value
         */
        int count(String name);

        /**
         * A declared flag.
         *
         * @param name the option, without its dashes
         * @return whether it is on
         */
        boolean flag(String name);

        /**
         * A declared text.
         *
         * @param name the option, without its dashes
         * @return its value; null if there is none
         */
        String text(String name);

        /**
         * A declared file.
         *
         * @param name the option, without its dashes
         * @return its path; null if it was not given
         */
        Path file(String name);

        /**
         * Whether the command line names a declared option, rather than leaving it at its default.
         *
         * @param name the option, without its dashes
         * @return whether it was given
         */
        boolean given(String name);

        /**
         * The pace of {@code --pace} and {@code --seed}.
         *
         * @return the pace; pass it to the processes
         */
        Pace pace();
    }

    /**
     * What implements options; found by {@link ServiceLoader}. Not for users.
     *
     * <p>In Python: none.
     */
    interface Parser {
        /**
         * No options yet.
         *
         * @param scenario the class with {@code main}
         * @return options to add to
         */
        Options options(Class<?> scenario);
    }
}
