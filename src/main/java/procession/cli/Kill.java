package procession.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import procession.RunNotFoundException;
import procession.UsageException;
import procession.ask.Fields;
import procession.ask.Killed;
import procession.ask.Question;
import procession.node.Running;

/** {@code procession kill}: ends a process of a run that goes on. Nothing else is ever sent a signal. */
@Command(
        name = "kill",
        description = {"Kills a process of a running program, and says what becomes of what it held.", ""},
        customSynopsis = "procession kill [OPTIONS] NAME|PID",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class Kill implements Callable<Integer> {

    private static final int LOOKS = 60;
    private static final int BETWEEN_MILLIS = 50;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME|PID",
            description = "which process; `procession ps` shows them")
    private String which;

    @Option(names = "--term", description = "send SIGTERM, at which it may end in its own way, instead of SIGKILL")
    private boolean gently;

    @Option(names = "--force", description = "also the main process, with which the run ends")
    private boolean force;

    @Option(names = "--json", description = Asking.JSON)
    private boolean json;

    @Mixin
    private Asking asking;

    private Kill() {}

    @Override
    public Integer call() throws InterruptedException {
        if (which == null || which.isEmpty()) {
            throw new UsageException("kill what? Give the name or the pid of a process; `procession ps` shows them.");
        }
        var victim = chosen(asking.ask(Question.of(Question.What.PS)).fields().list("processes"));
        if (victim.flag("main") && !force) {
            throw new UsageException(Told.who(victim) + " is the main process, with which the run " + asking.run().label()
                    + " ends and all its processes do; --force kills it.");
        }
        if (!Running.end(victim.number("pid"), victim.text("token"), gently)) {
            throw new UsageException(Told.who(victim) + " has just ended, or may not be killed; nothing was done.");
        }
        boolean ended = awaitEnd(victim);
        var held = victim.flag("main") || !ended ? List.<Killed.Passed>of() : passed(victim.list("holds"));
        if (json) {
            System.out.println(new Killed(asking.run().name(), victim.text("name"), victim.number("pid"),
                    gently ? "SIGTERM" : "SIGKILL", ended, held).json());
        } else {
            print(victim, ended, held);
        }
        return 0;
    }

    private Fields chosen(List<Fields> processes) {
        var named = processes.stream().filter(process -> process.text("name").equals(which)).toList();
        var meant = !named.isEmpty() ? named
                : processes.stream().filter(process -> Long.toString(process.number("pid")).equals(which)).toList();
        if (meant.isEmpty()) {
            throw new UsageException("The run " + asking.run().label() + " has no process " + which + "."
                    + (which.matches("\\d+") ? "" : Nearest.hint(which, processes.stream().map(process -> process.text("name")).toList()))
                    + " Only its own can be killed; `procession ps` shows them.");
        }
        var come = meant.stream().filter(process -> process.number("pid") != 0).toList();
        if (come.isEmpty()) {
            throw new UsageException("The process " + which + " is starting, and its pid is not known yet; try again in a moment.");
        }
        return Choice.of("Which one?", come, process -> Long.toString(process.number("pid")),
                come.size() + " processes are named '" + which + "'; give the pid of one:");
    }

    /** For three seconds. */
    private boolean awaitEnd(Fields victim) throws InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            if (Running.isGone(victim.number("pid"), victim.text("token")) && (victim.flag("main") || isSettled(victim))) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
        }
        return false;
    }

    /** Whether the run knows; if it has ended meanwhile, nothing is left to be settled. */
    private boolean isSettled(Fields victim) {
        try {
            return asking.ask(Question.of(Question.What.PS)).fields().list("processes").stream()
                    .noneMatch(process -> process.number("owner") == victim.number("owner"));
        } catch (RunNotFoundException over) {
            return true;
        }
    }

    private List<Killed.Passed> passed(List<Fields> held) {
        var passed = new ArrayList<Killed.Passed>();
        for (var one : held) {
            passed.add(new Killed.Passed(one, now(one.text("id"))));
        }
        return passed;
    }

    private String now(String id) {
        try {
            var found = asking.ask(Question.of(Question.What.INSPECT).about(id)).fields().list("primitives");
            return found.size() == 1 ? Told.state(found.getFirst()) : "gone";
        } catch (RunNotFoundException over) {
            return "gone, as the run is over";
        }
    }

    private void print(Fields victim, boolean ended, List<Killed.Passed> held) {
        System.out.println(Told.who(victim) + (gently ? " was sent SIGTERM" : " was killed") + (ended ? " and has ended"
                : "; it has not been seen to end yet") + (victim.flag("main") ? ", and so does its run." : "."));
        held.forEach(passed -> System.out.println("  it had " + Told.hold(passed.had()) + "; it is now " + passed.now()));
        if (ended && held.isEmpty() && !victim.flag("main")) {
            System.out.println("  it held nothing");
        }
        long more = victim.number("holding") - victim.list("holds").size();
        if (ended && more > 0) {
            System.out.println("  … and " + more + " more");
        }
    }
}
