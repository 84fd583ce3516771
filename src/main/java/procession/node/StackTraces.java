package procession.node;

import java.util.Arrays;

/** Cuts from a body's stack trace what is below the body: how it was called is no business of the user's. */
final class StackTraces {

    private StackTraces() {}

    static void trim(Throwable thrown) {
        int causes = 0;
        for (var t = thrown; t != null && causes < 16; t = t.getCause(), causes++) {
            var frames = t.getStackTrace();
            int end = frames.length;
            for (int i = 0; i < frames.length; i++) {
                if (frames[i].getClassName().equals(BodyReference.class.getName())) {
                    end = i;
                    break;
                }
            }
            while (end > 1 && end < frames.length && isReflection(frames[end - 1].getClassName())) {
                end--;
            }
            t.setStackTrace(Arrays.copyOf(frames, end));
        }
    }

    private static boolean isReflection(String type) {
        return type.startsWith("java.lang.reflect.") || type.startsWith("jdk.internal.reflect.")
                || type.startsWith("java.lang.invoke.");
    }
}
