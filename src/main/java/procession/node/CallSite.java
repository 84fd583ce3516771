package procession.node;

import java.security.CodeSource;
import procession.Procession;

/** Where in the user's program a call came from, for messages. */
final class CallSite {

    private static final CodeSource OWN = source(Procession.class);
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private CallSite() {}

    /** {@code " at TicketSales.java:42"}, or nothing if it cannot be told. */
    static String found() {
        return WALKER.walk(frames -> frames.filter(frame -> isForeign(frame.getDeclaringClass())).findFirst())
                .filter(frame -> frame.getFileName() != null)
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    /** The class that called into Procession. */
    static Class<?> caller() {
        return WALKER.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass).filter(CallSite::isForeign).findFirst())
                .orElse(Procession.class);
    }

    private static boolean isForeign(Class<?> type) {
        var source = source(type);
        return source != null && (OWN == null || !source.getLocation().equals(OWN.getLocation()));
    }

    private static CodeSource source(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }
}
