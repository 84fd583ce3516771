package procession;

import java.util.List;
import java.util.Optional;

/**
 * An exception of another process, as data.
 *
 * <p>In Python: {@code multiprocessing.pool.RemoteTraceback}, which is the text of the traceback.
 *
 * @param type class name of the exception
 * @param message its message, if it had one
 * @param frames its stack trace, one line a frame, innermost first
 * @param cause its cause, if it had one
 */
public record RemoteError(String type, Optional<String> message, List<String> frames, Optional<RemoteError> cause) {

    private static final int MOST_CAUSES = 16;
    private static final int MOST_FRAMES = 256;

    /** Copies the list of frames. */
    public RemoteError {
        frames = List.copyOf(frames);
    }

    /**
     * Takes down an exception.
     *
     * @param thrown the exception
     * @return its description; at most 256 frames and 16 causes
     */
    public static RemoteError of(Throwable thrown) {
        return of(thrown, MOST_CAUSES);
    }

    private static RemoteError of(Throwable thrown, int causes) {
        var frames = java.util.Arrays.stream(thrown.getStackTrace()).limit(MOST_FRAMES).map(StackTraceElement::toString).toList();
        var cause = causes == 0 ? Optional.<RemoteError>empty() : Optional.ofNullable(thrown.getCause()).map(c -> of(c, causes - 1));
        return new RemoteError(thrown.getClass().getName(), Optional.ofNullable(thrown.getMessage()), frames, cause);
    }

    /**
     * The first line of the stack trace.
     *
     * @return class name and message
     */
    public String summary() {
        return message.map(text -> type + ": " + text).orElse(type);
    }
}
