package procession.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The script that completes command lines, with tables of all there is: a shell that asked a JVM at each Tab would be too slow. Picocli has
 * a generator of such scripts, which knows nothing of what may follow a scenario's name and takes any word that is a command's name for
 * that command; so only its model of the commands is used.
 */
final class CompletionScript {

    private static final String TEMPLATE = "completion.sh";

    private final Map<String, Sample> samples;
    private final List<String> places = new ArrayList<>();
    private final List<String> options = new ArrayList<>();

    private CompletionScript(Map<String, Sample> samples) {
        this.samples = samples;
    }

    /**
     * The script for a command.
     *
     * @param root the command, of which subcommands are one level deep
     * @param samples what its subcommand run takes, beside files
     */
    static String of(CommandSpec root, Map<String, Sample> samples) {
        var script = new CompletionScript(samples);
        var commands = root.subcommands().values().stream().filter(command -> !command.getCommandSpec().usageMessage().hidden()).toList();
        script.place("", root, "words " + commands.stream().map(command -> command.getCommandSpec().name())
                .collect(Collectors.joining(" ")));
        commands.forEach(command -> script.place(command.getCommandSpec().name(), command.getCommandSpec(),
                script.positional(command.getCommandSpec())));
        samples.keySet().forEach(name -> ScenarioOptions.of(name).ifPresent(spec -> script.place("run " + name, spec, "nothing")));
        return template().replace("@PLACES@", String.join("\n", script.places)).replace("@OPTIONS@", String.join("\n", script.options));
    }

    private static String template() {
        try (var in = CompletionScript.class.getResourceAsStream(TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void place(String place, CommandSpec spec, String positional) {
        var shown = spec.options().stream().filter(option -> !option.hidden()).toList();
        places.add("    " + quoted(place) + ") options=" + quoted(shown.stream().flatMap(option -> List.of(option.names()).stream())
                .collect(Collectors.joining(" "))) + " positional=" + quoted(positional) + " ;;");
        shown.stream().filter(option -> option.arity().max() > 0).forEach(option -> option(place, option));
    }

    private void option(String place, OptionSpec option) {
        options.add("    " + List.of(option.names()).stream().map(name -> quoted(place + " " + name)).collect(Collectors.joining(" | "))
                + ") kind=" + quoted(kind(option)) + " ;;");
    }

    private String positional(CommandSpec command) {
        var all = command.positionalParameters();
        if (all.isEmpty()) {
            return "nothing";
        }
        return all.getFirst().paramLabel().equals("TARGET") ? "target " + String.join(" ", samples.keySet()) : kind(all.getFirst());
    }

    private static String kind(ArgSpec argument) {
        if (argument.completionCandidates() != null) {
            return "words " + StreamSupport.stream(argument.completionCandidates().spliterator(), false).collect(Collectors.joining(" "));
        }
        if (argument.paramLabel().contains("FOLDER")) {
            return "folder";
        }
        return argument.paramLabel().contains("FILE") || argument.type() == Path.class ? "file" : "nothing";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
