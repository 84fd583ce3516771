package procession.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import procession.UsageException;

/** What is said about a command line that picocli refuses: a sentence, and what to do. */
final class Complaint {

    private static final Set<Class<?>> NUMBERS = Set.of(int.class, Integer.class);

    private Complaint() {}

    static UsageException about(ParameterException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        String sentence = switch (wrong) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched, command);
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice -> ((OptionSpec) twice.getOverwritten()).longestName() + " is given twice.";
            default -> wrong.getArgSpec() == null ? plain(wrong) : value(wrong);
        };
        return new UsageException(sentence, wrong);
    }

    private static String unmatched(UnmatchedArgumentException wrong, CommandSpec command) {
        String typed = wrong.getUnmatched().getFirst();
        String help = " See `" + command.qualifiedName() + " --help`.";
        if (typed.startsWith("-")) {
            String name = typed.split("=", 2)[0];
            return "There is no option " + name + "." + Nearest.hint(name, options(command)) + behindTheTarget(command) + help;
        }
        return command.subcommands().isEmpty()
                ? "'" + typed + "' is one argument too many." + help
                : "There is no command '" + typed + "'." + command(typed, command) + help;
    }

    /** Who forgets `run` is told so. */
    private static String command(String typed, CommandSpec command) {
        return typed.endsWith(".java") || Sample.all().containsKey(typed)
                ? " Did you mean `procession run " + typed + "`?"
                : Nearest.hint(typed, command.subcommands().keySet());
    }

    private static String behindTheTarget(CommandSpec command) {
        return command.name().equals("run") ? " Options of the scenario go behind its name." : "";
    }

    /** An option without its value, or a value that is another option: picocli names both. */
    private static String missing(MissingParameterException wrong) {
        ArgSpec missing = wrong.getMissing().isEmpty() ? null : wrong.getMissing().getFirst();
        return missing instanceof OptionSpec option
                ? option.longestName() + " needs a value: " + takes(option) + "."
                : plain(wrong);
    }

    private static String value(ParameterException wrong) {
        ArgSpec argument = wrong.getArgSpec();
        String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        return wrong.getValue() == null ? plain(wrong) : name + " takes " + takes(argument) + ", not '" + wrong.getValue() + "'.";
    }

    private static String takes(ArgSpec argument) {
        return argument.converters().length == 1 && argument.converters()[0] instanceof Reader<?> reader
                ? reader.expected()
                : NUMBERS.contains(argument.typeInfo().getType()) ? "a whole number" : argument.paramLabel();
    }

    private static String plain(ParameterException wrong) {
        String message = wrong.getMessage();
        return message.endsWith(".") ? message : message + ".";
    }

    private static List<String> options(CommandSpec command) {
        return command.options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .filter(name -> name.startsWith("--"))
                .toList();
    }
}
