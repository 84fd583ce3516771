package procession.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the threads of other JVMs do: the JDK's {@code jcmd} asks them. */
final class ThreadDumps {

    private static final long PATIENCE_SECONDS = 20;
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors());

    private ThreadDumps() {}

    /**
     * Writes what the threads of some processes do, into {@code threads-NAME-PID.txt} of a folder. One that stands still is left alone: it
     * would not answer.
     */
    static void write(Path folder, Map<Long, String> processes) throws IOException, InterruptedException {
        var waiting = new java.util.ArrayDeque<>(processes.keySet());
        var asked = new java.util.LinkedHashMap<Process, Path>();
        while (!waiting.isEmpty() || !asked.isEmpty()) {
            while (!waiting.isEmpty() && asked.size() < AT_ONCE) {
                long pid = waiting.poll();
                var file = folder.resolve("threads-" + Dossier.safe(processes.get(pid)) + "-" + pid + ".txt");
                if (Signals.isStopped(pid)) {
                    Files.writeString(file, processes.get(pid) + " (pid " + pid + ") was paused (SIGSTOP), and could not say what its"
                            + " threads do.\n");
                } else {
                    asked.put(ask(pid, file), file);
                }
            }
            if (!asked.isEmpty()) {
                var first = asked.entrySet().iterator().next();
                asked.remove(first.getKey());
                await(first.getKey(), first.getValue());
            }
        }
    }

    private static Process ask(long pid, Path file) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return new ProcessBuilder(jcmd, "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", Long.toString(pid), "Thread.print")
                .redirectErrorStream(true).redirectOutput(file.toFile()).start();
    }

    private static void await(Process jcmd, Path file) throws IOException, InterruptedException {
        if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            jcmd.destroyForcibly().waitFor();
            Files.writeString(file, "It did not say what its threads do within " + PATIENCE_SECONDS + " s.\n");
        }
    }
}
