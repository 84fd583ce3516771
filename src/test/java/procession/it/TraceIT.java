package procession.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import procession.view.TraceRules;

/** Traces of runs that are started by the command: as they are written at the end of a run, and of its record. */
@Timeout(240)
class TraceIT {

    @TempDir
    Path directory;

    private List<Map<String, Object>> events(String file) throws Exception {
        return TraceRules.held(Files.readString(directory.resolve(file)));
    }

    private static List<String> namesOf(List<Map<String, Object>> events, String phase) {
        return events.stream().filter(event -> event.get("ph").equals(phase)).map(event -> (String) event.get("name")).toList();
    }

    /** Their holds, in the order in which they began. */
    private static List<String> holds(List<Map<String, Object>> events) {
        return events.stream().filter(event -> event.get("ph").equals("b") && event.get("cat").equals("hold"))
                .map(event -> event.get("name") + " " + event.get("args")).toList();
    }

    /** How often the keeper granted the lock, and borrowers granted it to themselves. */
    private long granted(String record) throws Exception {
        return Files.readAllLines(directory.resolve(record)).stream().filter(line -> line.contains("\"kind\":\"GRANTED\"")
                || line.contains("\"request\":-") && line.contains("\"outcome\":\"Granted\"")).count();
    }

    @Test
    void theTraceOfARunInWhichTheHolderIsKilledIsThatOfItsRecord() throws Exception {
        var ran = Typed.run(directory, "--trace", "run.json", "--record", "run.jsonl", "ticket-sales", "--clients", "3", "--tickets", "3",
                "--pace", "0.01", "--kill", "client-2");
        ran.passed("ticket-sales");
        var command = Typed.command(directory, Duration.ofMinutes(1), "trace", "run.jsonl");

        assertThat(command.code()).isZero();
        var events = events("run.json");
        assertThat((long) holds(events).size()).isPositive().isEqualTo(granted("run.jsonl"));
        assertThat(holds(events)).isEqualTo(holds(events("run.trace.json"))).anySatisfy(hold -> assertThat(hold).contains("after=client-2"));
        assertThat(namesOf(events, "i")).anySatisfy(name -> assertThat(name).startsWith("ABANDONED: lock 'tickets': client-2 killed by signal 9"));
        assertThat(namesOf(events, "M")).contains("process_name", "thread_name");
    }

    @Test
    void aRunThatFailsLeavesItsTraceAndNothingElse() throws Exception {
        var scenario = Files.writeString(directory.resolve("Fails.java"), """
                import procession.Procession;

                class Fails {
                    public static void main(String[] arguments) throws Exception {
                        var run = Procession.start();
                        var lock = run.lock("it");
                        lock.acquire();
                        throw new IllegalStateException("on purpose");
                    }
                }
                """);

        var ran = Typed.run(directory, "--trace", "failed.json", scenario.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("on purpose");
        assertThat(holds(events("failed.json"))).hasSize(1);
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("Fails.java", "failed.json");
        }
    }
}
