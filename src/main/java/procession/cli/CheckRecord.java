package procession.cli;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import procession.UsageException;
import procession.record.Figures;
import procession.record.Judgement;
import procession.record.Violation;

/** {@code procession check}: judges a run that was recorded. It starts no node. */
@Command(
        name = "check",
        description = {"Judges a recorded run: says how much happened, and whether every law holds.", ""},
        customSynopsis = "procession check FILE",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class CheckRecord implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "a record, as `procession run --record FILE` leaves it")
    private Path file;

    private CheckRecord() {}

    @Override
    public Integer call() {
        if (file == null) {
            throw new UsageException("check what? Give a record; `procession run --record FILE` makes one.");
        }
        var judgement = judged(InputFile.readable("the command line", file));
        print(judgement, System.out);
        return judgement.violations().isEmpty() ? 0 : Ending.CHECK;
    }

    private static Judgement judged(Path file) {
        try {
            return Records.use(file + " cannot be read", () -> Judgement.of(file));
        } catch (OutOfMemoryError large) {
            throw new UsageException(file + " is too large to be judged in " + Runtime.getRuntime().maxMemory() / (1 << 20)
                    + " MB of memory; give more with -Xmx in conf/jvm.options.");
        }
    }

    private void print(Judgement judgement, PrintStream out) {
        var figures = judgement.figures();
        out.println(file + ": run '" + judgement.run() + "', begun at " + judgement.start()
                + (judgement.version().isEmpty() ? "" : ", procession " + judgement.version()));
        out.println("  " + counted(figures.processes(), "process", "processes") + ", " + figures.deaths() + " killed; "
                + counted(figures.calls(), "call", "calls") + ", " + counted(figures.grants(), "grant", "grants") + ", "
                + counted(figures.items(), "item handed out", "items handed out") + ", in " + seconds(figures.duration()));
        beyondTimeout(figures.beyondTimeout(), out);
        takeovers(figures.takeovers(), out);
        if (figures.silences() > 0) {
            out.println("  " + counted(figures.silences(), "call was", "calls were")
                    + " given up, as the keeper had not answered a second after their time-out");
        }
        judgement.reservations().forEach(reservation -> out.println("  " + reservation));
        judgement.violations().forEach(violation -> print(violation, out));
        verdict(judgement, out);
    }

    private static void beyondTimeout(Figures.Times times, PrintStream out) {
        if (times.count() > 0) {
            out.println("  " + counted(times.count(), "call", "calls") + " with a time-out" + (times.longest() <= 0
                    ? ", and none took longer than that"
                    : ": the slowest came back " + millis(times.longest()) + " after it, p99 " + millis(Math.max(0, times.p99()))));
        }
    }

    private static void takeovers(Figures.Times times, PrintStream out) {
        if (times.count() > 0) {
            out.println("  from the end of a lock's holder to the next, who was waiting: p50 " + millis(times.median()) + ", p99 "
                    + millis(times.p99()) + ", longest " + millis(times.longest()) + " (of " + times.count() + ")");
        }
    }

    private static void print(Violation violation, PrintStream out) {
        out.println();
        out.println("BROKEN: " + violation.law() + ". " + violation.how());
        out.println("  What should hold: " + violation.sentence());
        violation.lines().forEach(line -> out.println("  line " + line.place() + ": " + line.words()));
    }

    private static void verdict(Judgement judgement, PrintStream out) {
        var violations = judgement.violations();
        if (violations.isEmpty()) {
            out.println(judgement.isComplete() ? "All " + judgement.laws() + " laws hold." : "No law is broken, as far as can be judged.");
            return;
        }
        long all = violations.size() + judgement.moreViolations();
        long laws = violations.stream().map(Violation::law).distinct().count();
        out.println();
        out.println(counted(all, "violation", "violations") + " of " + laws + " of " + judgement.laws() + " laws"
                + (judgement.moreViolations() == 0 ? "." : "; the first of each are shown."));
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).setScale(1, RoundingMode.HALF_UP) + " s";
    }

    private static String millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).setScale(1, RoundingMode.HALF_UP) + " ms";
    }
}
