package procession.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import procession.ask.Fields;
import procession.ask.Question;

/** {@code procession ps}: the processes of a run that goes on. */
@Command(
        name = "ps",
        description = {"Shows the processes of a running program: what they wait for, and what they hold.", ""},
        customSynopsis = "procession ps [OPTIONS]",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class Ps implements Callable<Integer> {

    @Option(names = "--json", description = Asking.JSON)
    private boolean json;

    @Mixin
    private Asking asking;

    private Ps() {}

    @Override
    public Integer call() {
        var answer = asking.ask(Question.of(Question.What.PS));
        if (json) {
            System.out.println(answer.json());
            return 0;
        }
        var table = new Columns(">PID", "PROCESS", "STATE", ">AGE", ">CPU", ">MEM", "WAITS FOR", "HOLDS");
        for (var process : asTree(answer.fields().list("processes"))) {
            table.row(process.fields().number("pid") == 0 ? "" : Long.toString(process.fields().number("pid")),
                    "  ".repeat(process.depth()) + process.fields().text("name"),
                    process.fields().text("state") + (process.fields().flag("joined") ? ", joined" : ""),
                    Told.lasting(process.fields(), "age"), Told.lasting(process.fields(), "cpu"),
                    Told.memory(process.fields().number("rss")), Told.waits(process.fields()), Told.holds(process.fields()));
        }
        table.print(System.out);
        Deadlocked.print(answer.fields(), System.out);
        return 0;
    }

    private record Placed(Fields fields, int depth) {}

    /** Children behind their parents. One whose parent has ended stands where the main process does. */
    private static List<Placed> asTree(List<Fields> processes) {
        var owners = processes.stream().map(process -> process.number("owner")).toList();
        var placed = new ArrayList<Placed>();
        processes.stream().filter(process -> !owners.contains(process.number("parent"))).forEach(root -> add(placed, root, 0, processes));
        return placed;
    }

    private static void add(List<Placed> placed, Fields process, int depth, List<Fields> all) {
        placed.add(new Placed(process, depth));
        all.stream().filter(other -> other.number("parent") == process.number("owner"))
                .forEach(child -> add(placed, child, depth + 1, all));
    }
}
