package procession.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whose code a stack trace runs through: ours, or the scenario's. */
final class Frames {

    private static final List<String> UNDER_MAIN =
            List.of("procession.cli.", "picocli.", "java.lang.reflect.", "jdk.internal.reflect.", "java.lang.invoke.");

    private static final List<String> NEITHER = List.of("java.", "jdk.", "akka.", "picocli.");

    private Frames() {}

    /** Whether our own code threw it, rather than the scenario or the JDK. */
    static boolean isOurs(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace()).findFirst().filter(Frames::isOurs).isPresent();
    }

    /** Whether the scenario got it from one of these methods of ours. */
    static boolean calledAs(Throwable thrown, String... methods) {
        return Arrays.stream(thrown.getStackTrace())
                .takeWhile(frame -> !isScenario(frame))
                .filter(Frames::isOurs)
                .reduce((inner, outer) -> outer)
                .filter(entry -> Set.of(methods).contains(entry.getMethodName()))
                .isPresent();
    }

    /** File and line where the scenario called us. */
    static Optional<String> caller(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(Frames::isScenario)
                .findFirst()
                .filter(frame -> frame.getFileName() != null)
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber());
    }

    /** The same exception, its trace ending at the scenario's main: what is below is how we got there. */
    static <T extends Throwable> T withoutOurTail(T thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            StackTraceElement[] frames = each.getStackTrace();
            int end = frames.length;
            while (end > 0 && isUnderMain(frames[end - 1])) {
                end--;
            }
            each.setStackTrace(Arrays.copyOf(frames, end));
        }
        return thrown;
    }

    private static boolean isOurs(StackTraceElement frame) {
        return frame.getClassName().startsWith("procession.");
    }

    private static boolean isScenario(StackTraceElement frame) {
        String type = frame.getClassName();
        return !isOurs(frame) && NEITHER.stream().noneMatch(type::startsWith);
    }

    private static boolean isUnderMain(StackTraceElement frame) {
        return UNDER_MAIN.stream().anyMatch(frame.getClassName()::startsWith);
    }
}
