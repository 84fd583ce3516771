package procession.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import procession.core.Happening;
import procession.core.PrimitiveId;
import procession.core.Sent;

/**
 * A record that a test writes line by line. Each line is a microsecond later than the one before, and each of the keeper's a step of its
 * own unless it is said to be of the same. Every method gives the number of the last line that it wrote.
 */
final class ByHand {

    static final long MAIN = 1;
    static final long ANNA = 2;
    static final long BEN = 3;
    static final long CLEO = 4;
    private static final List<String> NAMES = List.of("", "MainProcess", "anna", "ben", "cleo");
    private static final long MICRO = 1000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private PrimitiveId primitive = new PrimitiveId(1, 1);
    private long now = 1_000_000;
    private long step;
    private boolean sameStep;
    private long strand = 1;
    private int lines;

    ByHand() {
        write(new Line.Header(Line.FORMAT, "by-hand", "1", "2026-11-25T09:00:00Z", now, 1));
    }

    /** A run in which all take part, with one primitive. */
    static ByHand with(String spec) {
        var record = new ByHand();
        for (long owner = MAIN; owner <= CLEO; owner++) {
            record.happened(Happening.Kind.PROCESS_STARTED, owner, 0, 0, 0, "pid " + (100 + owner));
        }
        record.made(spec);
        return record;
    }

    int write(Line line) {
        try {
            bytes.writeBytes(LineEncoder.encode(line));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return ++lines;
    }

    /** Bytes as they are, without an end of line. */
    ByHand raw(String text) {
        bytes.writeBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return this;
    }

    private long tick() {
        now += MICRO;
        return now;
    }

    /** The next lines are so much later. */
    ByHand later(long micros) {
        now += micros * MICRO;
        return this;
    }

    /** The next line of the keeper is of the same step as its last. */
    ByHand and() {
        sameStep = true;
        return this;
    }

    /** The next lines are about another primitive. */
    ByHand on(String id) {
        int dot = id.indexOf('.');
        primitive = new PrimitiveId(Long.parseLong(id.substring(0, dot)), Long.parseLong(id.substring(dot + 1)));
        return this;
    }

    /** The next lines are of another thread. */
    ByHand thread(long number) {
        strand = number;
        return this;
    }

    static String name(long owner) {
        return NAMES.get((int) owner);
    }

    // The keeper's lines.

    int happened(Happening.Kind kind, long owner, long request, long number, int units, String detail) {
        step += sameStep ? 0 : 1;
        sameStep = false;
        boolean ofProcess = kind == Happening.Kind.PROCESS_STARTED || kind == Happening.Kind.PROCESS_ENDED;
        return write(new Line.Happened(new Happening(step, tick(), kind, owner, name(owner), ofProcess ? Optional.empty()
                : Optional.of(primitive), Optional.empty(), request == 0 ? 0 : strand, request, number, units, detail)));
    }

    int made(String spec) {
        return happened(Happening.Kind.MADE, MAIN, 0, 0, 0, spec);
    }

    int asked(long owner, long request, String command, long number, int units) {
        return happened(Happening.Kind.ASKED, owner, request, number, units, command);
    }

    /** What follows from a request, in the step in which it was asked. */
    int then(Happening.Kind kind, long owner, long request, long number, int units, String detail) {
        return and().happened(kind, owner, request, number, units, detail);
    }

    int ended(long owner, String how) {
        return happened(Happening.Kind.PROCESS_ENDED, owner, 0, 0, 0, how);
    }

    // The lines of processes.

    int invoked(long owner, long request, String command, long number, int units, String detail, long timeout, boolean quiet) {
        return write(new Line.Invoked(tick(), owner, name(owner), strand, request, primitive, Optional.empty(), command, timeout, quiet,
                number, units, detail));
    }

    int invoked(long owner, long request, String command) {
        return invoked(owner, request, command, 0, 0, "", Sent.FOR_EVER, false);
    }

    int returned(long owner, long request, String outcome, long number, int units) {
        return returned(owner, request, outcome, "", number, units, 0, "");
    }

    int returned(long owner, long request, String outcome, String code, long number, int units, long abandoned, String detail) {
        return write(new Line.Returned(tick(), owner, name(owner), request, outcome, code, number, units, abandoned, detail));
    }

    // What often comes together.

    /** Asks, and the keeper hears of it. */
    int asks(long owner, long request, String command, long number, int units) {
        invoked(owner, request, command, number, units, "", Sent.FOR_EVER, false);
        return asked(owner, request, command, number, units);
    }

    /** The whole of an acquire that is granted at once; the line that tells its process. */
    int acquires(long owner, long request, long fence) {
        asks(owner, request, "AcquireLock", 0, 0);
        then(Happening.Kind.GRANTED, owner, request, fence, 1, "");
        return returned(owner, request, "Granted", fence, 1);
    }

    /** The whole of a release; the line with which it begins. */
    int releases(long owner, long request, long fence) {
        int begins = invoked(owner, request, "ReleaseLock", fence, 0, "", Sent.FOR_EVER, true);
        asked(owner, request, "ReleaseLock", fence, 0);
        then(Happening.Kind.RELEASED, owner, request, fence, 0, "");
        return begins;
    }

    int end() {
        return write(new Line.End(tick(), MAIN, true));
    }

    // The verdict.

    RecordReader reader() throws IOException {
        return RecordReader.of("by-hand.jsonl", new ByteArrayInputStream(bytes.toByteArray()));
    }

    Judgement judge() {
        try (var reader = reader()) {
            return Judgement.of(reader);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Every law holds. */
    void isClean() {
        assertThat(judge().violations()).isEmpty();
    }

    /** A law is broken, and these lines are said to show it. */
    void breaks(String law, int... places) {
        var violations = judge().violations();
        assertThat(violations.stream().filter(violation -> violation.law().equals(law))
                .map(violation -> violation.lines().stream().map(Violation.Cited::place).sorted().toList()))
                .as("%s", violations)
                .containsExactly(Arrays.stream(places).mapToLong(place -> place).boxed().toList());
    }

    /** No line is held against anybody by this law. */
    void keeps(String law) {
        assertThat(judge().violations()).noneMatch(violation -> violation.law().equals(law));
    }
}
