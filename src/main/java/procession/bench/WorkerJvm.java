package procession.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@link Worker}, as the command sees it. It has the options and the class path of this JVM, and ends with it. */
record WorkerJvm(Process process, Thread hook) implements AutoCloseable {

    private static final long MINUTES_EACH = 5;
    private static final long SECONDS_TO_END = 10;

    static WorkerJvm start(Effort effort, List<Benchmark> benchmarks) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName(), effort.text()));
        benchmarks.forEach(benchmark -> command.add(benchmark.name()));
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var worker = new WorkerJvm(process, new Thread(() -> end(process), "bench-end"));
        Runtime.getRuntime().addShutdownHook(worker.hook);
        CompletableFuture.delayedExecutor(MINUTES_EACH * benchmarks.size(), TimeUnit.MINUTES).execute(() -> end(process));
        return worker;
    }

    /** Everything it says, until it ends. */
    void read(Consumer<String> lines) throws IOException {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines);
        }
    }

    /** SIGTERM has it end its children first. */
    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        end(process);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // Then the hook has run, or will.
        }
    }
}
