package procession.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import procession.node.ClassArchive;

/**
 * A program of its own: a JVM that no run has started, with the class path of this one. It may start a run, or join one.
 *
 * <p>Thread-safe.
 */
public final class Program implements AutoCloseable {

    private static final int FIRST_WITH_UNSAFE_WARNING = 24;
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final String ARCHIVE = "procession.child.archive";
    private static final String CLASS_PATH = "procession.child.class-path";
    private static final long LOOK_EVERY_MILLIS = 5;

    private static final Set<Program> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        // Nobody of a run has started them, so that none of its ends would end them.
        Runtime.getRuntime().addShutdownHook(
                new Thread(() -> RUNNING.forEach(one -> one.process.destroyForcibly()), "procession-programs"));
    }

    private final java.lang.Process process;
    private final Path out;
    private final Path err;

    private Program(java.lang.Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a program, as this process starts its children: from the archive of classes and with the class path that the system properties
     * {@code procession.child.archive} and {@code procession.child.class-path} name, if they are set.
     *
     * @param main the class with its main method
     * @param arguments for it
     * @return the program, which runs
     */
    public static Program start(Class<?> main, String... arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(OPTIONS);
        if (Runtime.version().feature() >= FIRST_WITH_UNSAFE_WARNING) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // Otherwise Java warns of Akka, as bin/procession knows.
        }
        command.addAll(ClassArchive.options(System.getProperty(ARCHIVE, "")));
        Stream.of(ARCHIVE, CLASS_PATH).filter(key -> System.getProperty(key) != null)
                .forEach(key -> command.add("-D" + key + "=" + System.getProperty(key)));
        command.addAll(List.of("-cp", System.getProperty(CLASS_PATH, System.getProperty("java.class.path")), main.getName()));
        command.addAll(List.of(arguments));
        try {
            var out = Files.createTempFile("program", ".out");
            var err = Files.createTempFile("program", ".err");
            var program = new Program(
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
            RUNNING.add(program);
            return program;
        } catch (IOException refused) {
            throw new UncheckedIOException("The program " + main.getName() + " could not be started.", refused);
        }
    }

    /**
     * Its pid.
     *
     * @return the pid
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Its process, for what is not here.
     *
     * @return the process
     */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * Tells it something on its standard input.
     *
     * @param line a line
     * @throws IllegalStateException if it does not listen any more
     */
    public void tell(String line) {
        try {
            var stdin = process.getOutputStream();
            stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            stdin.flush();
        } catch (IOException gone) {
            throw new IllegalStateException("The program does not listen any more.\n" + report(), gone);
        }
    }

    /** Ends its standard input. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // Ended is ended.
        }
    }

    /**
     * What it has printed so far.
     *
     * @return its standard output
     */
    public String out() {
        return content(out);
    }

    /**
     * What it has complained of so far.
     *
     * @return its standard error
     */
    public String err() {
        return content(err);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Waits until it has printed something.
     *
     * @param patience how long at most
     * @param text what
     * @throws AssertionError if it has not by then, or has ended without
     * @throws InterruptedException if interrupted while waiting
     */
    public void awaitOut(Duration patience, String text) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        for (boolean runs = process.isAlive(); !out().contains(text); runs = process.isAlive()) {
            if (!runs || System.nanoTime() - until > 0) {
                throw new AssertionError("The program " + (runs ? "did not print '" + text + "' within " + patience.toMillis() + " ms.\n"
                        : "has ended without printing '" + text + "'.\n") + report());
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /**
     * Waits until it has ended.
     *
     * @param patience how long at most
     * @return its exit status
     * @throws AssertionError if it runs still
     * @throws InterruptedException if interrupted while waiting
     */
    public int awaitExit(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("The program did not end within " + patience.toMillis() + " ms.\n" + report());
        }
        return process.exitValue();
    }

    /**
     * Sends it a signal.
     *
     * @param signal its name, such as {@code STOP}
     * @throws InterruptedException if interrupted while signalling
     */
    public void signal(String signal) throws InterruptedException {
        Signals.send(pid(), signal);
    }

    private String report() {
        return toString() + " has printed:\n" + out() + err();
    }

    /** Kills it, if it runs still. */
    @Override
    public void close() {
        process.destroyForcibly();
        RUNNING.remove(this);
        try {
            process.waitFor();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException undeletable) {
            // Files for temporary use: somebody else removes them.
        }
    }

    @Override
    public String toString() {
        return "Program[pid " + pid() + (process.isAlive() ? "" : ", ended with " + process.exitValue()) + "]";
    }
}
