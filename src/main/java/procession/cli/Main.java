package procession.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bin/procession}: reads the command line and leaves the rest to the subcommand. */
@Command(
        name = "procession",
        description = "Python's multiprocessing for the JVM: every process a JVM and a node of an Akka cluster.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "`procession COMMAND --help` tells more about a command."},
        subcommands = {Run.class, New.class, CheckRecord.class, ReportRecord.class, TraceRecord.class, Ps.class, Locks.class,
            Inspect.class, Kill.class, Measure.class, Doctor.class, Completion.class})
public final class Main implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    private Main() {}

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        int code = execute(arguments);
        System.out.flush();
        System.exit(code);
    }

    static int execute(String... arguments) {
        var command = new CommandLine(new Main());
        command.setParameterExceptionHandler((wrong, all) -> Ending.of(Complaint.about(wrong)).tell(System.err));
        command.setExecutionExceptionHandler((thrown, line, parsed) -> Ending.of(thrown).tell(System.err));
        return command.execute(arguments);
    }

    /** Without a subcommand: the help, as an error. */
    @Override
    public Integer call() {
        spec.commandLine().usage(System.err);
        return Ending.USAGE;
    }
}
