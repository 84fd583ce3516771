package procession.node;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import procession.ProcessStartException;

/** Starts the JVMs of children: a few at a time, with what a child inherits and nothing else. */
final class Launcher {

    private static final int FIRST_WITH_UNSAFE_WARNING = 24;
    private static final List<String> FOREIGN = List.of("-agentlib", "-agentpath", "-javaagent", "-Xdebug", "-Xrunjdwp", "-Xrun");
    private static final List<String> OPTION_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Settings settings;
    private final Semaphore turns;
    private List<String> inherited;

    Launcher(Settings settings) {
        this.settings = settings;
        this.turns = new Semaphore(settings.startConcurrency(), true);
    }

    /** Waits for a turn to start a child; give it back when the child has come, or gone. */
    void awaitTurn() throws InterruptedException {
        turns.acquire();
    }

    void turnOver() {
        turns.release();
    }

    /** Starts a JVM for a child. */
    Process start(String name, List<String> jvmOptions) {
        return start(name, jvm(jvmOptions, ChildMain.class, name));
    }

    /** Starts one that waits for a debugger. An archive fits no JVM with such an agent. */
    Process startDebugged(String name, List<String> jvmOptions, int port) {
        var options = new ArrayList<>(jvmOptions);
        options.add(DebugTarget.agent(port));
        return start(name, jvm("", options, ChildMain.class, name));
    }

    private static Process start(String name, ProcessBuilder jvm) {
        try {
            return jvm.start();
        } catch (IOException refused) {
            throw new ProcessStartException("The operating system did not start process " + name + ": " + refused.getMessage(), refused);
        }
    }

    /** A JVM as a child gets it, with a main of its own. */
    ProcessBuilder jvm(List<String> jvmOptions, Class<?> main, String... arguments) {
        return jvm(settings.archive(), jvmOptions, main, arguments);
    }

    private ProcessBuilder jvm(String archive, List<String> jvmOptions, Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.jvmOptions());
        if (Runtime.version().feature() >= FIRST_WITH_UNSAFE_WARNING) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(ClassArchive.options(archive));
        command.addAll(inheritedProperties());
        command.addAll(jvmOptions);
        var classPath = settings.classPath().isEmpty() ? System.getProperty("java.class.path") : settings.classPath();
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        OPTION_VARIABLES.forEach(variable -> builder.environment().computeIfPresent(variable, (key, value) -> withoutForeign(value)));
        return builder;
    }

    /** The -D options of this JVM, as it was given them; what was set since goes over in the hand-over. */
    private synchronized List<String> inheritedProperties() {
        if (inherited == null) {
            inherited = ownArguments().filter(argument -> argument.startsWith("-D")).toList();
        }
        return inherited;
    }

    private static Stream<String> ownArguments() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream();
    }

    /** Agents and debuggers are for this JVM: a child would fight with it over their ports and files. */
    static String withoutForeign(String options) {
        return Arrays.stream(options.split(" ")).filter(option -> FOREIGN.stream().noneMatch(option::startsWith))
                .collect(Collectors.joining(" "));
    }
}
