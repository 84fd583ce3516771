package procession.cli;

import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import procession.Options;
import procession.Scenario;

/** The options of a scenario, on picocli. Its own come first in the help, then those that every scenario has. */
final class ScenarioOptions implements Options {

    private final CommandSpec own = CommandSpec.create();
    private final RunSettings settings = new RunSettings();
    private double pace = 1;

    ScenarioOptions(Class<?> scenario) {
        var about = Optional.ofNullable(scenario.getAnnotation(Scenario.class));
        own.name(Invocation.of(about.map(Scenario::name).orElse(scenario.getSimpleName())));
        own.usageMessage().sortOptions(false);
        about.map(Scenario::about).map(ScenarioOptions::escaped).ifPresent(own.usageMessage()::description);
        own.version(new Version().getVersion());
    }

    @Override
    public Options count(String name, int byDefault, String about) {
        if (byDefault < 0) {
            throw new IllegalArgumentException("The default of the count --" + name + " is negative: " + byDefault + ".");
        }
        return add(option(name, "N", about + " (default: " + byDefault + ")")
                .type(Integer.class)
                .converters(Reader.COUNT)
                .initialValue(byDefault));
    }

    @Override
    public Options flag(String name, String about) {
        return add(option(name, "", about).arity("0").type(Boolean.class).initialValue(false));
    }

    @Override
    public Options text(String name, String byDefault, String about) {
        String description = byDefault == null ? about : about + " (default: " + byDefault + ")";
        return add(option(name, "TEXT", description).type(String.class).initialValue(byDefault));
    }

    @Override
    public Options file(String name, String about) {
        return add(option(name, "FILE", about).type(Path.class));
    }

    @Override
    public Options pace(double factor) {
        if (!Reader.PACE.allowed().test(factor)) {
            throw new IllegalArgumentException("A pace is " + Reader.PACE.expected() + ", not " + factor + ".");
        }
        pace = factor;
        return this;
    }

    /** Thrown instead of parsing, where only the options are wanted: the scenario must not go on. */
    private static final class Declared extends Error {
        private final transient CommandSpec spec;

        Declared(CommandSpec spec) {
            super("only the options are wanted", null, false, false);
            this.spec = spec;
        }
    }

    private static final ThreadLocal<Boolean> ONLY_DECLARED = ThreadLocal.withInitial(() -> false);

    /**
     * The options of a sample, as it declares them at the beginning of its main.
     *
     * @param sample its name
     * @return its options; empty if it does not read them first, or has none
     */
    static Optional<CommandSpec> of(String sample) {
        ONLY_DECLARED.set(true);
        try (var program = Program.find(sample)) {
            program.call(List.of());
            return Optional.empty();
        } catch (InvocationTargetException thrown) {
            return thrown.getCause() instanceof Declared declared ? Optional.of(declared.spec) : Optional.empty();
        } catch (ReflectiveOperationException unusable) {
            return Optional.empty();
        } finally {
            ONLY_DECLARED.remove();
        }
    }

    @Override
    public Values parse(String[] arguments) {
        if (ONLY_DECLARED.get()) {
            throw new Declared(complete());
        }
        var line = new CommandLine(complete());
        try {
            var parsed = line.parseArgs(arguments);
            if (CommandLine.executeHelpRequest(parsed) != null) {
                System.exit(0);
            }
            settings.apply();
            return ParsedOptions.of(parsed);
        } catch (ParameterException wrong) {
            throw Complaint.about(wrong);
        }
    }

    /** The help, as {@code --help} prints it. */
    String help() {
        return new CommandLine(complete()).getUsageMessage();
    }

    private CommandSpec complete() {
        var all = CommandSpec.create().name(own.name()).version(own.version());
        all.usageMessage(own.usageMessage());
        own.options().forEach(all::addOption);
        return all.addOption(option("pace", "F", "what durations are multiplied with (default: " + plain(pace) + ")")
                        .type(Double.class).converters(Reader.PACE).initialValue(pace).build())
                .addOption(option("seed", "N", "where random numbers start (default: random)")
                        .type(Long.class).converters(Reader.SEED).build())
                .addMixin("run", CommandSpec.forAnnotatedObject(settings))
                .mixinStandardHelpOptions(true);
    }

    private Options add(OptionSpec.Builder option) {
        String name = option.names()[0];
        if (complete().findOption(name) != null) {
            throw new IllegalArgumentException("There is an option " + name + " already; call yours something else.");
        }
        own.addOption(option.build());
        return this;
    }

    private static OptionSpec.Builder option(String name, String label, String about) {
        return OptionSpec.builder("--" + name).paramLabel(label).description(escaped(about));
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** Picocli reads descriptions as formats. */
    private static String escaped(String about) {
        return about.replace("%", "%%");
    }
}
