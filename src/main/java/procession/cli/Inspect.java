package procession.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import procession.UsageException;
import procession.ask.Fields;
import procession.ask.Question;

/** {@code procession inspect}: one primitive of a run that goes on. */
@Command(
        name = "inspect",
        description = {"Shows one lock, semaphore, queue or the like of a running program: who holds it, who waits in which order.", ""},
        customSynopsis = "procession inspect [OPTIONS] NAME",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class Inspect implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "its name, its number such as 1.3, or its kind such as lock; `procession locks` shows them")
    private String name;

    @Option(names = "--json", description = Asking.JSON)
    private boolean json;

    @Mixin
    private Asking asking;

    private Inspect() {}

    @Override
    public Integer call() {
        if (name == null || name.isEmpty()) {
            throw new UsageException("inspect what? Give a name, a number or a kind; `procession locks` shows them.");
        }
        var answer = asking.ask(Question.of(Question.What.INSPECT).about(name));
        var found = answer.fields().list("primitives");
        if (found.isEmpty()) {
            throw new UsageException("The run " + asking.run().label() + " has no primitive '" + name
                    + "' now; `procession locks` shows what it has.");
        }
        if (json) {
            System.out.println(answer.json());
            return 0;
        }
        print(Choice.of("Which one?", found, one -> one.text("id") + " " + Told.label(one),
                answer.fields().number("matching") + " primitives are meant by '" + name + "'; give the number of one:"), System.out);
        Deadlocked.print(answer.fields(), System.out);
        return 0;
    }

    private static void print(Fields primitive, PrintStream out) {
        out.println(Told.label(primitive) + " (" + primitive.text("id") + "), " + primitive.text("spec") + ": " + Told.state(primitive));
        var holders = new Columns("  HOLDER", ">PID", ">THREAD", ">FENCE", ">UNITS", "HOW", ">SINCE");
        for (var holder : primitive.list("holders")) {
            holders.row("  " + holder.text("process"), number(holder, "pid"), number(holder, "thread"), number(holder, "fence"),
                    holder.number("units") > 1 ? number(holder, "units") : "", holder.text("how"), Told.lasting(holder, "seconds"));
        }
        part(out, holders, primitive.list("holders").size(), primitive.number("holding"));
        var waiters = new Columns("  WAITER", ">PID", ">THREAD", "WANTS", ">SINCE");
        for (var waiter : primitive.list("waiters")) {
            waiters.row("  " + waiter.text("process"), number(waiter, "pid"), number(waiter, "thread"), waiter.text("wants"),
                    Told.lasting(waiter, "seconds"));
        }
        part(out, waiters, primitive.list("waiters").size(), primitive.number("waiting"));
        var counts = primitive.object("counts").all();
        if (!counts.isEmpty()) {
            out.println();
            counts.forEach((count, value) -> out.println("  " + count + ": " + value));
        }
    }

    private static void part(PrintStream out, Columns table, int shown, long all) {
        if (shown > 0) {
            out.println();
            table.print(out);
            if (all > shown) {
                out.println("  … and " + (all - shown) + " more.");
            }
        }
    }

    private static String number(Fields fields, String name) {
        return fields.number(name) == 0 ? "" : Long.toString(fields.number(name));
    }
}
