package procession.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.function.LongSupplier;
import procession.core.Happening;
import procession.core.Owner;

/**
 * A record of a run that is played in a test, in memory. As in a file, the keeper's lines come in their order, but later than those of the
 * processes.
 */
public final class RecordInMemory {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ArrayDeque<Line> late = new ArrayDeque<>();
    private final Random random;
    private final LongSupplier clock;

    /** A record that begins. */
    public RecordInMemory(Random random, LongSupplier clock, int redeliveries) {
        this.random = random;
        this.clock = clock;
        write(new Line.Header(Line.FORMAT, "test", "", "", clock.getAsLong(), redeliveries));
    }

    private void write(Line line) {
        try {
            bytes.writeBytes(LineEncoder.encode(line));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Writes some of the keeper's lines. */
    private void catchUp() {
        while (!late.isEmpty() && random.nextInt(6) > 0) {
            write(late.poll());
        }
    }

    /** Something happened. */
    public void happened(Happening happening) {
        late.add(new Line.Happened(happening));
        catchUp();
    }

    /** Where a process writes down its calls. */
    public CallLog calls(String process) {
        return new CallLog((owner, line) -> {
            catchUp();
            write(line);
        }, process, clock);
    }

    /** The run is over. */
    public RecordInMemory end(Owner main) {
        cut();
        write(new Line.End(clock.getAsLong(), main.number(), true));
        return this;
    }

    /** The run goes no further, and nobody says so. */
    public RecordInMemory cut() {
        late.forEach(this::write);
        late.clear();
        return this;
    }

    /** Reads it as a story. */
    public RecordedRun run() {
        try {
            return RecordedRun.of(new ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Judges it. */
    public Judgement judge() {
        try (var reader = RecordReader.of("a record", new ByteArrayInputStream(bytes.toByteArray()))) {
            return Judgement.of(reader);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public String toString() {
        return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
}
