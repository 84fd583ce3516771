package procession.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The same by CPython's own {@code multiprocessing}.
 *
 * @param line its line; the script knows it by its name
 */
record Python(Line line) implements Benchmark {

    private static final String COMMAND = "python3";
    private static final String FOLDER = System.getProperty("bench.python", "src/bench/python");

    private static Optional<String> missing;

    @Override
    public List<Line> lines() {
        return List.of(line);
    }

    @Override
    public Optional<String> missing() {
        return lookedUp();
    }

    private static synchronized Optional<String> lookedUp() {
        if (missing == null) {
            missing = !Files.isReadable(script()) ? Optional.of("there is no file " + script())
                    : isThere() ? Optional.empty() : Optional.of("there is no " + COMMAND + " on the PATH");
        }
        return missing;
    }

    /** What it says of itself; empty if it is not there. */
    static Optional<String> version() {
        try {
            var process = new ProcessBuilder(COMMAND, "--version").redirectErrorStream(true).start();
            try (var out = reader(process)) {
                return Optional.ofNullable(out.readLine());
            }
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static boolean isThere() {
        return version().filter(version -> version.startsWith("Python 3")).isPresent();
    }

    private static Path script() {
        return Path.of(FOLDER, "bench.py");
    }

    /** It ends when its standard input does, and its children with it. */
    @Override
    public void work(Stage stage) throws Exception {
        var process = new ProcessBuilder(COMMAND, script().toString(), stage.effort().text(), line.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var out = reader(process)) {
            var said = out.readLine();
            if (said == null) {
                throw new IOException("The script " + script() + " ended without a result.");
            }
            stage.report(Measured.parse(said));
        } finally {
            process.getOutputStream().close();
            process.waitFor();
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
