package procession.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import java.util.stream.Stream;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.core.Sent;
import procession.core.Spec;

class LineFormatTest {

    private static String text(Line line) throws IOException {
        return new String(LineEncoder.encode(line), StandardCharsets.UTF_8);
    }

    static Stream<Line> lines() {
        return Stream.of(
                new Line.Header(1, "my \"run\"", "0.1", "2026-11-25T09:00:00Z", -5, 3),
                new Line.Happened(new Happening(4, Long.MIN_VALUE, Happening.Kind.GOT, 2, "anna", Optional.of(new PrimitiveId(0, 7)),
                        Optional.of("Warteschlange für Gäste 客"), 11, 12, 13, 14, "to 1")),
                new Line.Happened(new Happening(1, 0, Happening.Kind.PROCESS_ENDED, 2, "", Optional.empty(), Optional.empty(), 0, 0, 0, 0,
                        "failed with\na line")),
                new Line.Invoked(1, 2, "anna", 3, 4, new PrimitiveId(5, 6), Optional.of("x"), "AcquirePermits", 0, true, 8, 9, "unowned"),
                new Line.Invoked(1, 2, "anna", 0, 4, new PrimitiveId(5, 6), Optional.empty(), "Get", Sent.FOR_EVER, false, 0, 0, ""),
                new Line.Returned(1, 2, "anna", 3, "Refused", "not-held", 0, 0, 0, ""),
                new Line.Returned(1, 2, "anna", 3, "Resumed", "", 4, 5, 6, "signalled"),
                new Line.Dropped(1, 2, "anna", 3),
                new Line.End(1, 2, true),
                new Line.End(1, 2, false));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatIsWrittenIsRead(Line line) throws IOException {
        var bytes = LineEncoder.encode(line);

        var decoded = new LineDecoder().decode(bytes, 0, bytes.length);

        assertThat(decoded.line()).isEqualTo(line);
        assertThat(decoded.end()).isEqualTo(bytes.length - 1);
    }

    @Test
    void whereAnObjectEndsIsKnownInTheMiddleOfALine() throws IOException {
        var one = text(new Line.End(1, 2, true)).strip();
        var bytes = ("xyz" + one + one).getBytes(StandardCharsets.UTF_8);

        assertThat(new LineDecoder().decode(bytes, 3, bytes.length).end()).isEqualTo(3 + one.length());
    }

    @Test
    void whatIsEmptyIsLeftOut() throws IOException {
        var plain = new Line.Invoked(1, 2, "anna", 0, 4, new PrimitiveId(5, 6), Optional.empty(), "Get", Sent.FOR_EVER, false, 0, 0, "");

        assertThat(text(plain)).isEqualTo("{\"type\":\"invoked\",\"nanos\":1,\"owner\":2,\"process\":\"anna\",\"request\":4,\"primitive\":\"5.6\","
                        + "\"command\":\"Get\"}\n");
    }

    @Test
    void halfACharacterInANameDoesNotStopAnybody() throws IOException {
        assertThat(text(new Line.Dropped(1, 2, "an\ud800na", 3))).contains("\"process\":\"an?na\"");
    }

    @ParameterizedTest
    @MethodSource("specs")
    void whatAPrimitiveIsIsReadFromItsWords(Spec spec, Primitive.Kind kind, String variant, int size) {
        var made = new Happening(1, 0, Happening.Kind.MADE, 1, "", Optional.of(new PrimitiveId(1, 1)), Optional.of("x"), 0, 0, 0, 0,
                spec.toString());

        assertThat(Primitive.of(made)).isEqualTo(new Primitive(new PrimitiveId(1, 1), Optional.of("x"), kind, variant, size));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> specs() {
        return Stream.of(
                of(new Spec.Lock(false), Primitive.Kind.LOCK, "", 0),
                of(new Spec.Lock(true), Primitive.Kind.LOCK, "re-entrant", 0),
                of(new Spec.Semaphore(0, false), Primitive.Kind.SEMAPHORE, "", 0),
                of(new Spec.Semaphore(12, true), Primitive.Kind.SEMAPHORE, "bounded", 12),
                of(new Spec.Event(), Primitive.Kind.EVENT, "", 0),
                of(new Spec.Queue(0, Spec.QueueKind.SIMPLE), Primitive.Kind.QUEUE, "simple", 0),
                of(new Spec.Queue(0, Spec.QueueKind.PLAIN), Primitive.Kind.QUEUE, "", 0),
                of(new Spec.Queue(5, Spec.QueueKind.PLAIN), Primitive.Kind.QUEUE, "", 5),
                of(new Spec.Queue(5, Spec.QueueKind.JOINABLE), Primitive.Kind.QUEUE, "joinable", 5),
                of(new Spec.Pipe(true, 1), Primitive.Kind.PIPE, "", 0),
                of(new Spec.Pipe(false, 1), Primitive.Kind.PIPE, "one-way", 0),
                of(new Spec.Barrier(3, Sent.FOR_EVER), Primitive.Kind.BARRIER, "", 3),
                of(new Spec.Barrier(3, 7), Primitive.Kind.BARRIER, "", 3),
                of(new Spec.Latch(4), Primitive.Kind.LATCH, "", 4),
                of(new Spec.ReadWriteLock(), Primitive.Kind.READ_WRITE_LOCK, "", 0));
    }

    private static org.junit.jupiter.params.provider.Arguments of(Object... values) {
        return org.junit.jupiter.params.provider.Arguments.of(values);
    }
}
