package procession.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import procession.UsageException;
import procession.ask.Kinds;
import procession.ask.Question;

/** {@code procession locks}: the primitives of a run that goes on. */
@Command(
        name = "locks",
        description = {"Shows all locks, semaphores, queues and so on of a running program: who holds them, and who waits.", ""},
        customSynopsis = "procession locks [OPTIONS]",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class Locks implements Callable<Integer> {

    @Option(names = "--kind", paramLabel = "KIND", description = "only these, such as lock, semaphore, queue or joinable-queue")
    private String kind;

    @Option(names = "--all", description = "all of them, not only 200: those that somebody waits for or has go first")
    private boolean all;

    @Option(names = "--json", description = Asking.JSON)
    private boolean json;

    @Mixin
    private Asking asking;

    private Locks() {}

    @Override
    public Integer call() {
        var answer = asking.ask(question());
        if (json) {
            System.out.println(answer.json());
            return 0;
        }
        var primitives = answer.fields().list("primitives");
        if (primitives.isEmpty()) {
            System.out.println("The run " + asking.run().label() + " has no " + (kind == null ? "primitives" : "primitive of kind " + kind)
                    + " now.");
            return 0;
        }
        var table = new Columns("ID", "KIND", "NAME", "STATE", "WAITING", ">LONGEST");
        for (var primitive : primitives) {
            table.row(primitive.text("id"), Told.spec(primitive), primitive.text("name"), Told.state(primitive), Told.waiters(primitive),
                    Told.lasting(primitive, "longest"));
        }
        table.print(System.out);
        long more = answer.fields().number("matching") - primitives.size();
        if (more > 0) {
            System.out.println("… and " + more + " more; --all shows them, --kind KIND those of one kind.");
        }
        Deadlocked.print(answer.fields(), System.out);
        return 0;
    }

    private Question question() {
        var question = Question.of(Question.What.LOCKS);
        if (kind != null) {
            if (!Kinds.isOne(kind)) {
                throw new UsageException("There is no kind '" + kind + "'." + Nearest.hint(kind, Kinds.ALL) + " Kinds are "
                        + String.join(", ", Kinds.ALL) + ".");
            }
            question = question.ofKind(kind);
        }
        return all ? question.withoutLimit() : question;
    }
}
