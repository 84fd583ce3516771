package procession.cli;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import procession.CheckFailedException;
import procession.ClusterException;
import procession.EncodingException;
import procession.ProcessStartException;
import procession.RunNotFoundException;
import procession.SettingsException;
import procession.UsageException;

/**
 * How a command ends: its exit code, and what a person is told. What the person or the environment did is one sentence; what the
 * scenario's own code threw keeps its stack trace, as its author needs the line.
 *
 * @param code the exit code
 * @param thrown what was thrown
 * @param told how it is told
 */
record Ending(int code, Throwable thrown, Told told) {

    static final int SCENARIO = 1;
    static final int USAGE = 2;
    static final int CLUSTER = 3;
    static final int CHECK = 4;

    /** How an ending is told. */
    enum Told {
        /** Not at all: a failed check has printed its verdict. */
        NOT,
        /** As one sentence. */
        SENTENCE,
        /** As Java tells an uncaught exception. */
        TRACE
    }

    /** Something that may throw anything: a scenario's main. */
    @FunctionalInterface
    interface Task {
        void run() throws Throwable;
    }

    static Ending of(Throwable thrown) {
        return switch (thrown) {
            case InvocationTargetException wrapped -> of(wrapped.getCause());
            case CheckFailedException failed -> new Ending(CHECK, failed, Told.NOT);
            case UsageException usage -> sentence(USAGE, usage);
            case SettingsException settings -> sentence(USAGE, settings);
            case RunNotFoundException run -> sentence(USAGE, run);
            case ClusterException cluster -> sentence(CLUSTER, cluster);
            case ProcessStartException start -> sentence(CLUSTER, start);
            case EncodingException encoding when Frames.calledAs(encoding, "start", "startAsync") -> sentence(USAGE, encoding);
            case IllegalArgumentException misuse when Frames.isOurs(misuse) -> sentence(USAGE, misuse);
            default -> new Ending(SCENARIO, thrown, Told.TRACE);
        };
    }

    private static Ending sentence(int code, Throwable thrown) {
        return new Ending(code, thrown, Told.SENTENCE);
    }

    /**
     * Runs a task and tells how it ended, on what is standard error by then.
     *
     * @return the exit code
     */
    static int of(Task task) {
        try {
            task.run();
            return 0;
        } catch (Throwable thrown) {
            return of(thrown).tell(System.err);
        }
    }

    /**
     * Tells it.
     *
     * @return the exit code
     */
    int tell(PrintStream err) {
        System.out.flush();
        switch (told) {
            case NOT -> {}
            case SENTENCE -> {
                err.println("procession: " + sentence());
                if (Invocation.verbose()) {
                    thrown.printStackTrace(err);
                }
            }
            case TRACE -> {
                err.print("Exception in thread \"" + Thread.currentThread().getName() + "\" ");
                Frames.withoutOurTail(thrown).printStackTrace(err);
            }
        }
        err.flush();
        return code;
    }

    /** The message; misuse of an API names the line, as its message was not written for the command line. */
    String sentence() {
        String message = Optional.ofNullable(thrown.getMessage()).orElse(thrown.getClass().getName() + ".");
        boolean placed = !(thrown instanceof IllegalArgumentException) || message.contains(".java:");
        return placed ? message : message + Frames.caller(thrown).map(frame -> " (" + frame + ")").orElse("");
    }
}
