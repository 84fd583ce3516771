package procession.cli;

import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import procession.Options;
import procession.Pace;

/** What a scenario's command line says. */
record ParsedOptions(ParseResult parsed, Pace pace) implements Options.Values {

    /** Files that the run looks after itself; most of them are not to be there yet. */
    private static final Set<String> OF_THE_RUN = Set.of("--config", "--record", "--trace");

    static ParsedOptions of(ParseResult parsed) {
        parsed.matchedOptions().stream()
                .filter(option -> option.type() == Path.class && option.getValue() != null)
                .filter(option -> !OF_THE_RUN.contains(option.longestName()))
                .forEach(option -> InputFile.readable(option.longestName(), option.getValue()));
        Long seed = parsed.matchedOptionValue("--seed", null);
        double factor = parsed.commandSpec().findOption("--pace").getValue();
        return new ParsedOptions(parsed, new Pace(factor, seed == null ? new SplittableRandom().nextLong() : seed));
    }

    @Override
    public int count(String name) {
        return declared(name, Integer.class).<Integer>getValue();
    }

    @Override
    public boolean flag(String name) {
        return declared(name, Boolean.class).<Boolean>getValue();
    }

    @Override
    public String text(String name) {
        return declared(name, String.class).getValue();
    }

    @Override
    public Path file(String name) {
        return declared(name, Path.class).getValue();
    }

    @Override
    public boolean given(String name) {
        return parsed.hasMatchedOption(declared(name, Object.class));
    }

    private OptionSpec declared(String name, Class<?> type) {
        OptionSpec option = parsed.commandSpec().findOption("--" + name);
        if (option == null || !type.isAssignableFrom(option.type())) {
            throw new IllegalArgumentException("No option --" + name + " of that type was declared.");
        }
        return option;
    }
}
