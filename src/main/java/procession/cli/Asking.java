package procession.cli;

import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import procession.ClusterException;
import procession.RunNotFoundException;
import procession.UsageException;
import procession.ask.AskClient;
import procession.ask.AskException;
import procession.ask.Question;
import procession.node.Running;

/** What all commands share that ask a running program: which one, and what is said if it does not answer. */
final class Asking {

    static final String JSON = "as one JSON object; docs/asking.md describes it";

    /** A run answers in milliseconds, unless it stands still. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(names = "--run", paramLabel = "NAME",
            description = "which run, where several go on: its name, or its name and pid as in demo-811")
    private String run;

    private Running chosen;

    /** Whether a run was named. */
    boolean isNamed() {
        return run != null;
    }

    /**
     * The run that is meant.
     *
     * @throws RunNotFoundException if there is none
     * @throws UsageException if there are several, and nobody to ask which
     */
    Running run() {
        if (chosen == null) {
            var all = Running.all();
            if (all.isEmpty()) {
                throw new RunNotFoundException("No run of yours is going on.");
            }
            var meant = run == null ? all : meant(all);
            chosen = Choice.of("Which run?", meant, Running::label, run == null
                    ? meant.size() + " runs are going on; say which with --run NAME:"
                    : "There are " + meant.size() + " runs '" + run + "'; say which with --run:");
        }
        return chosen;
    }

    private List<Running> meant(List<Running> all) {
        var meant = all.stream().filter(one -> one.name().equals(run)).toList();
        if (meant.isEmpty()) {
            meant = all.stream().filter(one -> one.label().equals(run)).toList();
        }
        if (meant.isEmpty()) {
            throw new RunNotFoundException("There is no run '" + run + "' of yours; there " + (all.size() == 1 ? "is " : "are ")
                    + all.stream().map(Running::label).collect(Collectors.joining(", ")) + ".");
        }
        return meant;
    }

    AskClient.Answer ask(Question question) {
        return ask(question, OutputStream.nullOutputStream());
    }

    /**
     * Asks it.
     *
     * @throws ClusterException if it does not answer
     * @throws UsageException if it cannot answer this
     */
    AskClient.Answer ask(Question question, OutputStream lines) {
        var asked = run();
        try {
            return new AskClient(asked.socket(), PATIENCE).ask(question, lines);
        } catch (AskException none) {
            throw failure(asked, none);
        }
    }

    private static RuntimeException failure(Running asked, AskException none) {
        var said = "The run " + asked.label() + " cannot be asked. " + none.getMessage();
        return switch (none.code()) {
            case AskException.OTHER_VERSION -> new ClusterException(said + " The run is of procession " + asked.version()
                    + "; ask it with the bin/procession of that version.");
            case AskException.NO_TRACE -> new UsageException("The run " + asked.label() + " has no trace. " + none.getMessage()
                    + " Start it with a larger one.");
            case AskException.SILENT -> new ClusterException(said + (asked.isStopped()
                    ? " Its main process is stopped; `kill -CONT " + asked.pid() + "` lets it go on." : ""));
            case AskException.NOT_THERE -> Running.all().contains(asked) ? new ClusterException(said)
                    : new RunNotFoundException("The run " + asked.label() + " has just ended.");
            default -> new ClusterException(said);
        };
    }
}
