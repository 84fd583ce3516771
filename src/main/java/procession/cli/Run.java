package procession.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import procession.UsageException;
import procession.node.Launch;

/** {@code procession run}: calls the main of a sample, of a file, or of a class. */
@Command(
        name = "run",
        description = {"Runs a scenario.", ""},
        customSynopsis = {"procession run [OPTIONS] TARGET [ARGUMENTS]", "       procession run --list"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class Run implements Callable<Integer> {

    @Option(names = "--list", description = "list the samples")
    private boolean list;

    @Mixin
    private RunSettings settings;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TARGET",
            description = "a sample (see --list), a scenario file (ends in .java), or a class on the class path")
    private String target;

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENTS",
            description = "for the scenario; `procession run TARGET --help` shows them")
    private List<String> arguments = new ArrayList<>();

    private Run() {}

    /** What follows the target is the scenario's, also where it looks like an option of ours. */
    @Spec
    void stopAtTarget(CommandSpec own) {
        own.parser().stopAtPositional(true);
    }

    @Override
    public Integer call() throws Exception {
        return list ? list() : play();
    }

    private int list() {
        var samples = Sample.all();
        int width = samples.keySet().stream().mapToInt(String::length).max().orElse(0);
        samples.forEach((name, sample) -> System.out.printf("%-" + (width + 2) + "s%s%n", name, sample.about()));
        return 0;
    }

    private int play() throws Exception {
        settings.apply();
        Launch.program();
        if (target == null) {
            throw new UsageException("run what? Give a sample, a .java file or a class; `procession run --list` lists samples.");
        }
        Invocation.target(target);
        try (var program = Program.find(target)) {
            // Told before the end is awaited, as in Python: children that are no daemons may run on for long.
            int code = Ending.of(() -> program.call(arguments));
            int end = Ending.of(Launch::finish);
            return code == 0 ? end : code;
        }
    }
}
