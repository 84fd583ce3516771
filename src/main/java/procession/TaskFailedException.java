package procession;

/**
 * A task of a {@link Pool} threw, or its value cannot travel. {@link #error()} is what it threw, as data; printed as the cause, it shows
 * the frames of the worker.
 *
 * <p>In Python: the exception of the task itself, raised again by {@code AsyncResult.get()}, with a {@code RemoteTraceback} as its
 * cause.
 */
public class TaskFailedException extends ProcessionException {

    private static final long serialVersionUID = 1;

    private final transient RemoteError error;

    /**
     * With a message for the person who meets it.
     *
     * @param message what happened, to what, why, and what to do
     * @param error what the task threw
     */
    public TaskFailedException(String message, RemoteError error) {
        super(message, new Remote(error));
        this.error = error;
    }

    /**
     * What the task threw.
     *
     * @return the error
     */
    public RemoteError error() {
        return error;
    }

    /** Looks like the exception of the worker where it is printed. */
    private static final class Remote extends Exception {

        private static final long serialVersionUID = 1;

        private final String summary;

        Remote(RemoteError error) {
            super(error.message().orElse(null), error.cause().map(Remote::new).orElse(null));
            summary = error.summary();
            setStackTrace(error.frames().stream().map(Remote::frame).toArray(StackTraceElement[]::new));
        }

        /** {@code module/Class.method(File:line)} taken apart, so that it is printed the same. */
        private static StackTraceElement frame(String text) {
            int place = text.lastIndexOf('(');
            int method = place < 0 ? -1 : text.lastIndexOf('.', place);
            if (method < 0) {
                return new StackTraceElement(text, "", null, -1);
            }
            var file = text.substring(place + 1, Math.max(place + 1, text.length() - 1));
            int colon = file.lastIndexOf(':');
            boolean numbered = colon >= 0 && file.substring(colon + 1).matches("\\d{1,9}");
            return new StackTraceElement(text.substring(0, method), text.substring(method + 1, place),
                    numbered ? file.substring(0, colon) : file, numbered ? Integer.parseInt(file.substring(colon + 1)) : -1);
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }

        @Override
        public String toString() {
            return summary;
        }
    }
}
