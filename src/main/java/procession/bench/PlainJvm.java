package procession.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import procession.node.Shipped;

/** A JVM with the options of a child that is no process of a run: for what is measured without Procession. */
record PlainJvm(Process process) implements AutoCloseable {

    static PlainJvm start(Class<?> main, String... arguments) throws IOException {
        return new PlainJvm(Shipped.jvm(main, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** What it prints, when it ends. */
    Latency latency() throws IOException {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = out.readLine();
        if (line == null) {
            throw new IOException("A JVM of " + process.pid() + " ended without a result.");
        }
        return Latency.parse(line);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
