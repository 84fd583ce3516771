package procession.testkit;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;
import procession.node.Folders;

/** What is kept of a test that fails: see {@link ProcessionExtension}. Of one that succeeds nothing is. */
final class Dossier {

    private static final String DIR = "procession.testkit.dir";
    private static final Pattern INVOCATION = Pattern.compile("\\[test-template-invocation:#(\\d+)\\]");

    /** Something that ends processes. */
    @FunctionalInterface
    interface End {
        void run() throws InterruptedException;
    }

    /** Says where it is, in the stack trace of the failure. */
    private static final class KeptException extends Exception {
        private static final long serialVersionUID = 1;

        KeptException(String where) {
            super(where, null, false, false);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    private final String name;
    private final Path folder;
    private final Stage stage;
    private final long printedBefore;
    private Throwable failure;

    private Dossier(String name, Path folder, Stage stage, long printedBefore) {
        this.name = name;
        this.folder = folder;
        this.stage = stage;
        this.printedBefore = printedBefore;
        Folders.delete(folder); // What an earlier failure has left is not of this one.
        folder.getParent().toFile().delete(); // If that was all.
    }

    /** Of a test of a class. */
    static Dossier ofTest(ExtensionContext context, Stage stage) {
        var method = context.getTestMethod().map(java.lang.reflect.Method::getName).orElse("test");
        Matcher invocation = INVOCATION.matcher(context.getUniqueId());
        var number = invocation.find() ? "-" + invocation.group(1) : "";
        return new Dossier(context.getRequiredTestClass().getSimpleName() + "." + method + number,
                folder(context).resolve(safe(method) + number), stage, stage.output().length());
    }

    /** Of what belongs to no test: before and after all of them. */
    static Dossier ofClass(ExtensionContext context, Stage stage) {
        return new Dossier(context.getRequiredTestClass().getSimpleName(), folder(context).resolve("_class"), stage, 0);
    }

    private static Path folder(ExtensionContext context) {
        return base().resolve(safe(context.getRequiredTestClass().getName().replace('$', '.')));
    }

    private static Path base() {
        var given = System.getProperty(DIR, "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        boolean isGradle = Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts"));
        return Path.of(isGradle && !Files.exists(Path.of("pom.xml")) ? "build" : "target", "procession");
    }

    /** As the name of a file. */
    static String safe(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}._:-]", "_");
    }

    String name() {
        return name;
    }

    /** The test has failed: keeps what is there of its processes only as long as they live. */
    void failed(Throwable why) {
        if (failure != null || why instanceof TestAbortedException) {
            return;
        }
        failure = why;
        boolean interrupted = Thread.interrupted();
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Files.writeString(folder.resolve("summary.txt"), summary());
            ThreadDumps.write(folder, stage.test().living());
        } catch (IOException | RuntimeException incomplete) {
            why.addSuppressed(incomplete);
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String summary() {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return name + " has failed.\n\n" + stage.test().report() + "\n\n" + trace;
    }

    /** Ends the test's processes, and keeps what they have left if it has failed. */
    void end(End end) {
        boolean interrupted = Thread.interrupted();
        Throwable thrown = null;
        try {
            end.run();
        } catch (InterruptedException again) {
            interrupted = true;
            thrown = new AssertionError("Interrupted while the processes of " + name + " were ended.", again);
        } catch (RuntimeException | Error failed) {
            thrown = failed;
        }
        if (thrown != null) {
            failed(thrown);
        }
        keep();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (thrown) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case null, default -> { }
        }
    }

    private void keep() {
        if (failure != null) {
            try {
                Files.write(folder.resolve("output.txt"), stage.output().since(printedBefore));
                Kept.logs(stage.logs(), folder);
                if (stage.record().isPresent()) {
                    Kept.record(stage.record().get(), folder);
                }
            } catch (IOException | RuntimeException incomplete) {
                failure.addSuppressed(incomplete);
            }
            var where = "What the processes of " + name + " did is in " + folder.toAbsolutePath()
                    + ": summary, output, record, trace and threads.";
            failure.addSuppressed(new KeptException(where));
            System.err.println("procession: " + where);
        }
    }
}
