package procession.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import procession.UsageException;

/** {@code procession completion}: prints what has a shell complete command lines of this command, without asking it each time. */
@Command(
        name = "completion",
        description = {"Prints a script with which bash or zsh completes commands, options, samples and files.", "",
            "  source <(bin/procession completion bash)", ""},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Completion implements Callable<Integer> {

    /** The shells there are scripts for. */
    static final class Shells extends ArrayList<String> {
        Shells() {
            super(List.of("bash", "zsh"));
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SHELL", description = "bash or zsh", completionCandidates = Shells.class)
    private String shell;

    private Completion() {}

    @Override
    public Integer call() {
        var shells = new Shells();
        if (shell == null || !shells.contains(shell)) {
            throw new UsageException((shell == null ? "completion for which shell? It takes " : "There is no completion for '" + shell
                    + "'; it takes ") + String.join(" or ", shells) + ".");
        }
        System.out.print(CompletionScript.of(spec.root(), Sample.all()));
        return 0;
    }
}
