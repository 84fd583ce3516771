package procession.cli;

/** How the command was called, for what is printed much later and elsewhere. One per JVM, as the command line is. */
final class Invocation {

    private static volatile boolean verbose;
    private static volatile String target;

    private Invocation() {}

    /** Whether our own errors show their stack trace. */
    static boolean verbose() {
        return verbose;
    }

    static void beVerbose() {
        verbose = true;
    }

    /** What a person typed to run a scenario: {@code procession run TARGET}, or its name where it has a main of its own. */
    static String of(String scenario) {
        return target == null ? scenario : "procession run " + target;
    }

    static void target(String typed) {
        target = typed;
    }
}
