package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/procession run --output-dir}: one file per process, and the terminal as it always is. */
@Timeout(240)
class OutputDirIT {

    private static final Pattern OF_CHILD = Pattern.compile("\\[(\\S+) (\\d+)] (.*)");

    @TempDir
    Path directory;

    /** What was printed, by process: name, or name and pid of a child. */
    private static Map<String, String> byProcess(String printed) {
        var all = new TreeMap<String, String>();
        printed.lines().forEach(line -> {
            var ofChild = OF_CHILD.matcher(line);
            boolean isOfChild = ofChild.matches();
            all.merge(isOfChild ? ofChild.group(1) + "-" + ofChild.group(2) : "MainProcess", (isOfChild ? ofChild.group(3) : line) + "\n",
                    String::concat);
        });
        return all;
    }

    private Map<String, String> files() throws IOException {
        var all = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString().replaceFirst("\\.log$", "");
                all.put(name.startsWith("MainProcess-") ? "MainProcess" : name, Files.readString(file));
            }
        }
        return all;
    }

    @Test
    void eachProcessOfASampleHasAFileWithWhatItPrinted() throws Exception {
        var typed = Typed.run(directory, "--output-dir", "out", "ticket-sales", "--clients", "3", "--tickets", "2", "--pace", "0.01");

        typed.passed("ticket-sales");
        assertThat(files()).isEqualTo(byProcess(typed.out())).hasSize(4);
    }

    @Test
    void bothStreamsOfMainOfChildrenAndOfTheirChildrenAreThereFromTheFirstLineToTheLast() throws Exception {
        Files.writeString(directory.resolve("Speaks.java"), """
                import procession.Procession;
                class Speaks {
                    public static void main(String[] args) throws Exception {
                        System.out.println("first");
                        try (var run = Procession.start()) { run.process(Speaks::parent).name("parent").start().join(); }
                        System.out.print("no end ");
                        throw new IllegalStateException("mine");
                    }
                    static void parent() throws Exception {
                        System.err.println("oh");
                        Procession.current().process(Speaks::child).name("a/child").start().join();
                        System.out.println("well");
                    }
                    static void child() { System.out.println("below"); }
                }""");

        var typed = Typed.run(directory, "--output-dir", "out", "Speaks.java");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out()).startsWith("first\n").endsWith("no end ");
        var files = files();
        assertThat(files.keySet().stream().map(name -> name.replaceFirst("-\\d+$", "")))
                .containsExactly("MainProcess", "a_child", "parent");
        assertThat(files.get("MainProcess")).startsWith("first\n").contains("IllegalStateException: mine\n\tat Speaks.main")
                .endsWith("no end ");
        assertThat(files.values()).contains("oh\nwell\n", "below\n");
    }

    @Test
    void aFolderThatCannotBeWrittenToIsOneSentence() throws Exception {
        Files.writeString(directory.resolve("file"), "");

        Typed.run(directory, "hello-process", "--output-dir", "file").refused(2, "procession.output.dir", "it is no folder");
    }
}
