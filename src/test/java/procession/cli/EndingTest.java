package procession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import procession.CheckFailedException;
import procession.ClusterException;
import procession.EncodingException;
import procession.ProcessStartException;
import procession.SettingsException;
import procession.TimedOutException;
import procession.UsageException;

class EndingTest {

    private static final String USER = "shop.Main.main(Main.java:7)";

    static Stream<List<Object>> endings() {
        return Stream.of(
                List.of(new UsageException("wrong."), 2, "procession: wrong.\n"),
                List.of(new SettingsException("wrong key."), 2, "procession: wrong key.\n"),
                List.of(new ClusterException("port in use."), 3, "procession: port in use.\n"),
                List.of(new ProcessStartException("no more processes."), 3, "procession: no more processes.\n"),
                List.of(new CheckFailedException("FAIL"), 4, ""),
                List.of(at(new EncodingException("no encoding."), "procession.wire.Codec.put", "procession.node.Kid.start", USER),
                        2, "procession: no encoding.\n"),
                List.of(at(new IllegalArgumentException("a lambda."), "procession.session.Run.newProcess", USER),
                        2, "procession: a lambda. (Main.java:7)\n"),
                List.of(at(new IllegalArgumentException("Main.java:7: a lambda."), "procession.session.Run.newProcess", USER),
                        2, "procession: Main.java:7: a lambda.\n"));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void whatThePersonOrTheEnvironmentDidIsOneSentence(List<Object> ending) {
        var told = tell((Throwable) ending.get(0));

        assertThat(told.code()).isEqualTo(ending.get(1));
        assertThat(told.text()).isEqualTo(ending.get(2));
    }

    static Stream<Throwable> scenarios() {
        return Stream.of(
                at(new IllegalArgumentException("mine"), USER),
                at(new IllegalArgumentException("the JDK's"), "java.util.ArrayList.<init>", USER),
                at(new IllegalStateException("released twice"), "procession.session.Grant.release", USER),
                at(new TimedOutException("late"), "procession.session.Lock.acquire", USER),
                at(new EncodingException("put"), "procession.wire.Codec.encode", "procession.session.Queue.put", USER),
                at(new StackOverflowError(), USER));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whatTheScenarioThrewKeepsItsTrace(Throwable thrown) {
        var told = tell(thrown);

        assertThat(told.code()).isEqualTo(1);
        assertThat(told.text()).startsWith("Exception in thread \"").contains(thrown.toString(), "\tat " + USER);
    }

    @Test
    void theTraceEndsAtTheScenariosMain() {
        var cause = at(new IllegalStateException("below"), USER, "jdk.internal.reflect.X.invoke", "procession.cli.Main.main");
        var thrown = at(new RuntimeException("above", cause), "shop.Main.sell(Main.java:9)", USER,
                "jdk.internal.reflect.X.invoke", "java.lang.reflect.Method.invoke", "procession.cli.Program.call",
                "picocli.CommandLine.execute", "procession.cli.Main.main");

        var told = tell(new InvocationTargetException(thrown));

        assertThat(told.text()).contains("above", "below", USER).doesNotContain("reflect", "picocli", "procession.cli");
    }

    private record Tale(int code, String text) {}

    private static Tale tell(Throwable thrown) {
        var text = new ByteArrayOutputStream();
        int code = Ending.of(thrown).tell(new PrintStream(text, true));
        return new Tale(code, text.toString().replace(System.lineSeparator(), "\n"));
    }

    /** With a stack of these frames, innermost first. */
    private static <T extends Throwable> T at(T thrown, String... frames) {
        thrown.setStackTrace(Stream.of(frames).map(EndingTest::frame).toArray(StackTraceElement[]::new));
        return thrown;
    }

    private static StackTraceElement frame(String text) {
        String method = text.split("\\(")[0];
        int dot = method.lastIndexOf('.');
        boolean placed = text.contains("(");
        int line = placed ? Integer.parseInt(text.replaceAll(".*:(\\d+)\\)", "$1")) : -1;
        return new StackTraceElement(method.substring(0, dot), method.substring(dot + 1), placed ? "Main.java" : null, line);
    }
}
