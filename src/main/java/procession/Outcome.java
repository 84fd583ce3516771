package procession;

/**
 * How a process ended.
 *
 * <p>In Python: {@code Process.exitcode}, which is a number only; {@link #exitCode()} is that number.
 */
public sealed interface Outcome {

    /**
     * The body returned. Exit code 0.
     *
     * <p>In Python: an {@code exitcode} of 0; a process returns no value.
     *
     * @param result where its value is read
     */
    record Returned(Value result) implements Outcome {
        @Override
        public int exitCode() {
            return 0;
        }

        @Override
        public String toString() {
            return "returned";
        }
    }

    /**
     * The body threw. Exit code 1. The error is data: it is never rebuilt as an exception of the child's class.
     *
     * <p>In Python: an {@code exitcode} of 1, and a traceback on stderr.
     *
     * @param error what it threw
     */
    record Failed(RemoteError error) implements Outcome {
        @Override
        public int exitCode() {
            return 1;
        }

        @Override
        public String toString() {
            return "failed with " + error.summary();
        }
    }

    /**
     * The process chose its exit status, by {@link Procession#exit} or {@link System#exit}.
     *
     * <p>In Python: an {@code exitcode} of 0 or more, as after {@code sys.exit(n)}.
     *
     * @param status the status, from 0 to 255
     */
    record Exited(int status) implements Outcome {
        @Override
        public int exitCode() {
            return status;
        }

        @Override
        public String toString() {
            return "exited with status " + status;
        }
    }

    /**
     * A signal ended the process: 9 is SIGKILL, 15 SIGTERM, 6 SIGABRT (also how HotSpot ends on SIGSEGV). Exit code
     * {@code -signal}, as in Python. A plain {@code System.exit} with a status from 129 to 159 reads as a signal too.
     *
     * <p>In Python: a negative {@code exitcode}.
     *
     * @param signal which
     * @param reason why this process sent it, if nobody in the program has asked for that; else empty
     */
    record Killed(int signal, String reason) implements Outcome {
        /**
         * Without a reason.
         *
         * @param signal which
         */
        public Killed(int signal) {
            this(signal, "");
        }

        @Override
        public int exitCode() {
            return -signal;
        }

        @Override
        public String toString() {
            return "killed by signal " + signal + (reason.isEmpty() ? "" : ", " + reason);
        }
    }

    /**
     * The process ended where nobody saw how: its parent was not this one, or was gone. Exit code 255.
     *
     * <p>In Python: none.
     */
    record Unseen() implements Outcome {
        @Override
        public int exitCode() {
            return 255;
        }

        @Override
        public String toString() {
            return "ended unseen";
        }
    }

    /**
     * The number Python would give: 0 for a body that returned, 1 for one that threw, the status of an exit, {@code -N} for signal
     * N.
     *
     * @return the exit code
     */
    int exitCode();

    /**
     * The value the body returned.
     *
     * @return the value; null if the body returned null or nothing
     * @throws IllegalStateException if the process ended in another way; the message says how
     * @throws EncodingException if the body returned something that cannot travel
     * @throws DecodingException if the value cannot be rebuilt here
     */
    default Object value() {
        if (this instanceof Returned returned) {
            return returned.result().get();
        }
        throw new IllegalStateException("There is no value: the process " + this + ".");
    }

    /**
     * Where a returned value is read: decoding waits until someone asks, so a bad value spoils no outcome.
     *
     * <p>In Python: none.
     */
    @FunctionalInterface
    interface Value {
        /**
         * Decodes the value.
         *
         * @return the value, or null
         */
        Object get();
    }
}
