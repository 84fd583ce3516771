package procession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import procession.view.TraceRules;

class TraceRecordTest {

    private static final String HEADER =
            "{\"type\":\"record\",\"format\":1,\"run\":\"demo\",\"start\":\"2026-11-25T09:00:00Z\",\"nanos\":0}\n";
    private static final String START =
            "{\"type\":\"happening\",\"step\":1,\"nanos\":1000,\"kind\":\"PROCESS_STARTED\",\"owner\":1,\"process\":\"main\",\"detail\":\"pid 12\"}\n";
    private static final String END = "{\"type\":\"end\",\"nanos\":1500000,\"owner\":1,\"orderly\":true}\n";

    private static final int HOLDS = 100_000;

    @TempDir
    Path folder;

    private Path record(String content) throws Exception {
        return Files.writeString(folder.resolve("sales.jsonl"), content);
    }

    private Path trace() {
        return folder.resolve("sales.trace.json");
    }

    private static Executed trace(Object... arguments) {
        return Executed.of(Stream.concat(Stream.of("trace"), Stream.of(arguments).map(Object::toString)).toArray(String[]::new));
    }

    private static void refused(Executed told, String sentence) {
        assertThat(told.code()).isEqualTo(2);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).startsWith("procession: ").contains(sentence).hasLineCount(1);
    }

    @Test
    void aTraceIsMadeBesideItsRecordForItsOwnerOnly() throws Exception {
        var told = trace(record(HEADER + START + END));

        assertThat(told.err()).isEmpty();
        assertThat(told.code()).isZero();
        assertThat(told.out()).isEqualTo(trace() + " is a trace of it; https://ui.perfetto.dev opens it.\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(trace()))).isEqualTo("rw-------");
        assertThat(TraceRules.held(Files.readString(trace()))).anySatisfy(event -> assertThat(event).containsEntry("ph", "X")
                .containsEntry("name", "main").containsEntry("pid", 12));
    }

    @Test
    void whatIsDamagedIsSkipped() throws Exception {
        trace(record(HEADER + "{\"type\":\"happening\",\"st" + START + "not a line\n"));

        assertThat(TraceRules.held(Files.readString(trace()))).anySatisfy(event -> assertThat(event).containsEntry("name", "main"));
    }

    @Test
    void nothingIsWrittenOverUnlessItIsForced() throws Exception {
        var record = record(HEADER + START + END);
        Files.writeString(trace(), "mine");

        refused(trace(record), "is there already; nothing is written over it.");
        assertThat(trace()).hasContent("mine");
        assertThat(trace("--force", record).code()).isZero();
        TraceRules.held(Files.readString(trace()));
    }

    @Test
    void theRecordIsNeverWrittenOver() throws Exception {
        var record = record(HEADER + START + END);

        refused(trace("--force", "-o", record, record), "is the record itself");
        assertThat(record).hasContent(HEADER + START + END);
    }

    @Test
    void whatIsNoRecordIsRefusedAndLeavesNothing() throws Exception {
        refused(trace(record("hello\n")), "is no record of a run");
        assertThat(trace()).doesNotExist();
        refused(trace(folder.resolve("none.jsonl")), "There is no file");
        refused(trace("-o", folder.resolve("no/such.json"), record(HEADER)), "There is no folder");
    }

    @Test
    void everyHoldOfALongRecordIsInItsTrace() throws Exception {
        var record = folder.resolve("long.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(record)) {
            out.write(HEADER + START + "{\"type\":\"happening\",\"step\":2,\"nanos\":2000,\"kind\":\"MADE\",\"owner\":1,\"process\":\"main\","
                    + "\"primitive\":\"1.1\",\"detail\":\"a lock\"}\n");
            for (long i = 1; i <= HOLDS; i++) {
                happening(out, 2 * i + 1, "ASKED", i, "\"detail\":\"AcquireLock\"");
                happening(out, 2 * i + 1, "GRANTED", i, "\"number\":" + i + ",\"units\":1");
                happening(out, 2 * i + 2, "RELEASED", i, "\"number\":" + i);
            }
        }

        assertThat(trace(record).code()).isZero();

        try (var lines = Files.lines(folder.resolve("long.trace.json"))) {
            assertThat(lines.filter(line -> line.contains("\"ph\":\"b\"")).count()).isEqualTo(HOLDS);
        }
    }

    private static void happening(BufferedWriter out, long step, String kind, long request, String more) throws Exception {
        out.write("{\"type\":\"happening\",\"step\":" + step + ",\"nanos\":" + step * 1000 + ",\"kind\":\"" + kind
                + "\",\"owner\":1,\"process\":\"main\",\"primitive\":\"1.1\",\"strand\":1,\"request\":" + request + "," + more + "}\n");
    }
}
