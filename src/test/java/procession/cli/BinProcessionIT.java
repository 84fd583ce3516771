package procession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import procession.it.BuiltCommand;

/** {@code bin/procession} as a person types it, in a directory of theirs. */
class BinProcessionIT {

    @TempDir
    Path directory;

    private record Ended(int code, String out, String err) {}

    private Ended procession(String... arguments) throws Exception {
        return run(BuiltCommand.path(), arguments);
    }

    private Ended run(Path command, String... arguments) throws Exception {
        var line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile("out", "");
        Path err = Files.createTempFile("err", "");
        try {
            var process = BuiltCommand.of(new ProcessBuilder(line))
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static void isOneSentence(Ended ended, int code) {
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("procession: ").hasLineCount(1).doesNotContain("Exception", "\tat ");
    }

    @Test
    void helpAndVersionArePrintedEverywhere() throws Exception {
        for (var arguments : List.of(new String[0], new String[] {"run"}, new String[] {"run", "ticket-sales"},
                new String[] {"check"}, new String[] {"trace"}, new String[] {"bench"})) {
            var help = procession(with(arguments, "--help"));
            assertThat(help.code()).isZero();
            assertThat(help.out()).startsWith("Usage: " + String.join(" ", with(new String[] {"procession"}, arguments)));
            assertThat(help.err()).isEmpty();
            var version = procession(with(arguments, "--version"));
            assertThat(version.code()).isZero();
            assertThat(version.out()).startsWith("procession 0.").hasLineCount(1);
        }
    }

    @Test
    void withoutACommandTheHelpIsAnError() throws Exception {
        var ended = procession();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).startsWith("Usage: procession");
    }

    @Test
    void theListNamesTheSamples() throws Exception {
        var ended = procession("run", "--list");

        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines().map(line -> line.split(" ")[0])).containsExactly("bank", "car-market",
                "connection-pool", "hello-process", "isolated-memory", "messenger", "ticket-sales", "traffic-light", "word-count",
                "workshop");
    }

    @Test
    void aSampleSaysWhatItsOptionsAre() throws Exception {
        assertThat(procession("run", "ticket-sales", "--help").out())
                .contains("--clients=N", "--tickets=N", "--no-lock", "--kill=TEXT", "--pace=F", "--seed=N", "--name=NAME");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "run ticket-sale                             | Did you mean ticket-sales?",
        "run no.such.Class                           | no.such.Class",
        "run                                         | run what?",
        "rnu                                         | Did you mean run?",
        "ticket-sales                                | Did you mean `procession run ticket-sales`?",
        "run --nmae x ticket-sales                   | Did you mean --name?",
        "run ticket-sales --clinets 3                | Did you mean --clients?",
        "run ticket-sales --clients many             | --clients takes a whole number, 0 or more, not 'many'.",
        "run ticket-sales --clients -2               | --clients takes a whole number, 0 or more, not '-2'.",
        "run ticket-sales --tickets 1e3              | --tickets takes a whole number, 0 or more, not '1e3'.",
        "run ticket-sales --kill client-21           | no client-21 among the 20 clients",
        "run ticket-sales --kill client-1 --no-lock  | --no-lock",
        "run connection-pool --permits 0             | would wait for ever",
        "run workshop --producers 3 --consumers 2    | would wait for ever",
        "run messenger --file missing.txt            | There is no file missing.txt",
        "run messenger --file .                      | is a folder",
        "run --config missing.conf hello-process     | There is no file missing.conf",
        "run hello-process -D name                   | -D takes KEY=VALUE, not 'name'.",
        "run Missing.java                            | There is no file Missing.java",
        "run --record no/such/folder hello-process   | There is no folder",
        "run hello-process --record .                | is there already",
        "run --view-port x hello-process             | --view-port takes a whole number, not 'x'.",
        "doctor --processes many                     | --processes takes a whole number, not 'many'.",
        "check                                       | check what?",
        "check missing.jsonl                         | There is no file missing.jsonl",
        "check .                                     | is a folder",
        "trace missing.jsonl                         | There is no file missing.jsonl",
        "trace --into there one.jsonl                | There is no option --into. See `procession trace --help`.",
        "run --trace no/such/folder hello-process    | There is no folder",
        "run hello-process --trace .                 | is there already",
        "run --trace t.json --join nobody hello-process | --trace is for the program that starts a run",
        "check one.jsonl two.jsonl                   | 'two.jsonl' is one argument too many.",
        "check --strict one.jsonl                    | There is no option --strict. See `procession check --help`.",
        "bench lock.pear                             | Did you mean lock.pair?",
        "bench nothing.like.it                       | They begin with limit, ",
        "bench --json .                              | is there already",
        "bench --json no/such/folder.json            | There is no folder",
        "bench --quik                                | Did you mean --quick?",
    })
    void badInputIsOneSentence(String arguments, String said) throws Exception {
        var ended = procession(arguments.split(" "));

        isOneSentence(ended, 2);
        assertThat(ended.err()).contains(said);
    }

    @Test
    void brokenTicketsAreOneSentence() throws Exception {
        Files.writeString(directory.resolve("ticks.json"), "{\"origin\": \"Xi'an\", \"dest\"");

        var ended = procession("run", "ticket-sales");

        isOneSentence(ended, 2);
        assertThat(ended.err()).contains("ticks.json");
    }

    @Test
    void aTextThatIsNoTextIsOneSentence() throws Exception {
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        isOneSentence(procession("run", "messenger", "--file", "binary"), 2);
    }

    @Test
    void aFileThatDoesNotCompileShowsTheCompilersLines() throws Exception {
        Files.writeString(directory.resolve("Wide.java"), "import procession.*;\nclass Wide { Process process; }\n");

        var ended = procession("run", "Wide.java");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).startsWith("procession: Wide.java does not compile:\nWide.java:2: error: ")
                .contains("is ambiguous", "import procession.Process;")
                .doesNotContain("\tat ");
    }

    @Test
    void aFileRunsFromAnyDirectoryAndThroughALink() throws Exception {
        Files.writeString(directory.resolve("Echo.java"), """
                public class Echo { public static void main(String[] args) { System.out.println(String.join(",", args)); } }""");
        var link = Files.createSymbolicLink(directory.resolve("link"), BuiltCommand.path());
        try {
            var ended = run(link, "run", "Echo.java", "a", "--help", "-D");

            assertThat(ended).isEqualTo(new Ended(0, "a,--help,-D\n", ""));
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void whatAScenarioThrowsIsShownWithItsOwnTraceOnly() throws Exception {
        Files.writeString(directory.resolve("Thrower.java"), """
                class Thrower { public static void main(String[] args) { throw new IllegalArgumentException("mine"); } }""");

        var ended = procession("run", "Thrower.java");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).isEqualTo("""
                Exception in thread "main" java.lang.IllegalArgumentException: mine
                \tat Thrower.main(Thrower.java:1)
                """);
    }

    /** The classes of a file have a loader of their own, in workers, too. */
    @Test
    void aPoolDoesTasksOfAFile() throws Exception {
        Files.writeString(directory.resolve("Squares.java"), """
                import java.util.List;
                import procession.Procession;
                public class Squares {
                    record Pair(int a, int b) {}
                    public static void main(String[] args) throws InterruptedException {
                        try (var run = Procession.start(); var pool = run.pool(2)) {
                            System.out.println(pool.map(Squares::square, List.of(1, 2, 3)).withProgress().get());
                            System.out.println(pool.apply(Squares::sum, new Pair(3, 4)));
                        }
                    }
                    static int square(int number) { return number * number; }
                    static Pair sum(Pair pair) { return new Pair(pair.a() + pair.b(), 0); }
                }
                """);

        assertThat(procession("run", "Squares.java")).isEqualTo(new Ended(0, "[1, 4, 9]\nPair[a=7, b=0]\n", ""));
    }

    @Test
    void aFailedCheckIsToldOnce() throws Exception {
        Files.writeString(directory.resolve("Failing.java"), """
                class Failing { public static void main(String[] args) {
                    procession.Check.of("failing").that(false, "it broke").finish("");
                } }""");

        assertThat(procession("run", "Failing.java")).isEqualTo(new Ended(4, "FAIL failing: it broke\n", ""));
    }

    @Test
    void aChildStartsFromTheArchiveAndMakesFewLambdasItself() throws Exception {
        var loaded = directory.resolve("loaded");
        Files.writeString(directory.resolve("Logged.java"), """
                public class Logged {
                    static void body() { }
                    public static void main(String[] args) throws Exception {
                        try (var run = procession.Procession.start()) {
                            run.process(Logged::body).jvmOptions("-Xlog:class+load:file=" + args[0]).start().join();
                        }
                    }
                }
                """);

        assertThat(procession("run", "Logged.java", loaded.toString())).isEqualTo(new Ended(0, "", ""));

        var classes = Files.readAllLines(loaded);
        assertThat(classes).filteredOn(line -> line.contains(" source: shared objects file")).hasSizeGreaterThan(4000);
        assertThat(classes).filteredOn(line -> line.contains("$$Lambda") && !line.contains(" source: shared objects file"))
                .hasSizeLessThan(60);
    }

    private static String[] with(String[] first, String... then) {
        var all = new ArrayList<>(List.of(first));
        all.addAll(List.of(then));
        return all.toArray(String[]::new);
    }
}
