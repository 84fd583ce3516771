package procession.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import procession.UsageException;

/** Compiles a scenario file with the compiler of this JDK. */
final class Compilation {

    private static final String HINT = """
            hint: Process and Queue are also classes of java.lang and java.util. Import the single types, as in
                  import procession.Process;
                  import procession.Queue;
                  or declare the variable with `var`.""";

    private Compilation() {}

    /**
     * Compiles one file against this JVM's class path.
     *
     * @param source the file
     * @param folder where the classes go
     * @throws UsageException if it does not compile; the message has the compiler's lines
     */
    static void run(Path source, Path folder) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new UsageException(source + " cannot be compiled: this Java has no compiler. Use a JDK, not a JRE.");
        }
        var findings = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(findings, null, StandardCharsets.UTF_8)) {
            var units = files.getJavaFileObjects(source);
            if (!compiler.getTask(null, files, findings, options(folder), null, units).call()) {
                throw new UsageException(source + " does not compile:\n" + lines(findings.getDiagnostics()));
            }
        }
    }

    /** No source path: a scenario is one file, and what lies beside it must not be compiled by accident. */
    private static List<String> options(Path folder) {
        return List.of(
                "-d", folder.toString(),
                "-classpath", System.getProperty("java.class.path"),
                "-sourcepath", "",
                "-proc:none", "-parameters", "-g");
    }

    private static String lines(List<Diagnostic<? extends JavaFileObject>> findings) {
        var errors = findings.stream().filter(finding -> finding.getKind() == Diagnostic.Kind.ERROR).toList();
        String lines = errors.stream().map(Object::toString).collect(Collectors.joining("\n"));
        return errors.stream().anyMatch(Compilation::isOurName) ? lines + "\n" + HINT : lines;
    }

    private static boolean isOurName(Diagnostic<?> error) {
        String message = error.getMessage(Locale.ENGLISH);
        return error.getCode().equals("compiler.err.ref.ambiguous")
                && (message.contains("procession.Process") || message.contains("procession.Queue"));
    }
}
