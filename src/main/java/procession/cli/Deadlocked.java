package procession.cli;

import java.io.PrintStream;
import procession.ask.Fields;

/** Cycles of waits, behind a listing. */
final class Deadlocked {

    private Deadlocked() {}

    static void print(Fields answer, PrintStream out) {
        for (var deadlock : answer.list("deadlocks")) {
            out.println();
            out.println("DEADLOCK for " + Told.lasting(deadlock, "seconds") + ":");
            for (var words : deadlock.text("words").split("; ")) {
                out.println("  " + words);
            }
        }
    }
}
